"""ImageEditor, in a browser: pictures come, are drawn on, and go."""

import re
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
from playwright.sync_api import expect

import minidemo as gr
from tests.browser.axe import barriers
from tests.browser.conftest import Visit
from tests.browser.widgets.editor import CLEAR, choose, draw, picture, press, sheet, studio, transfer, uploads
from tests.browser.widgets.identity import flagged, identity, submit

TOMATO = (255, 99, 71, 255)
CRIMSON = (220, 20, 60, 255)


def test_a_drawing_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.ImageEditor(type="pil"), gr.ImageEditor()))
    choose(page, picture())
    draw(page, (0.1, 0.5), (0.9, 0.5))
    submit(page)
    expect(page.get_by_role("img", name="Output")).to_have_js_property("naturalWidth", 60)
    for stored in flagged(page):
        background, layer, composite = (
            PIL.Image.open(media.path) for media in (stored["background"], *stored["layers"], stored["composite"])
        )
        assert {background.size, layer.size, composite.size} == {(60, 40)}
        assert [image.getpixel((30, 1)) for image in (background, layer, composite)] == [TOMATO, CLEAR, TOMATO]
        assert [image.getpixel((30, 20)) for image in (background, layer, composite)] == [TOMATO, CRIMSON, CRIMSON]


def test_an_untouched_editor_is_no_value(visit: Visit) -> None:
    demo = studio()
    page = visit(demo.demo)
    with uploads(page) as sent:
        assert demo.submitted(page) is None
    assert sent == []


def test_a_picture_is_handed_on_as_the_file_that_was_chosen(visit: Visit) -> None:
    demo = studio()
    page = visit(demo.demo)
    choose(page, picture("cat.webp", (300, 200)))
    with uploads(page) as sent:
        got = demo.submitted(page)
    assert sorted(sent) == ["cat.webp", "drawing.png"]
    assert got["composite"].size == (300, 200)
    assert got["layers"][0].getbbox() is None


def test_what_is_unchanged_is_not_sent_again(visit: Visit) -> None:
    demo = studio()
    page = visit(demo.demo)
    choose(page, picture())
    press(page, "Add layer")
    draw(page, (0.1, 0.5), (0.9, 0.5))
    demo.submitted(page)
    draw(page, (0.5, 0.1), (0.5, 0.9))
    with uploads(page) as sent:
        demo.submitted(page)
    assert sent == ["drawing.png", "drawing.png"]  # the layer and the composite
    press(page, "Undo step")
    with uploads(page) as sent:
        demo.submitted(page)
    assert len(sent) <= 1  # the composite, which is kept of the latest state alone


def test_what_an_earlier_server_got_is_sent_again(visit: Visit) -> None:
    demo = studio()
    page = visit(demo.demo)
    choose(page, picture())
    draw(page, (0.1, 0.5), (0.9, 0.5))
    demo.submitted(page)
    page.evaluate("document.querySelector('mini-imageeditor').renew()")
    with uploads(page) as sent:
        demo.submitted(page)
    assert sorted(sent) == ["cat.png", "drawing.png", "drawing.png"]


def test_an_initial_drawing_is_sent_as_it_was_given(visit: Visit) -> None:
    layer = PIL.Image.new("RGBA", (30, 20), (1, 2, 3, 4))
    demo = studio(value={"background": PIL.Image.new("RGB", (30, 20), "navy"), "layers": [layer]})
    page = visit(demo.demo)
    with uploads(page) as sent:
        got = demo.submitted(page)
    assert sent == []
    assert got["layers"][0].tobytes() == layer.tobytes()


def test_clear_can_be_undone_with_every_stroke(visit: Visit) -> None:
    demo = studio()
    page = visit(demo.demo)
    draw(page, (0.1, 0.5), (0.9, 0.5))
    draw(page, (0.5, 0.1), (0.5, 0.9))
    press(page, "Clear")
    expect(page.get_by_text("Draw here, or drop an image.")).to_be_visible()
    press(page, "Undo")
    got = demo.submitted(page)
    assert got["composite"].getpixel((40, 6)) == got["composite"].getpixel((8, 30)) == CRIMSON
    press(page, "Undo step")
    got = demo.submitted(page)
    assert (got["composite"].getpixel((40, 6)), got["composite"].getpixel((8, 30))) == (CLEAR, CRIMSON)


def test_a_picture_dropped(visit: Visit) -> None:
    demo = studio()
    page = visit(demo.demo)
    dropped = {"dataTransfer": transfer(page, picture())}
    for kind in ("dragenter", "dragover", "drop"):
        sheet(page).dispatch_event(kind, dropped)
    expect(page.get_by_text("Added cat.png.")).to_be_visible()
    assert demo.submitted(page)["background"].size == (60, 40)


def test_a_picture_pasted(visit: Visit) -> None:
    demo = studio()
    page = visit(demo.demo)
    page.evaluate(
        "clipboardData => document.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true}))",
        transfer(page, picture()),
    )
    expect(page.get_by_text("Added cat.png.")).to_be_visible()
    assert demo.submitted(page)["background"].size == (60, 40)


