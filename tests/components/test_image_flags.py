"""Image: a flag holds the picture that the function got or returned, whatever its mode and format."""

from pathlib import Path
from typing import Any

import numpy
import PIL.Image
import pytest

from minidemo import Gallery, Image, ImageEditor
from minidemo.content.media import Media
from tests.components.pictures import encoded, gradient, opened, uploaded

PNG = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
TIFF = ("CMYK", "F", "I", "LAB", "PA", "YCbCr", "I;16B")
WRITTEN = {
    "PNG": PNG,
    "TIFF": (*PNG, *TIFF),
    "JPEG": ("L", "RGB", "CMYK"),
    "WEBP": ("RGB", "RGBA"),
    "GIF": ("L", "P"),
    "BMP": ("1", "L", "P", "RGB"),
}
"""The modes that each format holds."""
MODES = [None, "1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "HSV", "I", "F"]
FILES: list[tuple[str, str, dict[str, int]]] = [(fmt, mode, {}) for fmt, modes in WRITTEN.items() for mode in modes]
CLEAR = [(fmt, mode, {"transparency": 0}) for fmt in ("PNG", "GIF") for mode in ("L", "P")]
ANIMATED = ["GIF", "WEBP", "PNG", "TIFF"]
ORIENTATION = 0x0112


def picture(mode: str) -> PIL.Image.Image:
    """Return a picture whose values a byte cannot hold, if the mode has such."""
    values = numpy.linspace(-3, 70_000, 48).reshape(6, 8)
    if mode.startswith("I;16"):
        return PIL.Image.fromarray(values.clip(0, 65535).astype("uint16")).convert(mode)
    if mode in ("I", "F"):
        return PIL.Image.fromarray(values.astype("int32") if mode == "I" else (values / 70_000).astype("float32"))
    return gradient(8, 6, "RGBA" if mode == "PA" else "RGB").convert(mode)


def same(first: PIL.Image.Image, second: PIL.Image.Image) -> bool:
    """Return whether two pictures have equal values; 16 bits have several modes."""
    modes = [image.mode.partition(";")[0] for image in (first, second)]
    return modes[0] == modes[1] and numpy.array_equal(numpy.array(first), numpy.array(second))


def animation(fmt: str) -> bytes:
    frames = [PIL.Image.new("RGB", (6, 4), colour) for colour in ("red", "green", "blue")]
    return encoded(frames[0], fmt, save_all=True, append_images=frames[1:])


@pytest.mark.parametrize(("fmt", "own", "options"), [*FILES, *CLEAR])
def test_a_flag_is_read_back_as_what_the_function_got(fmt: str, own: str, options: dict[str, int]) -> None:
    upload = uploaded(encoded(picture(own), fmt, **options), f"picture.{fmt.lower()}")
    for mode in MODES:
        field = Image(type="pil", image_mode=mode)
        got = field.preprocess(upload)
        stored = field.read_from_flag(field.flag(upload))
        assert same(field.preprocess(stored), got)
        on_disk = Image(type="filepath", image_mode=mode)
        assert same(field.preprocess(on_disk.flag(upload)), got)
        if mode != "HSV":  # which no file holds: the flag has a picture to convert
            assert same(opened(stored), got)
            assert opened(stored).has_transparency_data == got.has_transparency_data
            with PIL.Image.open(on_disk.preprocess(upload)) as sent:
                assert same(sent, got)


@pytest.mark.parametrize("mode", [*PNG, *TIFF])
@pytest.mark.parametrize("fmt", ["png", "jpeg", "webp", "gif"])
def test_a_flag_holds_what_the_function_returned(mode: str, fmt: Any) -> None:
    returned = picture(mode)
    image = Image(format=fmt)
    assert same(opened(image.flag(image.postprocess(returned))), returned)
    gallery = Gallery(format=fmt)
    stored: Any = gallery.flag(gallery.postprocess([returned]))
    assert same(opened(stored[0]), returned)
    editor = ImageEditor(format=fmt)
    stored = editor.flag(editor.postprocess(returned))
    assert same(opened(stored[0]), returned)


@pytest.mark.parametrize("mode", ["I", "F", "CMYK", "HSV", "RGB"])
def test_a_flag_of_an_editor_is_read_back_as_what_the_function_got(mode: str) -> None:
    editor = ImageEditor(type="pil", image_mode=mode)
    upload = uploaded(gradient(8, 6, "RGBA"))
    drawing = {"background": upload, "layers": [], "composite": upload}
    got = editor.preprocess(drawing)["composite"]
    assert same(editor.preprocess(editor.read_from_flag(editor.flag(drawing)))["composite"], got)
    path = ImageEditor(type="filepath", image_mode=mode).preprocess(drawing)["composite"]
    with PIL.Image.open(path) as sent:
        assert mode == "HSV" or same(sent, got)


@pytest.mark.parametrize("fmt", ANIMATED)
def test_a_flag_keeps_the_frames_that_the_function_got(fmt: str) -> None:
    data = animation(fmt)
    upload = uploaded(data, "picture")
    stored: Any = Image(type="filepath", image_mode=None).flag(upload)
    assert (stored.read(), stored.suffix) == (data, f".{fmt.lower()}")
    files: Any = Gallery().flag([{"image": upload}])
    (stored,) = files
    assert (stored.read(), stored.suffix) == (data, f".{fmt.lower()}")
    first = Image(type="pil", image_mode=None)
    assert same(opened(first.flag(upload)), first.preprocess(upload))


def test_frames_that_the_function_did_not_get_are_not_kept() -> None:
    photo = Image(type="filepath", image_mode="L")
    stored = photo.flag(uploaded(animation("GIF"), "moving.gif"))
    assert (opened(stored).format, opened(stored).mode) == ("PNG", "L")


def test_a_file_whose_other_frames_are_damaged_is_one_picture() -> None:
    data = encoded(gradient(8, 6, "P"), "GIF")[:-1] + b",\0"
    stored = Image(type="filepath", image_mode=None).flag(uploaded(data, "moving.gif"))
    assert (opened(stored).format, opened(stored).mode) == ("PNG", "P")


def test_frames_on_the_disk_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "a8f3"
    file.write_bytes(animation("GIF"))
    upload = Media.of_path(file, "moving.gif")
    upload.uploaded = True
    stored: Any = Image(type="filepath", image_mode=None).flag(upload)
    assert (stored.read(), stored.mime) == (file.read_bytes(), "image/gif")


def test_a_phones_photo_is_one_picture_without_its_metadata() -> None:
    exif = PIL.Image.Exif()
    exif[0x013B] = "Ann Author"
    data = encoded(gradient(8, 6), "MPO", save_all=True, append_images=[gradient(8, 6)], exif=exif)
    stored: Any = Image(type="filepath").flag(uploaded(data, "photo.jpg"))
    assert opened(stored).format == "PNG"
    assert b"Ann Author" not in stored.read()


def test_a_photo_for_printing_keeps_its_colours_and_no_metadata() -> None:
    exif = PIL.Image.Exif()
    exif[0x013B] = "Ann Author"
    stored: Any = Image(type="pil", image_mode=None).flag(
        uploaded(encoded(gradient(8, 6, "CMYK"), "JPEG", exif=exif), "photo.jpg")
    )
    assert (opened(stored).format, opened(stored).mode) == ("TIFF", "CMYK")
    assert b"Ann Author" not in stored.read()


@pytest.mark.parametrize("transparency", [1, bytes([255, 0, 255])])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_flag_has_no_holes_that_the_function_did_not_see(mode: str, transparency: Any) -> None:
    palette = PIL.Image.new("P", (4, 3), 1)
    palette.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255])
    photo = Image(type="pil", image_mode=mode)
    upload = uploaded(encoded(palette, "PNG", transparency=transparency))
    assert "transparency" not in photo.preprocess(upload).info
    assert not opened(photo.flag(upload)).has_transparency_data


def test_a_transparent_colour_is_no_part_of_red_green_and_blue() -> None:
    data = encoded(gradient(), transparency=(0, 0, 0))
    photo = Image(type="filepath")
    upload = uploaded(data)
    with PIL.Image.open(photo.preprocess(upload)) as sent:
        assert (sent.mode, sent.has_transparency_data) == ("RGB", False)
    assert not opened(photo.flag(upload)).has_transparency_data


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_tiff_that_lies_on_its_side_is_handed_on_upright(orientation: int) -> None:
    exif = PIL.Image.Exif()
    exif[ORIENTATION] = orientation
    upload = uploaded(encoded(gradient(8, 6), "TIFF", exif=exif), "scan.tiff")
    path = Path(Image(type="filepath").preprocess(upload))
    assert path.suffix == ".png"
    with PIL.Image.open(path) as sent:
        assert sent.size == ((6, 8) if orientation > 4 else (8, 6))
    upright = uploaded(encoded(gradient(8, 6), "TIFF"), "scan.tiff")
    assert Path(Image(type="filepath").preprocess(upright)).suffix == ".tiff"
