"""ImageEditor: what the function gets of a drawing, and what it may return."""

import gc
import importlib.util
from pathlib import Path
from typing import Any

import numpy
import PIL.Image
import pytest

from minidemo import Brush, ConfigurationError, Eraser, ImageEditor, InputError, Interface, LayerOptions, OutputError
from minidemo.content.media import Media
from tests.components.pictures import encoded, gradient, opened, pixels, uploaded

CLEAR = (0, 0, 0, 0)


def drawing(**parts: Any) -> dict[str, Any]:
    """Return a drawing as a visitor sends it."""
    return {"background": None, "layers": [], "composite": None, "id": None} | parts


def filled(color: Any, size: tuple[int, int] = (4, 3)) -> PIL.Image.Image:
    return PIL.Image.new("RGBA", size, color)


def marked(size: tuple[int, int] = (4, 3)) -> PIL.Image.Image:
    """Return a layer with a red pixel on it."""
    layer = filled(CLEAR, size)
    layer.putpixel((1, 1), (255, 0, 0, 255))
    return layer


def preprocess(value: Any, **options: Any) -> Any:
    return ImageEditor(label="Photo", **options).preprocess(value)


def test_the_function_gets_arrays() -> None:
    picture, layer = gradient(), marked()
    sent = drawing(background=uploaded(picture), layers=[uploaded(layer)], composite=uploaded(picture))
    got = preprocess(sent)
    assert list(got) == ["background", "layers", "composite"]
    assert got["background"].tobytes() == picture.convert("RGBA").tobytes()
    assert [array.tobytes() for array in got["layers"]] == [layer.tobytes()]
    assert got["composite"].shape == (3, 4, 4)
    assert got["composite"].dtype == numpy.uint8
    assert got["composite"].flags.writeable


def test_the_function_may_get_pillow_images_each_its_own() -> None:
    picture = uploaded(filled("navy"))
    got = preprocess(drawing(background=picture, composite=picture), type="pil")
    got["background"].putpixel((0, 0), CLEAR)
    assert got["composite"].getpixel((0, 0)) == (0, 0, 128, 255)


def test_the_function_may_get_paths_that_live_as_long_as_the_upload() -> None:
    layer = uploaded(marked())
    got = preprocess(drawing(layers=[layer]), type="filepath")
    paths = [Path(got["layers"][0]), Path(got["composite"])]
    assert got["background"] is None
    for path in paths:
        with PIL.Image.open(path) as image:
            assert pixels(image) == pixels(marked())
    del layer
    gc.collect()
    assert not any(path.exists() for path in paths)


def test_a_composite_that_is_not_sent_is_made_here() -> None:
    layers = [uploaded(marked()), uploaded(filled((0, 0, 255, 128)))]
    got = preprocess(drawing(background=uploaded(filled("white")), layers=layers), type="pil")
    assert got["composite"].getpixel((0, 0)) == (127, 127, 255, 255)
    assert got["composite"].getpixel((1, 1)) == (127, 0, 128, 255)


def test_where_nothing_is_drawn_there_is_nothing() -> None:
    assert preprocess(drawing()) == {"background": None, "layers": [], "composite": None}
    assert preprocess({}) == {"background": None, "layers": [], "composite": None}


@pytest.mark.parametrize(("mode", "paper", "ink"), [("RGB", (255, 255, 255), (0, 0, 0)), ("L", 255, 0), ("1", 255, 0)])
def test_without_alpha_what_is_transparent_is_white_as_on_the_page(mode: str, paper: Any, ink: Any) -> None:
    black = marked()
    black.putpixel((1, 1), (0, 0, 0, 255))
    got = preprocess(drawing(layers=[uploaded(black)]), image_mode=mode, type="pil")
    for image in (*got["layers"], got["composite"]):
        assert image.mode == mode
        assert image.getpixel((0, 0)) == paper
        assert image.getpixel((1, 1)) == ink


def test_alpha_is_kept_where_the_mode_has_it() -> None:
    got = preprocess(drawing(layers=[uploaded(filled((255, 255, 255, 7)))]), image_mode="LA", type="pil")
    assert got["layers"][0].getpixel((0, 0)) == (255, 7)


def test_a_photo_is_turned_upright_before_its_size_is_compared() -> None:
    exif = PIL.Image.Exif()
    exif[0x0112] = 6
    photo = uploaded(encoded(gradient(4, 3), "JPEG", exif=exif), "photo.jpg")
    got = preprocess(drawing(background=photo, layers=[uploaded(marked((3, 4)))]), type="pil")
    assert got["background"].size == got["composite"].size == (3, 4)


