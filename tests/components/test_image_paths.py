"""Image: the paths that a function gets, and those that it returns."""

import gc
from pathlib import Path
from typing import Any

import PIL.Image
import pytest

from minidemo import Image, InputError, OutputError
from tests.components.pictures import encoded, gradient, pixels, uploaded

FILES = [
    ("PNG", "RGB", ".png"),
    ("JPEG", "RGB", ".jpg"),
    ("WEBP", "RGB", ".webp"),
    ("BMP", "RGB", ".bmp"),
    ("TIFF", "RGB", ".tiff"),
]


def path_of(data: bytes, name: str = "cat.dat", **options: Any) -> Path:
    """Return the path that a function gets, with an upload that lives as long."""
    upload = uploaded(data, name)
    UPLOADS.append(upload)
    return Path(Image(type="filepath", **options).preprocess(upload))


UPLOADS: list[Any] = []
"""What the visitors of these tests have sent."""


@pytest.mark.parametrize(("fmt", "mode", "suffix"), FILES)
def test_a_file_that_fits_is_handed_on_as_it_was_sent(fmt: str, mode: str, suffix: str) -> None:
    data = encoded(gradient(mode=mode), fmt)
    path = path_of(data)
    assert path.name == f"cat{suffix}"
    assert path.read_bytes() == data


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA"])
def test_a_picture_that_keeps_its_own_mode_is_handed_on_as_it_was_sent(mode: str) -> None:
    data = encoded(gradient(mode=mode))
    assert path_of(data, image_mode=None).read_bytes() == data


def test_a_moving_picture_keeps_moving_if_it_keeps_its_mode() -> None:
    frames = [PIL.Image.new("P", (2, 2), colour) for colour in (1, 2)]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    path = path_of(data, image_mode=None)
    assert (path.suffix, path.read_bytes()) == (".gif", data)


@pytest.mark.parametrize(
    ("fmt", "mode"), [("PNG", "RGBA"), ("JPEG", "L"), ("JPEG", "CMYK"), ("GIF", "P"), ("TIFF", "RGBA")]
)
def test_a_picture_in_another_mode_is_handed_on_as_png(fmt: str, mode: str) -> None:
    data = encoded(gradient(8, 8, mode), fmt)
    path = path_of(data)
    with PIL.Image.open(path) as image:
        assert (path.name, image.format, image.mode) == ("cat.png", "PNG", "RGB")
        assert pixels(image) == pixels(Image(type="pil").preprocess(uploaded(data)))


def test_a_picture_that_lies_on_its_side_is_handed_on_upright() -> None:
    exif = PIL.Image.Exif()
    exif[0x0112] = 6
    path = path_of(encoded(gradient(), "JPEG", exif=exif.tobytes()))
    with PIL.Image.open(path) as image:
        assert (path.suffix, image.size, image.getexif().get(0x0112, 1)) == (".png", (3, 4), 1)


def test_a_result_that_is_sent_again_is_handed_on_without_loss() -> None:
    photo = Image(type="filepath", format="jpeg")
    held = photo.postprocess(gradient())
    path = Path(photo.preprocess(held))
    with PIL.Image.open(path) as image:
        assert (path.name, pixels(image)) == ("image.png", pixels(gradient()))


def test_a_damaged_file_is_not_handed_on() -> None:
    with pytest.raises(InputError, match=r"^Photo is a damaged picture and cannot be read\.$"):
        path_of(encoded(gradient(64, 64), "JPEG")[:-300], label="Photo")


def test_the_file_at_the_path_lives_as_long_as_the_upload() -> None:
    upload = uploaded(gradient())
    path = Path(Image(type="filepath").preprocess(upload))
    assert path.is_file()
    del upload
    gc.collect()
    assert not path.exists()
    assert not path.parent.exists()


def test_a_function_may_delete_the_file_itself() -> None:
    upload = uploaded(gradient())
    Path(Image(type="filepath").preprocess(upload)).unlink()
    del upload
    gc.collect()


def test_what_a_function_does_to_the_file_changes_none_of_ours() -> None:
    upload = uploaded(gradient())
    photo = Image(type="filepath")
    Path(photo.preprocess(upload)).write_bytes(b"")
    with PIL.Image.open(photo.preprocess(upload)) as image:
        assert pixels(image) == pixels(gradient())


@pytest.mark.parametrize("name", ["drawing.svg", "photo.heic", "moving.gif", "picture", "picture.unheardof"])
def test_a_returned_file_may_be_any_picture(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(b"whatever it holds")
    media = Image(format="jpeg").postprocess(file)
    assert (media.name, media.read()) == (name, b"whatever it holds")


@pytest.mark.parametrize("name", ["notes.txt", "page.html", "song.wav", "data.csv"])
def test_a_returned_file_that_is_no_picture_is_a_mistake(name: str) -> None:
    with pytest.raises(OutputError) as caught:
        Image(label="Result").postprocess(f"folder/{name}")
    assert str(caught.value) == f"Result shows a picture, but got the path of another kind of file, {name!r}."


@pytest.mark.parametrize("address", ["https:example.org", "data:image/png;base64,AA=="])
def test_what_is_neither_a_path_nor_an_address_is_a_mistake(address: str) -> None:
    with pytest.raises(OutputError) as caught:
        Image(label="Result").postprocess(address)
    assert str(caught.value) == f"Result shows files, but got {address!r}. Decode or download it first."
