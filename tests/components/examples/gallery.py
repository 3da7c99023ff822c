"""Examples of Gallery."""

from functools import partial
from typing import Any

import PIL.Image
from hypothesis import strategies as st

from minidemo import Gallery
from tests.components.examples.example import TEXT, Example
from tests.components.pictures import gradient
from tests.components.pictures import uploaded as picture
from tests.components.videos import mp4, uploaded, webm

_SHOT = {"image": picture(gradient()), "caption": None}


@st.composite
def _shots(draw: st.DrawFn, modes: tuple[str, ...], *, videos: bool) -> list[dict[str, Any]]:
    """Draw small pictures with any pixels, and videos, some of them with captions."""
    return [draw(_pictures(modes) | _videos() if videos else _pictures(modes)) for _ in range(draw(st.integers(0, 3)))]


@st.composite
def _pictures(draw: st.DrawFn, modes: tuple[str, ...]) -> dict[str, Any]:
    mode = draw(st.sampled_from(modes))
    width, height = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    size = width * height * len(mode)
    image = PIL.Image.frombytes(mode, (width, height), draw(st.binary(min_size=size, max_size=size)))
    return {"image": picture(image), "caption": draw(st.none() | TEXT)}


@st.composite
def _videos(draw: st.DrawFn) -> dict[str, Any]:
    file = draw(st.sampled_from([(webm(1), "film.webm"), (mp4(), "Film (1).MP4")]))
    return {"video": uploaded(*file), "caption": draw(st.none() | TEXT)}


EXAMPLES = {
    Gallery: [
        Example(
            name="Gallery",
            make=Gallery,
            wire=_shots(("L", "RGB", "RGBA"), videos=True),
            wrong=(
                "cat.png",
                5,
                True,
                {"image": _SHOT["image"]},
                [5],
                [_SHOT["image"]],
                [{}],
                [_SHOT, {"image": "cat.png"}],
                [{"image": picture(b"No picture.")}],
                [{"image": picture(gradient()), "video": uploaded(webm(1))}],
                [{"video": picture(gradient())}],
                [{"video": uploaded(webm(1)[:-1])}],
                [_SHOT | {"caption": 5}],
            ),
        ),
        Example(name="Gallery in NumPy", make=partial(Gallery, type="numpy"), wire=_shots(("RGB",), videos=False)),
        Example(
            name="Gallery in Pillow",
            make=partial(Gallery, type="pil", format="jpeg"),
            wire=_shots(("L", "RGB", "RGBA"), videos=True),
        ),
    ],
}
