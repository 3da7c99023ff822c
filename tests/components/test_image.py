"""Image: what the function gets, and how it is made."""

import importlib.util
from pathlib import Path
from typing import Any

import numpy
import PIL.Image
import pytest

from minidemo import ConfigurationError, Image, InputError, Interface
from minidemo.components.registry import resolve
from tests.components.pictures import encoded, gradient, opened, pixels, uploaded
from tests.visitor import Visitor

MODES = ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "HSV", "I", "F"]
FORMATS = {"PNG": "RGB", "JPEG": "L", "WEBP": "RGB", "GIF": "P", "BMP": "RGB", "TIFF": "RGB"}
ORIENTATION = 0x0112
ICONS = ["ICO", "PPM", "TGA", "PCX", "ICNS"]
"""Formats that Pillow knows, but a visitor has no need of."""


def preprocess(picture: PIL.Image.Image | bytes, **options: Any) -> Any:
    return Image(label="Photo", **options).preprocess(uploaded(picture))


def test_the_function_gets_an_array() -> None:
    array = preprocess(gradient(4, 3))
    assert array.shape == (3, 4, 3)
    assert array.dtype == numpy.uint8
    assert array.tobytes() == gradient(4, 3).tobytes()
    assert array.flags.writeable


def test_the_function_may_get_a_pillow_image() -> None:
    assert pixels(preprocess(gradient(), type="pil")) == pixels(gradient())


def test_a_picture_on_the_disk_is_read_from_there(tmp_path: Path) -> None:
    file = tmp_path / "photo.png"
    gradient().save(file)
    photo = Image(type="pil")
    assert pixels(photo.preprocess(photo.postprocess(file))) == pixels(gradient())


@pytest.mark.parametrize("mode", MODES)
def test_the_picture_comes_in_the_mode_that_the_author_wants(mode: str) -> None:
    image = preprocess(gradient(), type="pil", image_mode=mode)
    assert (image.mode, image.size) == (mode, (4, 3))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_the_picture_may_keep_its_own_mode(mode: str) -> None:
    assert pixels(preprocess(gradient(mode=mode), type="pil", image_mode=None)) == pixels(gradient(mode=mode))


@pytest.mark.parametrize("mode", [*MODES, None])
def test_a_picture_in_lab_colours_comes_in_any_mode(mode: str | None) -> None:
    picture = encoded(gradient(mode="LAB"), "TIFF")
    assert preprocess(picture, type="pil", image_mode=mode).mode == (mode or "LAB")


def test_what_is_transparent_keeps_its_colour_beneath() -> None:
    picture = PIL.Image.new("RGBA", (2, 2), (10, 20, 30, 0))
    assert preprocess(picture)[0, 0].tolist() == [10, 20, 30]
    assert preprocess(picture, image_mode="RGBA")[0, 0].tolist() == [10, 20, 30, 0]


@pytest.mark.parametrize(("grey", "expected"), [(0, 0), (255, 0), (256, 1), (40_000, 156), (65_535, 255)])
@pytest.mark.parametrize("fmt", ["PNG", "TIFF"])
def test_greys_of_16_bits_become_greys_of_8_bits(grey: int, expected: int, fmt: str) -> None:
    picture = encoded(PIL.Image.new("I;16", (2, 2), grey), fmt)
    assert preprocess(picture)[0, 0].tolist() == [expected] * 3
    assert preprocess(picture, image_mode="L")[0, 0] == expected
    assert preprocess(picture, image_mode="I")[0, 0] == grey
    assert preprocess(picture, image_mode="F")[0, 0] == grey
    assert preprocess(picture, image_mode=None)[0, 0] == grey


def test_greys_of_16_bits_may_come_with_the_big_end_first() -> None:
    picture = encoded(PIL.Image.new("I;16B", (2, 2), 40_000), "TIFF")
    assert preprocess(picture, image_mode="L")[0, 0] == 156


@pytest.mark.parametrize("fmt", FORMATS)
def test_pictures_of_these_formats_are_read(fmt: str) -> None:
    options = {"lossless": True} if fmt == "WEBP" else {"quality": 100} if fmt == "JPEG" else {}
    source = gradient(8, 8, FORMATS[fmt])
    array = preprocess(encoded(source, fmt, **options))
    difference = array.astype(int) - numpy.array(source.convert("RGB")).astype(int)
    assert abs(difference).max() <= (8 if fmt == "JPEG" else 0)


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (2, (3, 0)), (3, (3, 2)), (4, (0, 2)), (5, (0, 0)), (6, (2, 0)), (7, (2, 3)), (8, (0, 3))],
)
@pytest.mark.parametrize("fmt", ["PNG", "TIFF", "WEBP"])
def test_a_picture_is_turned_as_its_exif_data_says(fmt: str, orientation: int, corner: tuple[int, int]) -> None:
    source = PIL.Image.new("RGB", (4, 3), "blue")
    source.putpixel((0, 0), (255, 0, 0))
    exif = PIL.Image.Exif()
    exif[ORIENTATION] = orientation
    options = {"lossless": True} if fmt == "WEBP" else {}
    image = preprocess(encoded(source, fmt, exif=exif.tobytes(), **options), type="pil")
    assert image.size == ((3, 4) if orientation > 4 else (4, 3))
    assert image.getpixel(corner) == (255, 0, 0)
    assert image.getexif().get(ORIENTATION, 1) == 1


