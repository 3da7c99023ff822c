"""Image: what a function may return, and what the visitor gets to see and to download."""

from pathlib import Path
from typing import Any

import numpy
import PIL.Image
import pytest

from minidemo import Image, OutputError
from tests.components.pictures import encoded, gradient, opened, pixels, uploaded

BIG = (1100, 1000)
"""More pixels than are shown without a preview."""


def shown(returned: Any) -> PIL.Image.Image:
    return opened(Image().postprocess(returned))


@pytest.mark.parametrize(
    ("returned", "got"),
    [(5, "int 5"), ([[1, 2]], "list [[1, 2]]"), (b"PNG", "bytes b'PNG'"), (PIL, f"module {PIL!r:.60}")],
)
def test_what_is_no_picture_cannot_be_shown(returned: Any, got: str) -> None:
    with pytest.raises(OutputError) as caught:
        Image(label="Result").postprocess(returned)
    assert str(caught.value) == f"Result shows a NumPy array, a Pillow image or a path, but got {got}."


@pytest.mark.parametrize("kind", [str, Path])
def test_a_file_is_shown_as_it_lies(kind: type, tmp_path: Path) -> None:
    file = tmp_path / "result.webp"
    gradient().save(file)
    media = Image().postprocess(kind(file))
    assert (media.path, media.name, media.mime) == (file, "result.webp", "image/webp")
    assert media.read() == file.read_bytes()


def test_a_file_that_is_held_already_is_handed_on() -> None:
    upload = uploaded(gradient())
    assert Image().postprocess(upload) is upload


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_pillow_image_is_shown_to_the_pixel(mode: str) -> None:
    assert pixels(shown(gradient(mode=mode))) == pixels(gradient(mode=mode))


@pytest.mark.parametrize("mode", ["CMYK", "YCbCr", "HSV", "LAB", "F", "RGBX"])
def test_colours_that_a_png_cannot_say_become_red_green_and_blue(mode: str) -> None:
    assert pixels(shown(gradient(mode=mode))) == pixels(gradient(mode=mode).convert("RGB"))


@pytest.mark.parametrize(("mode", "plain"), [("La", "LA"), ("RGBa", "RGBA"), ("PA", "RGBA")])
def test_colours_with_transparency_keep_it(mode: str, plain: str) -> None:
    image = gradient(mode=plain.replace("PA", "RGBA")).convert(mode)
    assert pixels(shown(image)) == pixels(image.convert(plain))


@pytest.mark.parametrize("mode", ["I", "I;16", "I;16B"])
def test_deep_greys_are_shown_with_16_bits(mode: str) -> None:
    image = shown(PIL.Image.new(mode, (2, 1), 40_000))
    assert (image.mode, image.getpixel((0, 0))) == ("I;16", 40_000)


def test_a_transparent_colour_of_a_palette_stays_transparent() -> None:
    image = PIL.Image.new("P", (2, 1), 0)
    image.info["transparency"] = 0
    assert shown(image).convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)


def test_a_picture_is_not_changed_by_what_the_function_does_later() -> None:
    image = gradient()
    media = Image().postprocess(image)
    image.paste("red", (0, 0, 4, 3))
    assert pixels(opened(media)) == pixels(gradient())


@pytest.mark.parametrize(
    ("fmt", "name", "mime", "kept"),
    [
        ("png", "image.png", "image/png", "PNG"),
        ("jpeg", "image.jpeg", "image/jpeg", "JPEG"),
        ("jpg", "image.jpeg", "image/jpeg", "JPEG"),
        ("webp", "image.webp", "image/webp", "WEBP"),
    ],
)
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "La", "LAB"])
def test_the_download_has_the_format_that_the_author_wants(
    fmt: Any, name: str, mime: str, kept: str, mode: str
) -> None:
    source = gradient(mode="LA" if mode == "La" else mode).convert(mode)
    media = Image(format=fmt).postprocess(source)
    assert (media.name, media.mime) == (name, mime)
    assert (opened(media).format, opened(media).size) == (kept, (4, 3))