def test_a_picture_from_the_camera(visit: Visit) -> None:
    demo = studio(sources="webcam")
    page = visit(demo.demo)
    press(page, "Camera")
    press(page, "Take picture")
    expect(page.get_by_text("Added camera.png.")).to_be_visible()
    press(page, "Camera")
    expect(page.get_by_role("button", name="Take picture")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Camera")).to_be_focused()
    assert demo.submitted(page)["background"].width > 100


def test_a_picture_is_removed_and_comes_back(visit: Visit) -> None:
    demo = studio()
    page = visit(demo.demo)
    choose(page, picture())
    expect(page.get_by_text("Added cat.png.")).to_be_visible()
    press(page, "Remove image")
    assert demo.submitted(page) is None
    press(page, "Undo step")
    assert demo.submitted(page)["background"].size == (60, 40)


def test_a_picture_is_fitted_into_a_canvas_that_is_fixed(visit: Visit) -> None:
    demo = studio(fixed_canvas=True)
    page = visit(demo.demo)
    choose(page, picture(size=(200, 100)))
    expect(page.get_by_text("Added cat.png.")).to_be_visible()
    background = demo.submitted(page)["background"]
    assert background.size == (80, 60)
    assert (background.getpixel((40, 2)), background.getpixel((40, 30))) == (CLEAR, TOMATO)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("notes.txt", b"No picture.", "notes.txt is not an image."),
        ("odd.tiff", b"II*\0", "odd.tiff can't be opened in this browser. Save it as PNG or JPEG."),
        ("cut.png", b"\x89PNG\r\n", "cut.png can't be opened in this browser. Save it as PNG or JPEG."),
    ],
)
def test_what_cannot_be_drawn_on_is_told_and_nothing_is_lost(visit: Visit, name: str, data: bytes, words: str) -> None:
    demo = studio()
    page = visit(demo.demo)
    draw(page, (0.1, 0.5), (0.9, 0.5))
    Path(name).write_bytes(data)
    choose(page, Path(name))
    expect(page.get_by_text(words)).to_be_visible()
    assert demo.submitted(page)["composite"].getpixel((40, 30)) == CRIMSON


def test_a_picture_of_too_many_pixels_is_told(visit: Visit) -> None:
    page = visit(studio().demo)
    PIL.Image.new("1", (8000, 6000)).save("vast.png")
    choose(page, Path("vast.png"))
    expect(page.get_by_text("vast.png has too many pixels to draw on; the limit is 40 megapixels.")).to_be_visible()


def test_a_file_over_the_limit_is_told_at_the_field(visit: Visit) -> None:
    page = visit(studio().demo)
    path = picture()
    path.write_bytes(path.read_bytes() + b"x" * (100 * 2**20))
    choose(page, path)
    expect(page.get_by_text("Added cat.png.")).to_be_visible()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("the limit is 100 MB")).to_be_visible()
    press(page, "Remove image")
    expect(page.get_by_text("the limit is 100 MB")).to_have_count(0)


def test_layers_that_were_returned_without_a_composite_lie_on_one_another(visit: Visit) -> None:
    picture("below.png")
    picture("above.png")
    value = {"background": "below.png", "layers": ["above.png"]}
    page = visit(gr.Interface(lambda: value, None, gr.ImageEditor(label="Output")))
    page.get_by_role("button", name="Generate").click()
    shown = page.locator(".editor-output img")
    expect(shown).to_have_count(2)
    expect(shown.last).to_have_js_property("naturalWidth", 60)
    expect(page.get_by_role("link", name="Download")).to_have_count(0)


def test_a_result_can_be_downloaded(visit: Visit) -> None:
    page = visit(gr.Interface(lambda: PIL.Image.new("RGB", (30, 10), "navy"), None, gr.ImageEditor(label="Output")))
    page.get_by_role("button", name="Generate").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    with PIL.Image.open(download.value.path()) as image:
        assert image.size == (30, 10)


def test_a_result_is_put_right_with_a_flag(visit: Visit) -> None:
    page = visit(
        gr.Interface(
            lambda: PIL.Image.new("RGB", (60, 40), "tomato"),
            None,
            gr.ImageEditor(label="Output", brush=gr.Brush(default_size=5)),
            flagging_correction=True,
        )
    )
    page.get_by_role("button", name="Generate").click()
    page.get_by_role("button", name="Flag").click()
    area = page.get_by_role("application")
    expect(area).to_be_visible()
    page.wait_for_function("() => !document.querySelector('.editor-sheet').inert")
    area.focus()
    page.keyboard.press(" ")
    page.keyboard.press(" ")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    expected: Any = next(iter(gr.FlagStore("flagged").records())).expected
    with PIL.Image.open(expected[0]["composite"].path) as image:
        assert (image.getpixel((30, 20)), image.getpixel((2, 2))) == (CRIMSON, TOMATO)


def test_everybody_can_use_it(visit: Visit) -> None:
    page = visit(studio(value=PIL.Image.new("RGB", (60, 40), "tomato")).demo)
    page.set_viewport_size({"width": 320, "height": 800})
    assert barriers(page) == []
    press(page, "Add layer")
    for tool in ("Eraser", "Crop", "Resize"):
        press(page, tool)
        expect(page.get_by_role("button", name=tool, exact=True)).to_have_attribute("aria-pressed", "true")
        assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(sheet(page)).to_have_accessible_description(re.compile("Arrow keys move the pen"))
