"""WatermarkOptions: a picture that is drawn on the outputs of an Image."""

from pathlib import Path
from typing import Any

import numpy
import PIL.Image
import pytest

from minidemo import ConfigurationError, Image, Interface, WatermarkOptions
from tests.components.pictures import encoded, gradient, opened, pixels
from tests.visitor import Visitor

RED = (255, 0, 0)
MARK = PIL.Image.new("RGB", (4, 2), RED)


def red_box(image: PIL.Image.Image) -> tuple[int, int, int, int] | None:
    """Return the box of the red pixels."""
    array = numpy.asarray(image.convert("RGB")) == RED
    return PIL.Image.fromarray(array.all(axis=2)).getbbox()


@pytest.mark.parametrize(
    ("position", "box"),
    [
        ("top-left", (10, 10, 14, 12)),
        ("top-right", (26, 10, 30, 12)),
        ("bottom-left", (10, 18, 14, 20)),
        ("bottom-right", (26, 18, 30, 20)),
        ((3, 5), (3, 5, 7, 7)),
        ((38, -1), (38, 0, 40, 1)),
    ],
)
@pytest.mark.parametrize("make", [numpy.asarray, lambda image: image])
def test_a_watermark_has_its_place(position: Any, box: tuple[int, int, int, int], make: Any) -> None:
    image = Image(watermark=WatermarkOptions(MARK, position))
    shown = opened(image.postprocess(make(PIL.Image.new("RGB", (40, 30), "blue"))))
    assert (shown.mode, shown.size, red_box(shown)) == ("RGB", (40, 30), box)


@pytest.mark.parametrize("make", [numpy.asarray, lambda image: image, lambda _: Path("mark.png"), lambda _: "mark.png"])
def test_a_watermark_is_a_picture_of_any_kind(make: Any) -> None:
    MARK.save("mark.png")
    image = Image(watermark=make(MARK))
    assert red_box(opened(image.postprocess(PIL.Image.new("L", (40, 30))))) == (26, 18, 30, 20)


def test_a_watermark_may_be_transparent() -> None:
    mark = PIL.Image.new("RGBA", (4, 2), (255, 0, 0, 128))
    shown = opened(Image(watermark=mark).postprocess(PIL.Image.new("RGBA", (40, 30), (0, 0, 255, 255))))
    assert (shown.mode, shown.getpixel((27, 19))) == ("RGBA", (128, 0, 127, 255))


@pytest.mark.parametrize("fmt", ["png", "jpeg", "webp", "gif"])
def test_a_flag_keeps_the_picture_without_the_watermark(fmt: Any) -> None:
    image = Image(watermark=MARK, format=fmt)
    media = image.postprocess(gradient(40, 30))
    assert pixels(opened(media)) != pixels(gradient(40, 30))
    assert pixels(opened(image.flag(media))) == pixels(gradient(40, 30))


def test_a_returned_file_is_drawn_on_and_kept_in_a_flag(tmp_path: Path) -> None:
    data = encoded(PIL.Image.new("RGB", (40, 30), "blue"), "BMP")
    Path("result.bmp").write_bytes(data)
    demo = Interface(lambda: "result.bmp", None, Image(watermark=MARK), flagging_dir=tmp_path / "flags")
    visitor = Visitor(demo)
    run = visitor.predict().json()
    shown = visitor.download(run["data"][0]).content
    Path("shown.png").write_bytes(shown)
    with PIL.Image.open("shown.png") as image:
        assert red_box(image) == (26, 18, 30, 20)
    visitor.flag(run["run"])
    assert [path.read_bytes() for path in (tmp_path / "flags").rglob("*.bmp")] == [data]


@pytest.mark.parametrize("name", ["drawing.svg", "moving.gif"])
def test_drawings_and_animations_are_shown_as_they_are(name: str) -> None:
    frames = [PIL.Image.new("RGB", (40, 30), colour) for colour in ("lime", "blue")]
    data = b"<svg/>" if name.endswith(".svg") else encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    Path(name).write_bytes(data)
    visitor = Visitor(Interface(lambda: name, None, Image(watermark=MARK)))
    assert visitor.download(visitor.result()[0]).content == data


def test_an_animation_is_shown_as_it_is() -> None:
    frames = [PIL.Image.new("RGB", (40, 30), colour) for colour in ("lime", "blue")]
    frames[0].save("moving.gif", save_all=True, append_images=frames[1:])
    with PIL.Image.open("moving.gif") as animation:
        media = Image(watermark=MARK, format="gif").postprocess(animation)
        assert (opened(media).n_frames, red_box(opened(media))) == (2, None)  # type: ignore[attr-defined]
        assert red_box(opened(Image(watermark=MARK).postprocess(animation))) == (26, 18, 30, 20)


def test_a_file_that_the_visitor_typed_is_not_drawn_on() -> None:
    Path("secret.png").write_bytes(encoded(gradient(40, 30)))
    assert Visitor(Interface(lambda path: path, "text", Image(watermark=MARK))).predict("secret.png").status_code == 500


@pytest.mark.parametrize("watermark", [None, WatermarkOptions()])
def test_without_a_picture_nothing_is_drawn(watermark: Any) -> None:
    assert pixels(opened(Image(watermark=watermark).postprocess(gradient()))) == pixels(gradient())
    assert Image(watermark=MARK).postprocess(None) is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            (MARK, "middle"),
            "WatermarkOptions got position='middle'; expected (x, y), or one of "
            "top-left, top-right, bottom-left, bottom-right.",
        ),
        (
            (MARK, (1, 2, 3)),
            "WatermarkOptions got position=(1, 2, 3); expected (x, y), or one of "
            "top-left, top-right, bottom-left, bottom-right.",
        ),
        (
            (5,),
            "WatermarkOptions got a watermark that is no picture: "
            "expected a path, a Pillow image or an array, but got 5.",
        ),
    ],
)
def test_what_cannot_be_drawn_is_a_mistake_of_the_author(options: Any, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        WatermarkOptions(*options)
    assert str(caught.value) == message


def test_a_watermark_must_be_there() -> None:
    with pytest.raises(ConfigurationError, match=r"^WatermarkOptions got a watermark that is no picture: .*none\.png"):
        Image(watermark="none.png")