def test_of_moving_pictures_the_function_gets_the_first() -> None:
    frames = [PIL.Image.new("RGB", (2, 2), colour) for colour in ("red", "blue")]
    picture = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert preprocess(picture)[0, 0].tolist() == [255, 0, 0]


@pytest.mark.parametrize("fmt", ICONS)
def test_pictures_of_other_formats_are_refused(fmt: str) -> None:
    with pytest.raises(InputError, match=r"^Photo must be a picture: PNG, JPEG, WebP, GIF, BMP or TIFF\.$"):
        preprocess(encoded(gradient(16, 16), fmt))


@pytest.mark.parametrize("value", ["photo.png", 5, ["photo.png"], {"path": "abc/photo.png"}, {"url": "http://a/b.png"}])
def test_what_was_not_uploaded_is_refused(value: Any) -> None:
    with pytest.raises(InputError, match=r"^Photo must be a picture that was uploaded\.$"):
        Image(label="Photo").preprocess(value)


def test_an_unknown_mode_is_a_mistake_of_the_author() -> None:
    with pytest.raises(ConfigurationError, match=r"^Image got image_mode='GREY'\. Known are: 1, CMYK, F, .*, YCbCr\.$"):
        Image(image_mode="GREY")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"type": "array"}, "Image got type='array'. Known are: filepath, numpy, pil."),
        ({"type": "file"}, "Image got type='file'. Did you mean 'filepath'?"),
        ({"height": "tall"}, "Image got height='tall'; expected pixels, or a length such as '50vh'."),
        ({"width": True}, "Image got width=True; expected pixels, or a length such as '50vh'."),
        ({"format": "bmp"}, "Image got format='bmp'. Known are: gif, jpeg, png, webp."),
        ({"format": "jpgeg"}, "Image got format='jpgeg'. Did you mean 'jpeg'?"),
        ({"sources": "uplod"}, "Image got sources='uplod'. Did you mean 'upload'?"),
        ({"sources": ["upload", "scanner"]}, "Image got sources='scanner'. Known are: clipboard, upload, webcam."),
    ],
)
def test_what_an_image_cannot_do_is_a_mistake_of_the_author(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Image(**options)
    assert str(caught.value) == message


def test_an_image_comes_from_anywhere_unless_it_is_told_otherwise() -> None:
    assert Image().sources == ["upload", "webcam", "clipboard"]
    assert Image(sources=None).sources == ["upload", "webcam", "clipboard"]
    assert Image(sources="webcam").sources == ["webcam"]
    assert Image(sources=["clipboard", "upload"]).sources == ["clipboard", "upload"]


def test_an_image_has_what_its_widget_needs() -> None:
    image = Image(height=100, width=200, show_download_button=False, placeholder="Drop it")
    assert (image.height, image.width, image.show_download_button, image.placeholder) == (100, 200, False, "Drop it")
    assert Image().show_download_button
    assert Image(height="50vh", width="80%").height == "50vh"
    assert Image(buttons=["download", "fullscreen"]).show_download_button
    assert not Image(buttons=["fullscreen"]).show_download_button


def test_an_initial_picture_is_shown() -> None:
    assert pixels(opened(Image(gradient()).initial())) == pixels(gradient())


def test_an_image_takes_files_and_no_text() -> None:
    assert Image.takes_files
    assert not Image().visitor_writes


def test_pil_is_an_image_in_pillow() -> None:
    image = resolve("pil")
    assert isinstance(image, Image)
    assert image.type == "pil"


@pytest.fixture
def no_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let NumPy seem not to be installed."""
    monkeypatch.setattr(importlib.util, "find_spec", {"numpy": None}.__getitem__)


def test_with_numpy_the_function_of_a_demo_gets_arrays() -> None:
    demo = Interface(lambda im: str(im.shape), "image", "text")
    assert demo(gradient()) == "(3, 4, 3)"


@pytest.mark.usefixtures("no_numpy")
def test_without_numpy_the_author_is_told_what_to_install() -> None:
    with pytest.raises(ConfigurationError) as caught:
        Interface(lambda im: im, "image", "text")
    assert str(caught.value) == (
        "Image(type='numpy') hands NumPy arrays to the function, but NumPy is not installed. "
        "Run: pip install 'minidemo[numpy]', or use Image(type='pil')."
    )


@pytest.mark.usefixtures("no_numpy")
def test_without_numpy_pictures_still_work_in_pillow() -> None:
    demo = Interface(lambda im: im, "pil", "image")
    with PIL.Image.open(demo(gradient())) as shown:
        assert pixels(shown) == pixels(gradient())


def test_a_picture_may_have_a_description() -> None:
    def page(**options: Any) -> str:
        return Visitor(Interface(lambda x: x, Image(type="pil", label="Cat", **options), "text")).http.get("/").text

    assert '<img alt="A black cat"' in page(alt_text="A black cat")
    assert '<img alt="Cat"' in page()
