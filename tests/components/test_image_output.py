"""Image: what a function may return, and what the visitor gets to see and to download."""

from pathlib import Path
from typing import Any

import numpy
import PIL.Image
import pytest

from minidemo import Image, OutputError
from tests.components.pictures import encoded, gradient, opened, pixels, uploaded


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


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "I;16", "F"])
def test_a_download_may_be_a_gif(mode: str) -> None:
    media = Image(format="gif").postprocess(gradient(mode=mode))
    assert (media.name, media.mime) == ("image.gif", "image/gif")
    assert (opened(media).format, opened(media).size) == ("GIF", (4, 3))
    assert numpy.array_equal(numpy.array(opened(Image().flag(media))), numpy.array(gradient(mode=mode)))


def test_a_gif_keeps_the_frames_of_an_animation() -> None:
    frames = [PIL.Image.new("RGB", (6, 4), colour) for colour in ("red", "lime", "blue")]
    frames[0].save("moving.gif", save_all=True, append_images=frames[1:], comment=b"for my eyes")
    with PIL.Image.open("moving.gif") as animation:
        animation.seek(1)
        media = Image(format="gif").postprocess(animation)
        assert animation.tell() == 1
    shown: Any = opened(media)
    assert shown.n_frames == 3
    assert "comment" not in shown.info
    for n, colour in enumerate([(255, 0, 0), (0, 255, 0), (0, 0, 255)]):
        shown.seek(n)
        assert shown.convert("RGB").getpixel((0, 0)) == colour
    assert Image().flag(media) is media


@pytest.mark.parametrize("fmt", ["jpeg", "webp"])
def test_a_deep_grey_is_no_brighter_in_a_download_of_8_bits(fmt: Any) -> None:
    media = Image(format=fmt).postprocess(PIL.Image.new("I;16", (8, 8), 40_000))
    assert opened(media).convert("L").getpixel((4, 4)) in range(154, 159)


def test_only_webp_can_be_transparent() -> None:
    clear = PIL.Image.new("RGBA", (2, 2), (10, 20, 30, 0))
    assert opened(Image(format="webp").postprocess(clear)).mode == "RGBA"
    assert opened(Image(format="jpeg").postprocess(clear)).mode == "RGB"


def test_what_it_costs_to_keep_a_picture_is_known() -> None:
    assert Image().postprocess(gradient(10, 10)).weight == 400
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
