"""Examples of AnnotatedImage."""

from typing import Any

import PIL.Image
from hypothesis import strategies as st

from minidemo import AnnotatedImage
from tests.components.examples.example import TEXT, Example


@st.composite
def _annotated(draw: st.DrawFn) -> Any:
    """Draw a small picture and masks with any pixels."""
    size = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    picture = PIL.Image.frombytes("RGB", size, draw(_pixels(size, 3)))
    masks = [PIL.Image.frombytes("L", size, draw(_pixels(size, 1))) for _ in range(draw(st.integers(0, 3)))]
    return AnnotatedImage().postprocess((picture, [(mask, draw(TEXT)) for mask in masks]))


def _pixels(size: tuple[int, int], channels: int) -> st.SearchStrategy[bytes]:
    length = size[0] * size[1] * channels
    return st.binary(min_size=length, max_size=length)


EXAMPLES = {
    AnnotatedImage: [
        Example(
            name="AnnotatedImage",
            make=AnnotatedImage,
            wire=_annotated(),
            wrong=("cat.png", 5, [], {}, {"image": "cat.png"}, {"image": None, "annotations": [{"label": "cat"}]}),
        ),
    ],
}
