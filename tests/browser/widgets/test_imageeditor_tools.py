"""ImageEditor, in a browser: its tools, with mouse, pen, fingers and keyboard."""

import PIL.Image
import pytest
from playwright.sync_api import Page, expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.editor import CLEAR, Studio, choose, dab, draw, fingers, picture, press, sheet, studio

CRIMSON = (220, 20, 60, 255)
BLUE = (65, 105, 225, 255)


def test_undo_and_redo_by_button_and_key(visit: Visit) -> None:
    demo = studio()
    page = visit(demo.demo)
    draw(page, (0.1, 0.5), (0.9, 0.5))
    draw(page, (0.5, 0.1), (0.5, 0.9))
    press(page, "Undo step")
    assert lit(demo, page) == (True, False)
    sheet(page).focus()
    page.keyboard.press("Control+z")
    assert demo.submitted(page) is None
    expect(page.get_by_role("button", name="Undo step")).to_have_attribute("aria-disabled", "true")
    sheet(page).focus()
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+Shift+z")
    assert lit(demo, page) == (True, True)
    press(page, "Undo step")
    press(page, "Redo step")
    assert lit(demo, page) == (True, True)
    expect(page.get_by_role("button", name="Redo step")).to_have_attribute("aria-disabled", "true")


def lit(demo: Studio, page: Page) -> tuple[bool, bool]:
    """Tell whether the first and the second stroke are there."""
    got = demo.submitted(page)["composite"]
    return got.getpixel((8, 30)) == CRIMSON, got.getpixel((40, 6)) == CRIMSON


def test_colours_and_sizes(visit: Visit) -> None:
    demo = studio(brush=gr.Brush(default_size=4, colors=["crimson", ("royalblue", 0.5)]))
    page = visit(demo.demo)
    page.get_by_label("royalblue").check()
    draw(page, (0.1, 0.5), (0.9, 0.5), (0.1, 0.5))
    layer = demo.submitted(page)["layers"][0]
    assert layer.getpixel((40, 30))[3] == pytest.approx(128, abs=2)  # a stroke does not cover itself twice
    assert [layer.getpixel((40, y))[3] > 0 for y in (24, 27, 33, 36)] == [False, True, True, False]
    page.get_by_role("slider", name="Size").fill("20")
    page.get_by_label("Pick a custom color").fill("#00ff00")
    expect(page.get_by_label("Custom color", exact=True)).to_be_checked()
    draw(page, (0.5, 0.5), (0.5, 0.5))
    layer = demo.submitted(page)["layers"][0]
    assert layer.getpixel((40, 22)) == (0, 255, 0, 255)


def test_the_eraser_clears_and_that_can_be_undone(visit: Visit) -> None:
    demo = studio(eraser=gr.Eraser(default_size=8))
    page = visit(demo.demo)
    draw(page, (0.1, 0.5), (0.9, 0.5))
    press(page, "Eraser")
    draw(page, (0.5, 0.1), (0.5, 0.9))
    got = demo.submitted(page)["composite"]
    assert (got.getpixel((10, 30)), got.getpixel((40, 30))) == (CRIMSON, CLEAR)
    press(page, "Undo step")
    assert demo.submitted(page)["composite"].getpixel((40, 30)) == CRIMSON


def test_layers_are_added_chosen_hidden_and_deleted(visit: Visit) -> None:
    demo = studio()
    page = visit(demo.demo)
    draw(page, (0.1, 0.5), (0.9, 0.5))
    press(page, "Add layer")
    page.get_by_label("royalblue").check()
    draw(page, (0.5, 0.1), (0.5, 0.9))
    got = demo.submitted(page)
    assert [layer.getpixel((40, 30)) for layer in got["layers"]] == [CRIMSON, BLUE]
    assert got["composite"].getpixel((40, 30)) == BLUE
    press(page, "Show Layer 2")
    got = demo.submitted(page)
    assert len(got["layers"]) == 2
    assert got["composite"].getpixel((40, 30)) == CRIMSON
    draw(page, (0.2, 0.2), (0.2, 0.2))
    expect(page.get_by_text("Layer 2 is hidden. Show it to draw on it.")).to_be_visible()
    page.get_by_label("Layer 1", exact=True).check()
    draw(page, (0.2, 0.1), (0.2, 0.1))
    assert demo.submitted(page)["layers"][0].getpixel((16, 6)) == BLUE
    press(page, "Delete Layer 2")
    assert len(demo.submitted(page)["layers"]) == 1
    expect(page.get_by_role("button", name="Delete Layer 1")).to_have_count(0)
    sheet(page).focus()
    page.keyboard.press("Control+z")
    assert len(demo.submitted(page)["layers"]) == 2


def test_layers_bear_the_names_that_the_author_gave(visit: Visit) -> None:
    demo = studio(layers=gr.LayerOptions(allow_additional_layers=False, layers=["Sky", "Sea"]))
    page = visit(demo.demo)
    page.get_by_label("Sea", exact=True).check()
    draw(page, (0.1, 0.5), (0.9, 0.5))
    assert [layer.getbbox() is None for layer in demo.submitted(page)["layers"]] == [True, False]
    expect(page.get_by_role("button", name="Add layer")).to_have_count(0)
    expect(page.get_by_role("button", name="Delete Sea")).to_have_count(0)


