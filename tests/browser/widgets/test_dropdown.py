"""Dropdown, in a browser."""

from playwright.sync_api import expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import echo, flagged, got, identity, submit

COLOURS = ["red", "green", "blue"]


def test_a_choice_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Dropdown(COLOURS), gr.Dropdown(COLOURS)))
    page.get_by_label("x", exact=True).press("ArrowDown")
    submit(page)
    expect(page.get_by_label("Output")).to_have_value('"green"')
    assert flagged(page) == ("green", "green")


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


def test_a_value_outside_of_the_choices_is_shown(visit: Visit) -> None:
    page = visit(gr.Interface(lambda: "c", None, gr.Dropdown(["a", "b"], label="Output")))
    page.get_by_role("button", name="Generate").click()
    expect(page.get_by_label("Output")).to_have_value('"c"')
