"""Examples of ImageEditor."""

from functools import partial
from typing import Any

import PIL.Image
from hypothesis import strategies as st

from minidemo import ImageEditor
from minidemo.content.media import Media
from tests.components.examples.example import Example
from tests.components.pictures import uploaded


@st.composite
def drawings(draw: st.DrawFn, mode: str = "RGBA", most: int = 3) -> dict[str, Any]:
    """Draw a background or none, layers and a composite, all small, of one size, and with any pixels."""
    size = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    background = draw(st.none() | pictures(mode, size))
    layers = draw(st.lists(pictures(mode, size), max_size=most))
    composite = draw(pictures(mode, size) if background is None else st.just(background) | pictures(mode, size))
    return {"background": background, "layers": layers, "composite": composite, "id": None}


@st.composite
def pictures(draw: st.DrawFn, mode: str, size: tuple[int, int]) -> Media:
    """Draw a picture with any pixels."""
    length = size[0] * size[1] * len(mode)
    return uploaded(PIL.Image.frombytes(mode, size, draw(st.binary(min_size=length, max_size=length))))


WRONG: tuple[Any, ...] = (
    "cat.png",
    5,
    True,
    [],
    {"path": "/etc/passwd"},
    {"background": "cat.png"},
    {"background": {"path": "cat.png"}},
    {"layers": "cat.png"},
    {"layers": [None]},
    {"layers": [{"url": "http://a/b.png"}]},
    {"composite": 5},
)

EXAMPLES = {
    ImageEditor: [
        Example(name="ImageEditor", make=ImageEditor, wire=drawings(), wrong=WRONG),
        Example(
            name="ImageEditor in Pillow", make=partial(ImageEditor, type="pil", image_mode="RGB"), wire=drawings("RGB")
        ),
        Example(
            name="ImageEditor by path",
            make=partial(ImageEditor, type="filepath", image_mode=None, format="webp"),
            wire=drawings("L"),
        ),
    ],
}