def test_pictures_of_other_sizes_are_refused() -> None:
    sent = drawing(background=uploaded(gradient(30, 20)), layers=[uploaded(marked((10, 10)))])
    with pytest.raises(InputError, match=r"^Photo must have pictures of one size, but they are 30 x 20 and 10 x 10\.$"):
        preprocess(sent)


def test_too_many_pixels_in_all_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    side = 6000
    blank = uploaded(encoded(PIL.Image.new("1", (side, side))))
    layers = [uploaded(blank.read()) for _ in range(5)]
    with pytest.raises(InputError, match=r"^Photo has too many pixels; the limit is 178 megapixels in all\.$"):
        preprocess(drawing(layers=layers), type="pil")


def test_a_file_that_is_named_twice_is_decoded_once() -> None:
    side = 6000
    blank = uploaded(encoded(PIL.Image.new("1", (side, side))))
    got = preprocess(drawing(background=blank, layers=[], composite=blank), type="pil", image_mode="1")
    assert got["composite"].size == (side, side)


def test_too_many_layers_are_refused() -> None:
    layer = uploaded(marked())
    with pytest.raises(InputError, match=r"^Photo must have a list of at most 64 pictures as its layers\.$"):
        preprocess(drawing(layers=[layer] * 65))


@pytest.mark.parametrize(
    ("layers", "most"),
    [
        (False, 1),
        (LayerOptions(allow_additional_layers=False, layers=["Sky", "Sea"]), 2),
        (LayerOptions(disabled=True), 1),
    ],
)
def test_layers_that_the_author_does_not_allow_are_refused(layers: Any, most: int) -> None:
    layer = uploaded(marked())
    assert len(preprocess(drawing(layers=[layer] * most), layers=layers)["layers"]) == most
    with pytest.raises(InputError, match=rf"^Photo must have at most {most} layers; it has {most + 1}\.$"):
        preprocess(drawing(layers=[layer] * (most + 1)), layers=layers)


@pytest.mark.parametrize("data", [b"No picture.", encoded(gradient())[:60]])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^Photo (must be a picture|is a damaged picture)"):
        preprocess(drawing(layers=[uploaded(data)]))


def test_one_picture_is_a_background_and_what_is_seen() -> None:
    shown = ImageEditor().postprocess(gradient())
    assert shown["background"] is shown["composite"]
    assert pixels(opened(shown["composite"])) == pixels(gradient())
    assert shown["layers"] == []
    assert shown["id"] is None


@pytest.mark.parametrize("make", [lambda image: image, numpy.asarray])
def test_of_layers_what_is_seen_is_put_together(make: Any) -> None:
    shown = ImageEditor().postprocess({"background": make(filled("white")), "layers": [make(marked())]})
    whole = opened(shown["composite"])
    assert whole.getpixel((0, 0)) == (255, 255, 255, 255)
    assert whole.getpixel((1, 1)) == (255, 0, 0, 255)


def test_files_are_not_looked_into() -> None:
    Path("layer.png").write_bytes(encoded(marked()))
    shown = ImageEditor().postprocess({"background": filled("white"), "layers": ["layer.png"]})
    assert shown["composite"] is None
    assert shown["layers"][0].name == "layer.png"
    shown = ImageEditor().postprocess({"background": Path("layer.png"), "layers": [marked()]})
    assert shown["composite"] is None


def test_a_composite_alone_will_do() -> None:
    shown = ImageEditor().postprocess({"composite": gradient()})
    assert shown["background"] is None
    assert pixels(opened(shown["composite"])) == pixels(gradient())


def test_a_dict_without_pictures_is_no_value() -> None:
    assert ImageEditor().postprocess({"background": None, "layers": [], "composite": None}) is None
    assert ImageEditor().flag(drawing()) is None


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"backgroud": None}, "Photo got a dict with the key 'backgroud'. Did you mean 'background'?"),
        ({"layers": 5}, "Photo shows a list of pictures as its layers, but got 5."),
        ({"layers": [None]}, "Photo shows a list of pictures as its layers, but got [None]."),
        (5, "Photo shows a NumPy array, a Pillow image or a path, but got int 5."),
        (
            {"background": filled("red"), "layers": [marked((2, 2))]},
            "Photo shows pictures of one size, but got 4 x 3 and 2 x 2.",
        ),
    ],
)
def test_what_cannot_be_shown_is_an_error(value: Any, message: str) -> None:
    with pytest.raises(OutputError) as caught:
        ImageEditor(label="Photo").postprocess(value)
    assert str(caught.value) == message


def test_a_flag_holds_background_layers_and_composite() -> None:
    sent = drawing(background=uploaded(gradient()), layers=[uploaded(marked())], composite=uploaded(filled("red")))
    cell = ImageEditor().flag(sent)
    assert isinstance(cell, list)
    assert [pixels(opened(media)) for media in cell] == [
        pixels(gradient(mode="RGBA")),
        pixels(marked()),
        pixels(filled("red")),
    ]


