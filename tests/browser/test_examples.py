"""The examples below the inputs: by mouse and by keyboard, one after the other, and for those who do not see them."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

import minidemo as gr
from tests.browser.axe import violations
from tests.browser.conftest import Visit
from tests.components.pictures import gradient
from tests.flagging.folder import table


def calculator(num1: float, operation: str, num2: float) -> float:
    return num1 + num2 if operation == "add" else num1 - num2


def calculates(examples: Any, **options: Any) -> gr.Interface:
    return gr.Interface(calculator, ["number", gr.Radio(["add", "subtract"]), "number"], "number", examples, **options)


def expect_inputs(page: Page, num1: str, operation: str, num2: str) -> None:
    expect(page.get_by_label("num1")).to_have_value(num1)
    expect(page.get_by_label(operation, exact=True)).to_be_checked()
    expect(page.get_by_label("num2")).to_have_value(num2)


def place_of_pages(page: Page) -> object:
    """Return how far down the page the buttons to other examples are."""
    return page.get_by_role("navigation").evaluate("pages => pages.getBoundingClientRect().top + scrollY")


def test_a_click_anywhere_in_a_row_fills_it_in(visit: Visit) -> None:
    page = visit(calculates([[5, "add", 7], [6, "subtract", 1.5]]))
    page.get_by_role("cell", name="1.5", exact=True).click()
    expect_inputs(page, "6", "subtract", "1.5")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("Output")).to_have_value("4.5")


def test_by_keyboard(visit: Visit) -> None:
    page = visit(calculates([[5, "add", 7], [6, "subtract", 1.5]]))
    page.get_by_role("button", name="Submit").focus()
    for _ in range(3):  # past the result and the Flag button
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Example 1: 5, add, 7")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect_inputs(page, "6", "subtract", "1.5")
    expect(page.locator("#live")).to_have_text("Filled in example 2.")
    expect(page.get_by_role("button", name="Example 2: 6, subtract, 1.5")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Output")).to_have_value("4.5")


def test_what_an_example_leaves_out_stays_as_it_is(visit: Visit) -> None:
    page = visit(calculates([[5], [6, "subtract", 1]]))
    page.get_by_label("num2").fill("42")
    page.get_by_role("button", name="Example 1: 5").click()
    expect(page.get_by_label("num1")).to_have_value("5")
    expect(page.get_by_label("num2")).to_have_value("42")


def test_an_error_at_an_input_goes_away_with_its_cause(visit: Visit) -> None:
    page = visit(calculates([[5, "add", 7]]))
    page.get_by_label("num1").fill("five")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("num1 must be a number, such as 1.5.")).to_be_visible()
    page.get_by_role("button", name="Example 1").click()
    expect(page.get_by_text("num1 must be a number, such as 1.5.")).to_have_count(0)


def test_what_was_typed_can_be_brought_back(visit: Visit) -> None:
    page = visit(calculates([[5, "add", 7], [6, "subtract", 1]]))
    undo = page.get_by_role("button", name="Undo")
    page.get_by_role("button", name="Example 1").click()
    page.get_by_role("button", name="Example 2").click()
    expect_inputs(page, "6", "subtract", "1")
    expect(undo).to_be_hidden()
    page.get_by_label("num1").fill("99")
    page.get_by_role("button", name="Example 1").click()
    expect_inputs(page, "5", "add", "7")
    undo.click()
    expect_inputs(page, "99", "subtract", "1")


def test_a_result_is_outdated_by_another_example(visit: Visit) -> None:
    page = visit(calculates([[5, "add", 7], [6, "subtract", 1]]))
    page.get_by_role("button", name="Example 1").click()
    expect_inputs(page, "5", "add", "7")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_label("Output")).to_have_value("12")
    page.get_by_role("button", name="Example 2").click()
    expect(page.get_by_text("Result for earlier inputs")).to_be_visible()


def test_pages(visit: Visit) -> None:
    page = visit(calculates([[i, "add", i] for i in range(25)]))
    top = place_of_pages(page)
    expect(page.get_by_text("1–10 of 25")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.locator("#live")).to_have_text("11–20 of 25")
    page.keyboard.press("Enter")
    expect(page.get_by_text("21–25 of 25").first).to_be_visible()
    expect(page.get_by_role("button", name="Next")).to_be_focused()
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    page.get_by_role("button", name="Next").click(force=True)
    page.get_by_role("button", name="Example 25: 24, add, 24").click()
    expect_inputs(page, "24", "add", "24")
    assert page.locator("[data-part]").bounding_box()["height"] >= 400  # type: ignore[index]
    page.get_by_role("button", name="Previous").click()
    expect(page.get_by_role("button", name="Example 11: 10, add, 10")).to_be_visible()
    assert place_of_pages(page) == top


def test_an_example_can_be_filled_in_as_the_page_opens(visit: Visit) -> None:
    page = visit(calculates([[5, "add", 7], [6, "subtract", 1]], preload_example=1))
    expect_inputs(page, "6", "subtract", "1")
    expect(page.locator("#live")).to_be_empty()
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()


def test_what_was_typed_meanwhile_is_not_overwritten(visit: Visit) -> None:
    page = visit(calculates([[5, "add", 7]], preload_example=0))
    expect_inputs(page, "5", "add", "7")

    def type_first(route: Route) -> None:
        page.get_by_label("num1").fill("3")
        route.continue_()

    page.route("**/examples/calculator/0", type_first)
    with page.expect_response("**/examples/calculator/0"):
        page.reload(wait_until="commit")
    expect(page.get_by_label("num1")).to_have_value("3")
    page.get_by_label("num2").fill("4")
    expect(page.get_by_label("num1")).to_have_value("3")


def test_a_click_can_submit_as_well(visit: Visit) -> None:
    page = visit(calculates([[5, "add", 7]], run_on_click=True))
    page.get_by_role("button", name="Example 1").click()
    expect(page.get_by_label("Output")).to_have_value("12")


def test_pictures(visit: Visit) -> None:
    gradient(40, 30).save("a picture.png")
    demo = gr.Interface(lambda im: im.size, gr.Image(type="pil", label="im"), "json", ["a picture.png"])
    page = visit(demo)
    button = page.get_by_role("button", name="Example 1: a picture.png")
    expect(button.locator("img")).to_have_js_property("naturalWidth", 40)
    button.click()
    expect(page.get_by_role("img", name="im")).to_have_attribute("src", re.compile("a picture.png$|a%20picture.png$"))
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("40")).to_be_visible()


def test_the_server_is_away(visit: Visit) -> None:
    page = visit(calculates([[5, "add", 7]] * 20))
    page.route("**/examples/**", lambda route: route.abort())
    page.get_by_role("button", name="Example 1:").click()
    expect(page.get_by_role("alert").filter(has_text="Can't reach")).to_be_visible()
    page.unroute("**/examples/**")
    page.get_by_role("button", name="Example 1:").click()
    expect_inputs(page, "5", "add", "7")


def test_an_example_that_is_no_longer_there(visit: Visit) -> None:
    gradient(40, 30).save("gone.png")
    page = visit(gr.Interface(lambda im: None, gr.Image(type="pil", label="im"), "json", ["gone.png"]))
    Path("gone.png").unlink()
    page.get_by_role("button", name="Example 1").click()
    expect(page.get_by_text("A file of this example is no longer there.")).to_be_visible()


def test_nothing_stands_in_the_way_of_anybody(visit: Visit) -> None:
    gradient(40, 30).save("a.png")
    inputs: list[Any] = ["number", gr.Image(type="pil")]
    page = visit(gr.Interface(lambda number, im: number, inputs, "number", [[i, "a.png"] for i in range(12)]))
    assert violations(page) == []


def test_a_narrow_screen_shows_all_without_scrolling_sideways(visit: Visit) -> None:
    page = visit(calculates([[10**30, "add", 10**30], [1, "subtract", 2]]))
    page.set_viewport_size({"width": 375, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def slowly(text: str) -> str:
    if text == "bad":
        raise gr.Error("No such word.")
    return text.upper()


def shouts(*texts: str, **options: Any) -> gr.Interface:
    return gr.Interface(slowly, gr.Textbox(label="text"), gr.Textbox(label="shout"), [*texts], **options)


def test_outputs_that_are_kept_are_shown_at_once_and_can_be_flagged(visit: Visit) -> None:
    page = visit(shouts("one", "two", cache_examples=True))
    page.get_by_role("button", name="Example 2: two").click()
    expect(page.get_by_label("text")).to_have_value("two")
    expect(page.get_by_label("shout")).to_have_value("TWO")
    expect(page.get_by_text("Result for earlier inputs")).to_have_count(0)
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    assert table() == [["text", "shout"], ["two", "TWO"]]


def test_outputs_that_are_made_now(visit: Visit) -> None:
    page = visit(shouts("one", "bad", cache_examples="lazy"))
    page.get_by_role("button", name="Example 2: bad").click()
    expect(page.get_by_text("No such word.")).to_be_visible()
    page.get_by_role("button", name="Example 1: one").click()
    expect(page.get_by_label("shout")).to_have_value("ONE")
    expect(page.get_by_text("No such word.")).to_have_count(0)


def test_the_latest_of_two_examples_is_shown(visit: Visit) -> None:
    page = visit(shouts("one", "two", cache_examples=True))
    page.get_by_role("button", name="Example 1").click()
    page.get_by_role("button", name="Example 2").click()
    expect(page.get_by_label("shout")).to_have_value("TWO")
    expect(page.get_by_label("text")).to_have_value("two")
    page.get_by_label("text").fill("three")
    expect(page.get_by_text("Result for earlier inputs")).to_be_visible()


def test_outputs_with_html_are_shown_as_html(visit: Visit) -> None:
    page = visit(gr.Interface(lambda text: f"**{text}**", "text", gr.Markdown(), ["bold"], cache_examples=True))
    page.get_by_role("button", name="Example 1: bold").click()
    expect(page.locator("strong", has_text="bold")).to_be_visible()


def test_an_example_that_is_filled_in_as_the_page_opens_shows_its_outputs(visit: Visit) -> None:
    page = visit(shouts("one", "two", cache_examples=True, preload_example=1))
    expect(page.get_by_label("shout")).to_have_value("TWO")


def test_the_page_is_told_of_the_change_once(visit: Visit) -> None:
    page = visit(calculates([[5, "add", 7]]))
    page.evaluate("() => document.addEventListener('mini-change', () => (document.title += '!'))")
    page.get_by_role("button", name="Example 1").click()
    expect(page).to_have_title("Calculator!")


def test_on_a_wide_screen_the_examples_are_as_wide_as_the_page(visit: Visit) -> None:
    page = visit(gr.Interface(str.upper, "text", "text", examples=["a", "b"]))
    page.set_viewport_size({"width": 1200, "height": 800})
    left, right = (page.locator(".row > .column").nth(i).bounding_box() for i in (0, 1))
    examples = page.locator(".row > .examples").bounding_box()
    assert left
    assert right
    assert examples
    assert (examples["x"], examples["x"] + examples["width"]) == (left["x"], right["x"] + right["width"])
    assert examples["y"] >= max(left["y"] + left["height"], right["y"] + right["height"])
