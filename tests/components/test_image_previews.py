"""Image: what the page shows of a picture that is large, or that browsers cannot show."""

import io
from pathlib import Path
from typing import Any

import numpy
import PIL.Image
import pytest

from minidemo import Image, Interface
from tests.components.pictures import encoded, gradient, opened
from tests.visitor import Visitor

BIG = (1100, 1000)
"""More pixels than are shown without a preview."""


def test_a_small_picture_is_its_own_preview() -> None:
    assert Image().postprocess(gradient()).preview is None
    assert Image(format="jpeg").postprocess(gradient()).preview is None


@pytest.mark.parametrize("fmt", ["png", "webp"])
@pytest.mark.parametrize(("mode", "preview"), [("RGB", "JPEG"), ("L", "JPEG"), ("RGBA", "WEBP"), ("P", "JPEG")])
def test_of_a_large_picture_a_light_one_is_shown(fmt: Any, mode: str, preview: str) -> None:
    media = Image(format=fmt).postprocess(PIL.Image.new(mode, BIG))
    light = opened(media.preview)
    assert (light.format, light.size) == (preview, BIG)
    assert media.preview.name == f"preview.{preview.lower()}"
    assert media.preview.mime == f"image/{preview.lower()}"


def test_the_preview_of_a_palette_with_a_transparent_colour_is_transparent() -> None:
    image = PIL.Image.new("P", BIG, 0)
    image.info["transparency"] = 0
    preview = opened(Image().postprocess(image).preview)
    assert (preview.format, preview.mode) == ("WEBP", "RGBA")


def test_the_preview_of_a_deep_grey_is_as_bright() -> None:
    preview = opened(Image().postprocess(PIL.Image.new("I;16", BIG, 40_000)).preview)
    assert preview.convert("L").getpixel((5, 5)) == 156


def test_the_preview_of_a_huge_picture_is_smaller() -> None:
    media = Image().postprocess(PIL.Image.new("L", (4096, 300)))
    assert opened(media.preview).size == (2048, 150)
    assert opened(media).size == (4096, 300)


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((2048, 600), (2048, 600)),
        ((2049, 600), (2048, 600)),
        ((600, 3000), (410, 2048)),
        ((4000, 3000), (2000, 1500)),
        ((3072, 400), (1536, 200)),
        ((5000, 300), (1667, 100)),
        ((9000, 120), (1800, 24)),
        ((500_000, 3), (2041, 1)),
    ],
)
@pytest.mark.parametrize("mode", ["RGB", "P"])
def test_a_preview_has_no_side_over_2048_and_is_not_much_smaller(
    size: tuple[int, int], shown: tuple[int, int], mode: str
) -> None:
    media = Image().postprocess(PIL.Image.new(mode, size))
    assert opened(media.preview).size == shown


def test_a_preview_is_as_bright_as_the_picture() -> None:
    picture = numpy.indices((3000, 4000)).sum(axis=0) % 2 * 255  # a chessboard of single pixels
    preview = numpy.asarray(opened(Image().postprocess(picture.astype("uint8")).preview))
    assert abs(preview.astype(int) - 128).max() <= 2


def served(name: str, data: bytes) -> tuple[Visitor, dict[str, Any]]:
    """Return a visitor of a demo that returns a file, and what was shown."""
    Path(name).write_bytes(data)
    visitor = Visitor(Interface(lambda: name, None, "image"))
    return visitor, visitor.result()[0]


@pytest.mark.parametrize("name", ["scan.tif", "scan.tiff"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "I;16", "1", "CMYK"])
def test_a_tiff_that_is_shown_has_a_preview_that_browsers_show(name: str, mode: str) -> None:
    data = encoded(gradient(40, 30, mode), "TIFF")
    visitor, shown = served(name, data)
    assert visitor.download(shown).content == data
    preview = visitor.http.get(f"/file/{shown['meta']['preview']}")
    assert preview.headers["content-type"] == "image/webp"
    assert opened_bytes(preview.content).size == (40, 30)


def test_a_tiff_that_is_uploaded_has_a_preview_at_once() -> None:
    visitor = Visitor(Interface(lambda im: im.size[0], "pil", "number"))
    sent = visitor.upload(encoded(gradient(40, 30), "TIFF"), "scan.tiff", "image/tiff").json()
    preview = visitor.http.get(f"/file/{sent['meta']['preview']}")
    assert opened_bytes(preview.content).size == (40, 30)
    assert visitor.result(sent) == [40]


def test_a_damaged_tiff_has_no_preview() -> None:
    visitor = Visitor(Interface(lambda im: im, "pil", "image"))
    sent = visitor.upload(encoded(gradient(40, 30), "TIFF")[:99], "scan.tiff", "image/tiff").json()
    answer = visitor.http.get(f"/file/{sent['meta']['preview']}")
    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == "The file is a damaged picture and cannot be read."


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "drawing.svg", "photo"])
def test_what_browsers_show_needs_no_preview(name: str) -> None:
    assert served(name, b"whatever it holds")[1]["meta"]["preview"] is None


def opened_bytes(data: bytes) -> PIL.Image.Image:
    return PIL.Image.open(io.BytesIO(data))
