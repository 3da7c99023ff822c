"""AnnotatedImage: what a function may return for it, and what becomes of that."""

from pathlib import Path
from typing import Any

import numpy
import PIL.Image
import pytest

from minidemo import AnnotatedImage, ConfigurationError, InputError, Interface, OutputError
from minidemo.content.media import Media
from minidemo.stores.files import FileStore
from tests.components.pictures import encoded, gradient, opened, pixels, uploaded
from tests.visitor import Visitor


def shown(*regions: Any, picture: Any = None, **options: Any) -> Any:
    value = gradient() if picture is None else picture, regions
    return FileStore().copy_files(AnnotatedImage(label="Found", **options).postprocess(value))


def mask(value: Any, n: int = 0) -> PIL.Image.Image:
    """Return the mask of a region, as the browser sees it."""
    return opened(value["annotations"][n]["image"]).convert("RGBA")


def alphas(region: Any) -> list[list[int]]:
    """Return the mask that is made of a region, row by row."""
    rows: list[list[int]] = numpy.asarray(mask(shown((region, "cat"))).getchannel("A")).tolist()
    return rows


def test_a_picture_may_have_no_regions() -> None:
    assert pixels(opened(shown()["image"])) == pixels(gradient())
    assert shown()["annotations"] == []
    assert AnnotatedImage().postprocess((gradient(), None))["annotations"] == []


@pytest.mark.parametrize("box", [(1, 1, 3, 2), [3, 2, 1, 1], numpy.array([1, 1, 3, 2]), (0.9, 1.2, 3.4, 1.6)])
def test_a_box_is_filled(box: Any) -> None:
    assert alphas(box) == [[0, 0, 0, 0], [0, 255, 255, 0], [0, 0, 0, 0]]


def test_a_box_ends_at_the_edge_of_the_picture() -> None:
    assert alphas((2, -5, 90, 1)) == [[0, 0, 255, 255], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert alphas((50, 50, 90, 90)) == [[0] * 4] * 3


@pytest.mark.parametrize(
    ("scale", "dtype"), [(1, bool), (1, "uint8"), (255, "uint8"), (1, "float32"), (1, "int64"), (255, "int64")]
)
def test_a_mask_is_an_array_of_bools_or_numbers(scale: int, dtype: Any) -> None:
    array = numpy.zeros((3, 4))
    array[1, 2] = scale
    assert alphas(array.astype(dtype)) == [[0] * 4, [0, 0, 255, 0], [0] * 4]


def test_a_mask_may_be_soft_and_have_holes() -> None:
    assert alphas(numpy.full((3, 4), 0.5)) == [[128] * 4] * 3
    assert alphas(numpy.full((3, 4), numpy.nan)) == [[0] * 4] * 3


def test_a_mask_a_little_above_1_is_whole() -> None:
    assert alphas(numpy.full((3, 4), 1.0000001)) == [[255] * 4] * 3


def test_a_mask_of_another_range_is_told_to_the_author() -> None:
    with pytest.raises(OutputError) as caught:
        shown((numpy.full((3, 4), 255.0), "cat"))
    assert str(caught.value) == "Found, 'cat' shows floats in 0..1, but got 255..255. Return array / 255."


def test_a_mask_may_be_a_pillow_image() -> None:
    assert alphas(PIL.Image.new("1", (4, 3), 1)) == [[255] * 4] * 3


def test_each_name_has_its_colour_and_keeps_it() -> None:
    value = shown(((0, 0, 1, 1), "cat"), ((1, 1, 2, 2), "dog"), ((2, 2, 3, 3), "cat"))
    colors = [region["color"] for region in value["annotations"]]
    assert colors[0] == colors[2] != colors[1]
    assert mask(value, 1).getpixel((1, 1)) == (*bytes.fromhex(colors[1][1:]), 255)


def test_the_author_may_choose_colours() -> None:
    options = {"color_map": {"cat": "#e6194b", "dog": "rgb(0, 0, 255)"}}
    value = shown(*(((0, 0, 1, 1), name) for name in ("fox", "dog", "cat")), **options)
    assert [region["color"] for region in value["annotations"]] == ["#3f63e8", "#0000ff", "#e6194b"]


def test_there_is_a_colour_for_any_number_of_names() -> None:
    value = shown(*(((0, 0, 1, 1), n) for n in range(60)))
    assert len({region["color"] for region in value["annotations"]}) == 60
    assert value["annotations"][59]["label"] == "59"


@pytest.mark.parametrize("make", [numpy.asarray, lambda image: image])
def test_the_picture_may_be_an_array_or_a_pillow_image(make: Any) -> None:
    assert mask(shown(((0, 0, 1, 1), "cat"), picture=make(gradient(6, 5)))).size == (6, 5)


@pytest.mark.parametrize("make", [str, Path])
def test_the_picture_may_be_a_path(make: Any) -> None:
    Path("cat.png").write_bytes(encoded(gradient(6, 5)))
    value = shown(((0, 0, 1, 1), "cat"), picture=make("cat.png"))
    assert value["image"].name == "cat.png"
    assert mask(value).size == (6, 5)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (5, "Found shows (picture, [(region, name), …]), but got int 5."),
        ((1, 2, 3), "Found shows (picture, [(region, name), …]), but got tuple (1, 2, 3)."),
        ((gradient(), ["cat"]), "Found shows (picture, [(region, name), …]), but got tuple "),
        ((5, []), "Found shows a NumPy array, a Pillow image or a path, but got int 5."),
        ((None, [((0, 0, 1, 1), "cat")]), "Found got regions without a picture."),
        ((__file__, [((0, 0, 1, 1), "cat")]), "Found shows a picture, but got the path of another"),
        (
            (gradient(), [(5, "cat")]),
            "Found, 'cat': a region is a box (x1, y1, x2, y2) or a mask of H x W, but got int 5.",
        ),
        (
            (gradient(), [((0, 0, 1, "x"), "cat")]),
            "Found, 'cat': a box is four numbers (x1, y1, x2, y2), but got (0, 0, 1, 'x').",
        ),
        (
            (gradient(), [(numpy.zeros((9, 9)), "cat")]),
            "Found, 'cat': the mask is 9 x 9, but the picture is 4 x 3.",
        ),
    ],
)
def test_what_cannot_be_shown_is_an_error(value: Any, message: str) -> None:
    with pytest.raises(OutputError) as caught:
        AnnotatedImage(label="Found").postprocess(value)
    assert str(caught.value).startswith(message)