def test_where_that_is_not_plain_a_flag_says_which_is_which_and_holds_nothing_twice() -> None:
    picture = uploaded(gradient())
    cell = ImageEditor().flag(drawing(background=picture, layers=[uploaded(marked())], composite=picture))
    assert isinstance(cell, list)
    assert [media.name for media in cell] == ["image.png", "image.png", "parts.json"]
    assert cell[-1].read() == b'{"background": 0, "layers": [1], "composite": 0}'
    cell = ImageEditor().flag(drawing(layers=[uploaded(marked())]))
    assert isinstance(cell, list)
    assert cell[-1].read() == b'{"background": null, "layers": [0], "composite": null}'


def test_a_picture_alone_in_a_flag_is_read_as_a_background() -> None:
    media = Media.of_bytes(encoded(gradient()), "0.png")
    assert ImageEditor().read_from_flag(media) == drawing(background=media, composite=media)


def test_an_output_is_put_right_in_an_editor_that_needs_no_arrays() -> None:
    editor = ImageEditor(gradient(), label="Photo", info="Look.", elem_id="photo", brush=Brush(colors="red"))
    twin = editor.correction()
    assert (twin.type, twin.value, twin.interactive, twin.elem_id, twin.info) == ("pil", None, True, None, None)
    assert twin.brush == editor.brush


def test_the_example_is_a_picture_on_which_nothing_is_drawn() -> None:
    assert preprocess(ImageEditor().example())["composite"].shape == (64, 64, 4)


def test_it_takes_files_and_no_text() -> None:
    assert ImageEditor.takes_files
    assert not ImageEditor().visitor_writes


def test_the_tools_are_those_that_the_author_chose() -> None:
    editor = ImageEditor(
        height=300,
        width=500,
        sources="upload",
        transforms="crop",
        brush=Brush(default_size=5),
        eraser=Eraser(default_size=9),
        canvas_size=(640, 480),
        fixed_canvas=True,
        show_download_button=False,
        placeholder="Draw a cat",
    )
    assert (editor.height, editor.width, editor.sources, editor.transforms) == (300, 500, ["upload"], ["crop"])
    assert (editor.brush, editor.eraser) == (Brush(default_size=5), Eraser(default_size=9))
    assert (editor.canvas_size, editor.fixed_canvas, editor.placeholder) == ((640, 480), True, "Draw a cat")
    assert not editor.show_download_button


def test_tools_can_be_left_out() -> None:
    editor = ImageEditor(brush=False, sources=None, transforms=None)
    assert (editor.brush, editor.eraser, editor.sources, editor.transforms) == (None, None, [], [])
    assert ImageEditor(eraser=False).eraser is None
    assert ImageEditor().eraser == Eraser()
    assert ImageEditor().brush == Brush()
    assert ImageEditor(format="jpg").format == "jpeg"  # type: ignore[arg-type]  # as some write it


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"type": "array"}, "ImageEditor got type='array'. Known are: filepath, numpy, pil."),
        ({"format": "bmp"}, "ImageEditor got format='bmp'. Known are: gif, jpeg, png, webp."),
        ({"image_mode": "RGBB"}, "ImageEditor got image_mode='RGBB'. Did you mean 'RGB' or 'RGBA'?"),
        ({"sources": "webcm"}, "ImageEditor got sources='webcm'. Did you mean 'webcam'?"),
        ({"transforms": ["rotate"]}, "ImageEditor got transforms='rotate'. Known are: crop, resize."),
        ({"brush": "red"}, "ImageEditor got brush='red'; expected Brush(…), or False for none."),
        ({"eraser": 5}, "ImageEditor got eraser=5; expected Eraser(…), or False for none."),
        ({"layers": 3}, "ImageEditor got layers=3; expected LayerOptions(…), True or False."),
        (
            {"canvas_size": (0, 10)},
            "ImageEditor got canvas_size=(0, 10); expected (width, height), each of 1 to 8192 pixels.",
        ),
        ({"canvas_size": 800}, "ImageEditor got canvas_size=800; expected (width, height), each of 1 to 8192 pixels."),
    ],
)
def test_what_an_editor_cannot_do_is_a_mistake_of_the_author(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        ImageEditor(**options)
    assert str(caught.value) == message


def test_without_numpy_the_author_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", {"numpy": None}.__getitem__)
    with pytest.raises(
        ConfigurationError, match=r"^ImageEditor\(type='numpy'\) hands NumPy arrays to the function, but"
    ):
        Interface(lambda im: im, "imageeditor", "image")
    Interface(lambda im: im, ImageEditor(type="pil"), "image")
