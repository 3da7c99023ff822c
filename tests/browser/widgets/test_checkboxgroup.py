"""CheckboxGroup, in a browser."""

from playwright.sync_api import expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import echo, flagged, got, identity, submit

COLOURS = ["red", "green", "blue"]


def test_what_is_ticked_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.CheckboxGroup(COLOURS), gr.CheckboxGroup(COLOURS)))
    group = page.get_by_role("group", name="x", exact=True)
    group.get_by_label("blue").check()
    group.get_by_label("red").check()
    submit(page)
    shown = page.get_by_role("group", name="Output")
    expect(shown.get_by_label("red")).to_be_checked()
    expect(shown.get_by_label("green")).not_to_be_checked()
    expect(shown.get_by_label("blue")).to_be_checked()
    expect(shown.get_by_label("green")).to_be_disabled()
    assert flagged(page) == (["red", "blue"], ["red", "blue"])


def test_the_keyboard_ticks_and_unticks(visit: Visit) -> None:
    page = visit(echo(gr.CheckboxGroup([1, True, ("One and a half", 1.5), 10**30], value=[True], label="x")))
    got(page, [True])
    page.get_by_label("One and a half").focus()
    page.keyboard.press("Space")
    got(page, [True, 1.5])
    page.keyboard.press("Tab")
    page.get_by_label("One and a half").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    got(page, [])


def test_one_box_ticks_all_or_none(visit: Visit) -> None:
    page = visit(echo(gr.CheckboxGroup(COLOURS, value=["red"], show_select_all=True, label="x")))
    every = page.get_by_label("Select all")
    expect(every).to_have_js_property("indeterminate", True)
    every.check()
    got(page, COLOURS)
    page.get_by_label("green").uncheck()
    expect(every).to_have_js_property("indeterminate", True)
    expect(every).not_to_be_checked()
    got(page, ["red", "blue"])
    page.get_by_label("green").check()
    expect(every).to_be_checked()
    every.uncheck()
    got(page, [])


def test_clear_ticks_what_was_ticked_at_first(visit: Visit) -> None:
    page = visit(echo(gr.CheckboxGroup(COLOURS, value=["red"], show_select_all=True, label="x")))
    page.get_by_label("Select all").check()
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_label("red")).to_be_checked()
    expect(page.get_by_label("green")).not_to_be_checked()
    expect(page.get_by_label("Select all")).to_have_js_property("indeterminate", True)


def test_a_screen_reader_is_told_what_is_ticked(visit: Visit) -> None:
    page = visit(gr.Interface(lambda: ["r", "b"], None, gr.CheckboxGroup([("Red", "r"), ("Blue", "b")], label="Mix")))
    page.get_by_role("button", name="Generate").click()
    expect(page.locator("#live")).to_have_text("Done. Mix: Red, Blue")


def test_a_value_outside_of_the_choices_is_shown(visit: Visit) -> None:
    page = visit(gr.Interface(lambda: ["c", "a"], None, gr.CheckboxGroup(["a", "b"], label="Output")))
    page.get_by_role("button", name="Generate").click()
    expect(page.get_by_label("c", exact=True)).to_be_checked()
    expect(page.get_by_label("a", exact=True)).to_be_checked()
    expect(page.get_by_label("b", exact=True)).not_to_be_checked()
