"""Sketchpad, Paint and ImageMask: the ImageEditor with other defaults."""

from minidemo import Brush, Eraser, ImageEditor, ImageMask, LayerOptions, Paint, Sketchpad
from minidemo.components.registry import resolve


def test_a_sketchpad_is_drawn_on_in_black() -> None:
    pad = Sketchpad()
    assert [paint.color for paint in pad.brush.palette] == ["#000000"]
    assert (pad.brush.color_mode, pad.sources, pad.transforms) == ("fixed", [], ["crop"])
    assert pad.eraser == Eraser()


def test_a_paint_has_all_colours_and_takes_no_pictures() -> None:
    assert Paint().brush == Brush()
    assert (Paint().sources, Paint().transforms) == ([], ["crop"])


def test_an_image_mask_has_one_layer() -> None:
    mask = ImageMask()
    assert mask.layers == LayerOptions(disabled=True)
    assert mask.sources == ["upload", "webcam", "clipboard"]
    assert [paint.color for paint in mask.brush.palette] == ["#000000"]


def test_what_the_author_chooses_counts() -> None:
    assert Sketchpad(brush=Brush(colors="red"), sources="upload").brush.first.color == "#ff0000"
    assert Sketchpad(brush=False).brush is None
    assert ImageMask(layers=True, brush=Brush(colors="red")).layers == LayerOptions()
    assert Paint(canvas_size=(28, 28), transforms=()).canvas_size == (28, 28)


def test_their_shortcuts_are_their_names() -> None:
    kinds = [type(resolve(name)) for name in ("imageeditor", "sketchpad", "Paint", "imagemask")]
    assert kinds == [ImageEditor, Sketchpad, Paint, ImageMask]