@pytest.mark.parametrize("fmt", ["jpeg", "webp"])
def test_a_deep_grey_is_no_brighter_in_a_download_of_8_bits(fmt: Any) -> None:
    media = Image(format=fmt).postprocess(PIL.Image.new("I;16", (8, 8), 40_000))
    assert opened(media).convert("L").getpixel((4, 4)) in range(154, 159)


def test_only_webp_can_be_transparent() -> None:
    clear = PIL.Image.new("RGBA", (2, 2), (10, 20, 30, 0))
    assert opened(Image(format="webp").postprocess(clear)).mode == "RGBA"
    assert opened(Image(format="jpeg").postprocess(clear)).mode == "RGB"


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


def test_what_it_costs_to_keep_a_picture_is_known() -> None:
    assert Image().postprocess(gradient(10, 10)).weight == 300
    assert Image(format="jpeg").postprocess(gradient(10, 10, "L")).weight == 100


def test_a_flag_keeps_every_pixel_of_what_the_function_returned() -> None:
    image = Image(format="jpeg")
    stored = image.flag(image.postprocess(gradient()))
    assert pixels(opened(stored)) == pixels(gradient())
    assert opened(stored).format == "PNG"
    assert Image(format="png").postprocess(gradient()).lossless is None


def test_a_result_that_is_sent_again_has_lost_no_pixel() -> None:
    image = Image(format="jpeg", type="pil")
    assert pixels(image.preprocess(image.postprocess(gradient()))) == pixels(gradient())


def test_a_flag_keeps_every_pixel_of_what_the_function_got() -> None:
    image = Image(image_mode="L")
    upload = uploaded(encoded(gradient(64, 48), "JPEG"), "photo.jpg")
    stored = image.flag(upload)
    assert opened(stored).format == "PNG"
    assert numpy.array_equal(numpy.array(opened(stored)), image.preprocess(upload))


def test_a_flag_keeps_a_file_that_the_function_returned_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "result.jpg"
    gradient().save(file)
    image = Image()
    returned = image.postprocess(file)
    assert image.flag(returned) is returned


def test_a_cell_that_holds_no_file_is_no_picture() -> None:
    assert Image().read_from_flag("im/0.png") is None


SECRETS = {"artist": b"Ann Author", "comment": b"for my eyes", "place": b"\x01\x02North", "profile": b"an ICC profile"}


def private_photo(fmt: str) -> bytes:
    """Return a photo that says who took it and where."""
    exif = PIL.Image.Exif()
    exif[0x013B] = SECRETS["artist"].decode()
    exif.get_ifd(0x8825)[1] = SECRETS["place"].decode()
    profile = SECRETS["profile"].ljust(200, b"-")
    return encoded(
        gradient(32, 32), fmt, exif=exif.tobytes(), icc_profile=profile, comment=SECRETS["comment"], xmp=b"<x>mine</x>"
    )


@pytest.mark.parametrize("source", ["JPEG", "WEBP", "PNG", "TIFF"])
@pytest.mark.parametrize("fmt", ["png", "jpeg", "webp"])
def test_nothing_but_the_picture_is_stored_or_handed_out(source: str, fmt: Any) -> None:
    photo = private_photo(source)
    image = Image(type="pil", format=fmt)
    returned = image.postprocess(image.preprocess(uploaded(photo)))
    files: list[Any] = [image.flag(uploaded(photo)), returned, image.flag(returned)]
    assert SECRETS["artist"] in photo
    for file in files:
        found, data = opened(file), file.read()
        assert not found.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp"} & found.info.keys()
        assert not [word for word in (*SECRETS.values(), b"mine") if word in data]


def test_nothing_but_the_picture_lies_at_the_path_that_the_function_gets() -> None:
    upload = uploaded(private_photo("JPEG"))
    data = Path(Image(type="filepath").preprocess(upload)).read_bytes()
    assert not [word for word in (*SECRETS.values(), b"mine") if word in data]
