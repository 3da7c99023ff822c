"""Examples of Image."""

from functools import partial

import PIL.Image
from hypothesis import strategies as st

from minidemo import Image
from minidemo.content.media import Media
from tests.components.examples.example import Example
from tests.components.pictures import uploaded


@st.composite
def _uploads(draw: st.DrawFn, mode: str = "RGB") -> Media:
    """Draw a small picture with any pixels."""
    width, height = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    size = width * height * len(mode)
    return uploaded(PIL.Image.frombytes(mode, (width, height), draw(st.binary(min_size=size, max_size=size))))


EXAMPLES = {
    Image: [
        Example(name="Image", make=Image, wire=_uploads(), wrong=("cat.png", 5, True, [], {"path": "/etc/passwd"})),
        Example(name="Image in Pillow", make=partial(Image, type="pil", image_mode="RGBA"), wire=_uploads("RGBA")),
        Example(name="Image in grey", make=partial(Image, image_mode=None, format="webp"), wire=_uploads("L")),
    ],
}
