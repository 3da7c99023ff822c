"""A page in Arabic: mirrored, and as usable as another."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

import minidemo as gr
from examples.kitchen_sink import INPUTS, OUTPUTS, kitchen_sink
from minidemo.i18n import LANGUAGES
from tests.browser.axe import barriers
from tests.browser.conftest import Visit
from tests.browser.test_kitchen_sink import sticking_out
from tests.components.pictures import gradient

ARABIC = LANGUAGES["ar"].texts


def negate(x: float, text: str) -> tuple[float, str]:
    return -x, text


def calculator(**options: Any) -> gr.Interface:
    return gr.Interface(negate, [gr.Number(5, label="x"), gr.Textbox(label="text")], ["number", "text"], **options)


def box(element: Locator) -> dict[str, float]:
    found = element.bounding_box()
    assert found
    return {"left": found["x"], "right": found["x"] + found["width"]}


def press(page: Page, key: str) -> None:
    page.get_by_role("button", name=ARABIC[key], exact=True).click()


def test_inputs_stand_on_the_right_of_outputs(visit: Visit) -> None:
    page = visit(calculator(title="Negate"), locale="ar")
    inputs, outputs = page.locator(".column").first, page.locator(".column").last
    assert box(inputs)["left"] > box(outputs)["right"]
    submit, clear = (page.get_by_role("button", name=ARABIC[word]) for word in ("submit", "clear"))
    assert box(submit)["right"] < box(clear)["left"]
    assert box(page.get_by_role("heading", name="Negate"))["right"] == pytest.approx(box(inputs)["right"], abs=2)
    label = page.get_by_text("x", exact=True)
    assert box(label)["right"] == pytest.approx(box(page.get_by_label("x", exact=True))["right"], abs=2)


def test_the_page_speaks_arabic_from_hint_to_result(visit: Visit) -> None:
    page = visit(calculator(), locale="ar")
    press(page, "submit")
    expect(page.get_by_label("الناتج").first).to_have_value("-5")
    press(page, "flag")
    expect(page.get_by_text("تم الإبلاغ")).to_be_visible()
    page.get_by_label("x", exact=True).fill("خمسة")
    press(page, "submit")
    expect(page.get_by_text(ARABIC["must_be_number"].replace("{label}", "x"))).to_be_visible()


def test_numbers_go_from_left_to_right_and_text_as_it_is_written(visit: Visit) -> None:
    page = visit(calculator(), locale="ar")
    number, text = page.get_by_label("x", exact=True), page.get_by_label("text", exact=True)
    expect(number).to_have_css("direction", "ltr")
    expect(number).to_have_css("text-align", "right")
    expect(page.get_by_label("الناتج").first).to_have_css("direction", "rtl")  # as long as it shows a hint
    for written, direction in (("Hello", "ltr"), ("مرحبا", "rtl")):
        text.fill(written)
        expect(text).to_have_css("direction", direction)


def test_arrow_keys_go_where_they_point_in_a_gallery(visit: Visit) -> None:
    shots = [(gradient(), caption) for caption in ("one", "two", "three")]
    page = visit(gr.Interface(lambda x: None, gr.Gallery(shots, label="x"), None), locale="ar")
    first, second = (page.get_by_role("listitem").nth(n).get_by_role("button") for n in (0, 1))
    assert box(first)["left"] >= box(second)["right"]
    first.focus()
    page.keyboard.press("ArrowLeft")
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog")).to_contain_text("1 / 3")
    previous, following = (page.get_by_role("button", name=ARABIC[f"viewer_{way}"]) for way in ("previous", "next"))
    expect(previous).to_have_text("→")
    expect(following).to_have_text("←")


def test_a_wide_table_scrolls_to_the_left_and_its_cells_are_edited_where_they_are(visit: Visit) -> None:
    wide = [[f"{row}.{column}" for column in range(60)] for row in range(3)]
    table = gr.Dataframe(wide, headers=[f"c{column}" for column in range(60)], label="x")
    page = visit(gr.Interface(lambda x: None, table, None), locale="ar")
    page.get_by_role("gridcell", name="0.0", exact=True).click()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("gridcell", name="0.1", exact=True)).to_be_focused()
    page.keyboard.press("End")
    last = page.get_by_role("gridcell", name="0.59", exact=True)
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert box(page.locator(".cell-editor"))["left"] == pytest.approx(box(last)["left"], abs=2)
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    expect(page.get_by_role("gridcell", name="0.0", exact=True)).to_be_in_viewport()


def test_a_menu_opens_at_the_cell(visit: Visit) -> None:
    page = visit(gr.Interface(lambda x: None, gr.Dataframe([[1, 2]], label="x"), None), locale="ar")
    cell = page.get_by_role("gridcell", name="2", exact=True)
    cell.click()
    page.keyboard.press("Shift+F10")
    menu = page.get_by_role("menu")
    expect(menu).to_be_visible()
    assert box(menu)["left"] == pytest.approx(box(cell)["left"], abs=2)


def test_everybody_can_use_it_and_nothing_sticks_out(visit: Visit) -> None:
    demo = gr.Interface(kitchen_sink, INPUTS, OUTPUTS, title="Everything", description="One of **each**.")
    page = visit(demo, locale="ar")
    page.emulate_media(reduced_motion="reduce")
    assert barriers(page) == []
    press(page, "submit")
    expect(page.get_by_role("button", name=ARABIC["flag"])).to_be_enabled()
    assert barriers(page) == []
    assert sticking_out(page) == {}
