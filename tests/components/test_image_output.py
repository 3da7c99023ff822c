"""Image: what a function may return, and what the visitor gets to see and to download."""

from pathlib import Path
from typing import Any

import numpy
import PIL.Image
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from minidemo import Image, OutputError
from tests.components.pictures import encoded, gradient, opened, pixels, uploaded

BIG = (1100, 1000)
"""More pixels than are shown without a preview."""


class Tensor:
    """Stands for an array of another library."""

    def __init__(self, array: Any) -> None:
        self.array = array

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        return self.array


def shown(returned: Any) -> PIL.Image.Image:
    return opened(Image().postprocess(returned))


def values(array: Any) -> Any:
    return numpy.array(shown(array)).tolist()


@given(arrays(numpy.uint8, array_shapes(min_dims=2, max_dims=2, max_side=9) | st.sampled_from([(3, 2, 3), (2, 5, 4)])))
@settings(deadline=None, max_examples=40, derandomize=True)
def test_an_array_of_bytes_is_shown_to_the_pixel(array: Any) -> None:
    assert values(array) == array.tolist()


@pytest.mark.parametrize(
    ("shape", "mode"), [((3, 4), "L"), ((3, 4, 1), "L"), ((3, 4, 3), "RGB"), ((3, 4, 4), "RGBA"), ((1, 1), "L")]
)
def test_an_array_is_a_picture_of_one_three_or_four_channels(shape: tuple[int, ...], mode: str) -> None:
    image = shown(numpy.zeros(shape, "uint8"))
    assert (image.mode, image.height, image.width) == (mode, *shape[:2])


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_floats_go_from_0_to_1(dtype: str) -> None:
    array = numpy.array([[0, 0.2, 0.5, 1], [-0.5, 0.001, 0.003, 0.998]], dtype)
    assert values(array) == [[0, 51, 128, 255], [0, 0, 1, 254]]


def test_floats_above_1_go_to_255() -> None:
    assert values(numpy.array([[0.0, 1.2, 254.6, 300.0]])) == [[0, 1, 255, 255]]


def test_what_is_not_a_number_is_black() -> None:
    array = numpy.array([[numpy.nan, 0.2, 1.0]])
    assert values(array) == [[0, 51, 255]]
    assert numpy.isnan(array[0, 0])
    assert values(numpy.array([[numpy.nan, 51.0, numpy.inf, -numpy.inf]])) == [[0, 51, 255, 0]]


def test_truth_is_white() -> None:
    assert values(numpy.array([[True, False]])) == [[255, 0]]


@pytest.mark.parametrize("dtype", ["int16", "int32", "int64"])
def test_integers_outside_a_byte_are_cut_off(dtype: str) -> None:
    assert values(numpy.array([[-1, 0, 255, 256, 30_000]], dtype)) == [[0, 0, 255, 255, 255]]


def test_integers_of_eight_bits_and_a_sign_are_cut_off_at_0() -> None:
    assert values(numpy.array([[-128, -1, 0, 127]], "int8")) == [[0, 0, 0, 127]]


def test_unsigned_integers_are_cut_off_at_255() -> None:
    assert values(numpy.array([[0, 255, 256, 2**64 - 1]], "uint64")) == [[0, 255, 255, 255]]


def test_an_array_of_another_library_is_shown() -> None:
    assert values(Tensor(numpy.array([[1, 2]]))) == [[1, 2]]


@pytest.mark.parametrize("shape", [(3,), (), (3, 4, 2), (3, 4, 5), (1, 3, 4, 3), (4, 4, 0)])
def test_an_array_of_another_shape_cannot_be_shown(shape: tuple[int, ...]) -> None:
    with pytest.raises(OutputError) as caught:
        Image(label="Result").postprocess(numpy.zeros(shape))
    assert str(caught.value) == f"Result shows arrays of H x W, H x W x 3 or H x W x 4, but got shape {shape}."


@pytest.mark.parametrize("shape", [(0, 4), (4, 0, 3)])
def test_an_empty_array_cannot_be_shown(shape: tuple[int, ...]) -> None:
    with pytest.raises(OutputError) as caught:
        Image(label="Result").postprocess(numpy.zeros(shape))
    assert str(caught.value) == f"Result got an empty array of shape {shape}."


@pytest.mark.parametrize("dtype", ["complex128", "U1", "object"])
def test_an_array_of_anything_else_cannot_be_shown(dtype: str) -> None:
    array = numpy.zeros((2, 2), dtype)
    with pytest.raises(OutputError) as caught:
        Image(label="Result").postprocess(array)
    assert str(caught.value) == f"Result shows arrays of numbers, but got dtype {array.dtype}."


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
