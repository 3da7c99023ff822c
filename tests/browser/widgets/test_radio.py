"""Radio, in a browser."""

from playwright.sync_api import expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import echo, flagged, got, identity, submit


def test_a_choice_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Radio(["red", ("two", 2)]), gr.Radio(["red", ("two", 2)])))
    page.get_by_role("radio", name="red").first.press("ArrowDown")
    submit(page)
    expect(page.get_by_role("radiogroup", name="Output").get_by_label("two")).to_be_checked()
    assert flagged(page) == (2, 2)


def test_radio_keeps_the_type_of_its_values(visit: Visit) -> None:
    page = visit(echo(gr.Radio([1, "1", 2.5, ("yes", True)], label="x")))
    for label, value in (("2.5", 2.5), ("yes", True)):
        page.get_by_label(label, exact=True).check()
        got(page, value)


def test_a_value_outside_of_the_choices_is_shown(visit: Visit) -> None:
    page = visit(gr.Interface(lambda: "c", None, gr.Radio(["a", "b"], label="Output")))
    page.get_by_role("button", name="Generate").click()
    expect(page.get_by_label("c", exact=True)).to_be_checked()
    expect(page.get_by_label("a", exact=True)).not_to_be_checked()