def test_a_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(OutputError, match=r"the path 'no\.png', but there is no such file"):
        shown(((0, 0, 1, 1), "cat"), picture="no.png")


def test_a_damaged_file_is_an_error() -> None:
    Path("cut.png").write_bytes(encoded(gradient())[:60])
    with pytest.raises(OutputError, match=r"^Found is a damaged picture and cannot be read\.$"):
        shown(((0, 0, 1, 1), "cat"), picture="cut.png")


def test_the_value_is_what_a_function_would_return() -> None:
    array, ((region, name),) = AnnotatedImage().preprocess(shown(((1, 1, 3, 2), "cat")))
    assert array.tobytes() == gradient().tobytes()
    assert (region.tolist()[1], name) == ([0, 1, 1, 0], "cat")


def test_a_mask_of_another_size_is_refused() -> None:
    sent = {"image": uploaded(gradient()), "annotations": [{"image": uploaded(gradient(9, 9)), "label": "cat"}]}
    with pytest.raises(InputError, match=r"^Found must have masks of the picture's size\.$"):
        AnnotatedImage(label="Found").preprocess(sent)


def test_a_flag_holds_the_picture_the_masks_and_their_names() -> None:
    cell = AnnotatedImage().flag(shown(((0, 0, 1, 1), "cat"), format="jpeg"))
    assert isinstance(cell, list)
    picture, region, names = cell
    assert isinstance(picture, Media)
    assert pixels(opened(picture)) == pixels(gradient())
    assert opened(region).size == (4, 3)
    assert (names.name, names.read()) == ("labels.json", b'[{"label": "cat", "color": "#e6194b"}]')


def test_it_is_an_input_only_with_a_value_which_it_passes_on() -> None:
    with pytest.raises(ConfigurationError, match=r"^AnnotatedImage shows regions, which visitors cannot change\. Put"):
        Interface(lambda im: im, "annotatedimage", "image")
    given = AnnotatedImage((gradient(), [((0, 0, 1, 1), "cat")]))
    visitor = Visitor(Interface(lambda im: [im[0].shape[:2], im[1][0][1]], given, "json"))
    assert visitor.result(visitor.initial("mini-annotatedimage")) == [[[3, 4], "cat"]]


def test_it_cannot_be_put_right() -> None:
    assert AnnotatedImage().correction() is None  # type: ignore[func-returns-value]  # that is the point


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "bmp"}, "AnnotatedImage got format='bmp'. Known are: gif, jpeg, png, webp."),
        ({"color_map": {"cat": "catty"}}, "AnnotatedImage got the color 'catty'; expected one such as '#ff0000'"),
    ],
)
def test_what_it_cannot_do_is_a_mistake_of_the_author(options: Any, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        AnnotatedImage(**options)
    assert str(caught.value).startswith(message)


def test_it_has_what_its_widget_needs() -> None:
    image = AnnotatedImage(height=100, width=200, show_legend=False, format="jpg")  # type: ignore[arg-type]
    assert (image.height, image.width, image.show_legend, image.format) == (100, 200, False, "jpeg")
    assert AnnotatedImage.takes_files
    assert not AnnotatedImage().visitor_writes