def test_clearing_keeps_the_picture(visit: Visit) -> None:
    demo = studio()
    page = visit(demo.demo)
    choose(page, picture())
    expect(page.get_by_text("Added cat.png.")).to_be_visible()
    draw(page, (0.1, 0.5), (0.9, 0.5))
    press(page, "Clear drawing")
    got = demo.submitted(page)
    assert got["layers"][0].getbbox() is None
    assert got["background"].size == (60, 40)


def test_crop_with_the_mouse(visit: Visit) -> None:
    demo = studio(value=quarters())
    page = visit(demo.demo)
    press(page, "Crop")
    draw(page, (0.25, 0.25), (0.75, 0.75))
    expect(page.get_by_label("Left")).to_have_value("20")
    draw(page, (0.5, 0.5), (0.75, 0.75))  # moves it
    expect(page.get_by_label("Left")).to_have_value("40")
    draw(page, (0.5, 0.5), (0.5, 0.25))  # takes a corner
    expect(page.get_by_label("Top")).to_have_value("15")
    press(page, "Apply")
    got = demo.submitted(page)
    assert got["background"].size == got["layers"][0].size == (40, 45)
    assert got["background"].getpixel((20, 40)) == (0, 0, 255, 255)
    press(page, "Undo step")
    assert demo.submitted(page)["background"].size == (80, 60)


def quarters() -> PIL.Image.Image:
    """Return a picture that is blue at the lower right."""
    image = PIL.Image.new("RGB", (80, 60), "white")
    image.paste("blue", (40, 30, 80, 60))
    return image


def test_crop_by_numbers(visit: Visit) -> None:
    demo = studio(value=quarters())
    page = visit(demo.demo)
    press(page, "Crop")
    for label, number in (("Left", "40"), ("Top", "30"), ("Width", "10"), ("Height", "900")):
        page.get_by_label(label).locator("visible=true").fill(number)
    page.get_by_label("Height").locator("visible=true").press("Enter")
    got = demo.submitted(page)["background"]
    assert got.size == (10, 30)
    assert got.getcolors() == [(300, (0, 0, 255, 255))]


def test_crop_can_be_left(visit: Visit) -> None:
    demo = studio(value=quarters())
    page = visit(demo.demo)
    press(page, "Crop")
    draw(page, (0.25, 0.25), (0.75, 0.75))
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Brush")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Crop")).to_be_focused()
    press(page, "Crop")
    press(page, "Apply")  # of all that there is
    assert demo.submitted(page)["background"].size == (80, 60)


def test_resize_keeps_the_proportions_unless_told_otherwise(visit: Visit) -> None:
    demo = studio(value=quarters())
    page = visit(demo.demo)
    press(page, "Resize")
    page.get_by_label("Width").locator("visible=true").fill("40")
    expect(page.get_by_label("Height").locator("visible=true")).to_have_value("30")
    press(page, "Apply")
    assert demo.submitted(page)["composite"].size == (40, 30)
    press(page, "Resize")
    page.get_by_label("Lock aspect ratio").uncheck()
    page.get_by_label("Height").locator("visible=true").fill("10")
    press(page, "Apply")
    assert demo.submitted(page)["composite"].size == (40, 10)
    press(page, "Resize")
    page.get_by_label("Width").locator("visible=true").fill("9000")
    page.get_by_label("Height").locator("visible=true").fill("9000")
    press(page, "Apply")
    expect(page.get_by_text("x has too many pixels to draw on; the limit is 40 megapixels.")).to_be_visible()


def test_drawing_with_the_keyboard(visit: Visit) -> None:
    demo = studio()
    page = visit(demo.demo)
    sheet(page).focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("The pen is down.")).to_be_visible()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_text("The pen is up.")).to_be_visible()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("]")
    layer = demo.submitted(page)["layers"][0]
    left, _, right, _ = layer.getbbox()
    assert layer.getpixel((40, 30))[3] == 255
    assert left >= 35
    assert right > 46


def test_a_pen_that_is_pressed_harder_draws_a_wider_line(visit: Visit) -> None:
    demo = studio(brush=gr.Brush(default_size=5))
    page = visit(demo.demo)
    dab(page, (0.25, 0.5), force=0.1)
    dab(page, (0.75, 0.5), force=1)
    layer = demo.submitted(page)["layers"][0]
    lengths = [sum(layer.getpixel((x, y))[3] > 128 for y in range(60)) for x in (20, 60)]
    assert lengths[0] < 8 < 13 < lengths[1]


def test_two_fingers_enlarge_and_draw_nothing(visit: Visit) -> None:
    demo = studio()
    page = visit(demo.demo)
    width = wide(page)
    fingers(page, [(0.4, 0.5)], [(0.42, 0.5)], [(0.42, 0.5), (0.6, 0.5)], [(0.2, 0.5), (0.8, 0.5)], [])
    assert wide(page) > 2 * width
    assert demo.submitted(page) is None
    press(page, "Fit")
    assert wide(page) == width


def test_zoom_by_button_and_wheel(visit: Visit) -> None:
    demo = studio()
    page = visit(demo.demo)
    width = wide(page)
    press(page, "Zoom in")
    assert wide(page) == pytest.approx(1.5 * width)
    press(page, "Zoom out")
    assert wide(page) == pytest.approx(width)
    sheet(page).hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function(f"() => document.querySelector('.editor-sheet').offsetWidth > {1.5 * width}")
    press(page, "Fit")
    draw(page, (0.1, 0.5), (0.9, 0.5))
    assert demo.submitted(page)["composite"].getpixel((8, 30)) == CRIMSON


def wide(page: Page) -> float:
    return float(page.evaluate("document.querySelector('.editor-sheet').getBoundingClientRect().width"))
