"""Image: what a picture carries besides its pixels; the profile that its colours depend on stays."""

from typing import Any

import PIL.Image
import pytest
from PIL import ImageCms

from minidemo import Image
from tests.components.pictures import encoded, gradient, opened, uploaded

COLOUR = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
GREY = COLOUR[:16] + b"GRAY" + COLOUR[20:]
SECRETS = {"artist": b"Ann Author", "comment": b"for my eyes", "place": b"\x01\x02North", "xmp": b"<x>mine</x>"}


def private_photo(fmt: str) -> bytes:
    """Return a photo that says who took it and where."""
    exif = PIL.Image.Exif()
    exif[0x013B] = SECRETS["artist"].decode()
    exif.get_ifd(0x8825)[1] = SECRETS["place"].decode()
    picture = gradient(32, 32)
    return encoded(
        picture, fmt, exif=exif.tobytes(), icc_profile=COLOUR, comment=SECRETS["comment"], xmp=SECRETS["xmp"]
    )


@pytest.mark.parametrize("source", ["JPEG", "WEBP", "PNG", "TIFF"])
@pytest.mark.parametrize("fmt", ["png", "jpeg", "webp"])
def test_nothing_but_the_picture_and_its_colours_is_stored_or_handed_out(source: str, fmt: Any) -> None:
    photo = private_photo(source)
    image = Image(type="pil", format=fmt)
    returned = image.postprocess(image.preprocess(uploaded(photo)))
    files: list[Any] = [image.flag(uploaded(photo)), returned, image.flag(returned)]
    assert SECRETS["artist"] in photo
    for file in files:
        found, data = opened(file), file.read()
        assert not found.getexif()
        assert not {"exif", "comment", "xmp"} & found.info.keys()
        assert found.info["icc_profile"] == COLOUR
        assert not [word for word in SECRETS.values() if word in data]


@pytest.mark.parametrize("fmt", ["png", "jpeg", "webp"])
@pytest.mark.parametrize(("mode", "profile"), [("RGB", COLOUR), ("L", GREY)])
def test_the_preview_has_the_colours_of_the_picture(fmt: Any, mode: str, profile: bytes) -> None:
    picture = PIL.Image.new(mode, (1100, 1000))
    picture.info["icc_profile"] = profile
    media = Image(format=fmt).postprocess(picture)
    assert opened(media.preview).info["icc_profile"] == profile


@pytest.mark.parametrize("fmt", ["png", "jpeg", "webp"])
@pytest.mark.parametrize(
    ("mode", "profile"),
    [
        ("RGB", GREY),
        ("L", COLOUR),
        ("CMYK", COLOUR[:16] + b"CMYK" + COLOUR[20:]),
        ("RGB", COLOUR[:-1]),
        ("RGB", b"an ICC profile".ljust(200, b"-")),
        ("RGB", b""),
        ("RGB", "sRGB"),
    ],
)
def test_a_profile_that_is_none_or_of_other_colours_is_left_out(fmt: Any, mode: str, profile: Any) -> None:
    picture = gradient(mode=mode)
    picture.info["icc_profile"] = profile
    assert "icc_profile" not in opened(Image(format=fmt).postprocess(picture)).info


@pytest.mark.parametrize("fmt", ["JPEG", "PNG"])
def test_the_function_gets_the_profile_with_a_pillow_image(fmt: str) -> None:
    image = Image(type="pil").preprocess(uploaded(private_photo(fmt)))
    assert image.info["icc_profile"] == COLOUR


def test_the_function_gets_the_metadata_with_the_file() -> None:
    photo = private_photo("JPEG")
    upload = uploaded(photo)
    with PIL.Image.open(Image(type="filepath").preprocess(upload)) as image:
        assert image.getexif()[0x013B] == "Ann Author"
