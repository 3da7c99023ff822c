"""Each widget, as a visitor uses it."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import PIL.Image
import pytest
from playwright.sync_api import Page, expect

import minidemo as gr
from tests.browser.conftest import Visit

COLOURS = ["red", "green", "blue"]


def echo(component: gr.Component) -> gr.Interface:
    """Return a demo that shows its input as JSON."""
    return gr.Interface(lambda x: {"got": x}, component, gr.JSON(label="Output"), flagging_mode="never")


def got(page: Page, value: object) -> None:
    page.get_by_role("button", name="Submit").click()
    expected = json.dumps({"got": value}, separators=(",", ":"))
    page.wait_for_function(
        "expected => JSON.stringify([...document.querySelectorAll('mini-json')].at(-1).value) === expected",
        arg=expected,
    )


def test_textbox(visit: Visit) -> None:
    page = visit(echo(gr.Textbox(label="x", lines=3)))
    page.get_by_label("x", exact=True).fill('<b>\n"bold"\n</b>')
    got(page, '<b>\n"bold"\n</b>')


def test_textbox_with_a_limit(visit: Visit) -> None:
    page = visit(echo(gr.Textbox("too long", label="x", max_length=20)))
    page.get_by_label("x", exact=True).fill("short")
    got(page, "short")


@pytest.mark.parametrize(("typed", "value"), [("5", 5), ("-1.5", -1.5), ("1e3", 1000), ("", None)])
def test_number(visit: Visit, typed: str, value: object) -> None:
    page = visit(echo(gr.Number(label="x")))
    page.get_by_label("x", exact=True).fill(typed)
    got(page, value)


def test_slider_by_keyboard_and_by_number(visit: Visit) -> None:
    page = visit(echo(gr.Slider(0, 10, 3, label="x")))
    page.get_by_role("slider").press("ArrowRight")
    got(page, 3.1)
    page.get_by_role("textbox").or_(page.get_by_role("spinbutton")).first.fill("7")
    page.keyboard.press("Tab")
    got(page, 7)


def test_checkbox(visit: Visit) -> None:
    page = visit(echo(gr.Checkbox(label="x")))
    got(page, False)
    page.get_by_label("x", exact=True).check()
    got(page, True)


def test_radio_keeps_the_type_of_its_values(visit: Visit) -> None:
    page = visit(echo(gr.Radio([1, "1", 2.5, ("yes", True)], label="x")))
    for label, value in (("2.5", 2.5), ("yes", True)):
        page.get_by_label(label, exact=True).check()
        got(page, value)


def test_dropdown(visit: Visit) -> None:
    page = visit(echo(gr.Dropdown(COLOURS, label="x")))
    got(page, "red")
    page.get_by_label("x", exact=True).select_option("blue")
    got(page, "blue")


def test_dropdown_with_a_search(visit: Visit) -> None:
    page = visit(echo(gr.Dropdown([f"colour {i}" for i in range(50)], label="x")))
    page.get_by_role("combobox", name="x").fill("r 42")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    got(page, "colour 42")


def test_dropdown_with_several_choices(visit: Visit) -> None:
    page = visit(echo(gr.Dropdown(COLOURS, value=["red"], multiselect=True, label="x")))
    got(page, ["red"])
    page.get_by_role("combobox", name="x").click()
    page.get_by_role("listbox").get_by_role("option", name="blue").click()
    page.keyboard.press("Escape")
    got(page, ["red", "blue"])
    page.get_by_role("button", name="Remove red").click()
    got(page, ["blue"])


def test_dropdown_with_a_text_of_ones_own(visit: Visit) -> None:
    page = visit(echo(gr.Dropdown(COLOURS, allow_custom_value=True, label="x")))
    page.get_by_role("combobox", name="x").fill("mauve")
    page.keyboard.press("Tab")
    got(page, "mauve")


def test_json(visit: Visit) -> None:
    page = visit(echo(gr.JSON(label="x")))
    page.get_by_label("x", exact=True).fill('{"a": [1, null, "<b>"]}')
    got(page, {"a": [1, None, "<b>"]})
    page.get_by_label("x", exact=True).fill("{a: 1}")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("x must be valid JSON.")).to_be_visible()


def test_label_shows_classes_and_confidences(visit: Visit) -> None:
    page = visit(gr.Interface(lambda x: {"cat": 0.875, "<b>dog": 0.125}, "text", gr.Label(label="Output")))
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("<b>dog")).to_be_visible()
    expect(page.get_by_text("87.5 %")).to_be_visible()


def picture(name: str = "cat.png", size: tuple[int, int] = (30, 20)) -> Path:
    path = Path(name)
    PIL.Image.new("RGB", size, "tomato").save(path)
    return path


def sizes(**options: Any) -> gr.Interface:
    """Return a demo that tells the size of a picture."""
    return gr.Interface(
        lambda im: im and f"{im.width} x {im.height}", gr.Image(type="pil", label="im", **options), "text"
    )


def told(page: Page, words: str) -> None:
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("Output")).to_have_value(words)


def test_image_chosen_and_removed(visit: Visit) -> None:
    page = visit(sizes())
    page.get_by_label("im", exact=True).set_input_files(picture())
    told(page, "30 x 20")
    page.get_by_role("button", name="Remove").click()
    told(page, "")


def test_image_dropped(visit: Visit) -> None:
    page = visit(sizes())
    data = base64.b64encode(picture().read_bytes()).decode()
    transfer = page.evaluate_handle(
        """data => {
            const transfer = new DataTransfer();
            const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
            transfer.items.add(new File([bytes], "cat.png", {type: "image/png"}));
            return transfer;
        }""",
        data,
    )
    field = page.get_by_label("im", exact=True)
    field.evaluate(
        "(field, t) => { field.files = t.files; field.dispatchEvent(new Event('change', {bubbles: true})) }", transfer
    )
    told(page, "30 x 20")


def test_image_pasted(visit: Visit) -> None:
    page = visit(sizes())
    data = base64.b64encode(picture().read_bytes()).decode()
    page.evaluate(
        """data => {
            const clipboardData = new DataTransfer();
            const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
            clipboardData.items.add(new File([bytes], "cat.png", {type: "image/png"}));
            document.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
        }""",
        data,
    )
    told(page, "30 x 20")


def test_image_from_the_camera(visit: Visit) -> None:
    page = visit(sizes(sources=["webcam"]))
    page.get_by_role("button", name="Camera").click()
    page.get_by_role("button", name="Take picture").click()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("Output")).to_have_value(re.compile(r"\d+ x \d+"))


def test_what_is_no_picture_is_told_at_the_field(visit: Visit) -> None:
    page = visit(sizes())
    Path("notes.txt").write_text("No picture.")
    page.get_by_label("im", exact=True).set_input_files("notes.txt")
    expect(page.get_by_text("notes.txt is not a picture.")).to_be_visible()


def test_a_damaged_picture_is_told_at_the_field(visit: Visit) -> None:
    page = visit(sizes())
    Path("cat.png").write_bytes(picture().read_bytes()[:60])
    page.get_by_label("im", exact=True).set_input_files("cat.png")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("im is a damaged picture and cannot be read.")).to_be_visible()


def test_a_picture_over_the_limit_is_told_before_it_is_sent(visit: Visit) -> None:
    page = visit(sizes())
    Path("huge.png").write_bytes(b"x" * (100 * 2**20 + 1))
    page.get_by_label("im", exact=True).set_input_files("huge.png")
    expect(page.get_by_text("the limit is 100 MB")).to_be_visible()


def test_a_result_can_be_downloaded(visit: Visit) -> None:
    page = visit(gr.Interface(lambda: PIL.Image.new("RGB", (3000, 1000), "navy"), None, "image"))
    page.get_by_role("button", name="Submit").click()
    shown = page.locator("[data-picture]")
    expect(shown).to_have_js_property("naturalWidth", 2048)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    with PIL.Image.open(download.value.path()) as image:
        assert (image.size, image.getpixel((0, 0))) == ((3000, 1000), (0, 0, 128))
