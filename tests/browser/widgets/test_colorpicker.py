"""ColorPicker, in a browser."""

import pytest
from playwright.sync_api import Page, expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import echo, flagged, got, identity, submit


def pick(page: Page, colour: str) -> None:
    """Choose in the browser's own picker."""
    page.locator("[type=color]").fill(colour)


def test_a_colour_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.ColorPicker(), gr.ColorPicker()))
    pick(page, "#ff8000")
    expect(page.get_by_role("textbox", name="x", exact=True)).to_have_value("#ff8000")
    submit(page)
    expect(page.get_by_role("textbox", name="Output")).to_have_value("#ff8000")
    expect(page.locator("mini-colorpicker").nth(1).locator("rect")).to_have_attribute("fill", "#ff8000")
    assert flagged(page) == ("#ff8000", "#ff8000")


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("tomato", "#ff6347"),
        ("#F80", "#ff8800"),
        ("#ff880080", "#ff880080"),
        ("#f808", "#ff880088"),
        ("rgb(255 128 0 / 50%)", "#ff800080"),
        ("hsl(120, 100%, 50%)", "#00ff00"),
    ],
)
def test_a_colour_may_be_written(visit: Visit, written: str, colour: str) -> None:
    page = visit(echo(gr.ColorPicker("#000", label="x")))
    field = page.get_by_role("textbox", name="x", exact=True)
    field.fill(written)
    expect(page.locator("[type=color]")).to_have_value(colour[:7])
    field.press("Tab")
    expect(field).to_have_value(colour)
    got(page, colour)


def test_every_byte_of_what_shines_through_survives(visit: Visit) -> None:
    colours = [f"#123456{alpha:02x}" for alpha in range(255)]
    page = visit(echo(gr.ColorPicker(label="x")))
    read = "([field, colour]) => { field.value = colour; return field.value }"
    field = page.locator("mini-colorpicker").element_handle()
    assert [page.evaluate(read, [field, colour]) for colour in colours] == colours


def test_without_a_colour_there_is_none(visit: Visit) -> None:
    page = visit(echo(gr.ColorPicker(label="x")))
    got(page, None)
    expect(page.locator("mini-colorpicker path")).to_be_visible()
    pick(page, "#ffffff")
    expect(page.locator("mini-colorpicker path")).not_to_be_visible()
    got(page, "#ffffff")
    page.get_by_role("textbox", name="x", exact=True).fill("")
    got(page, None)


def test_what_is_no_colour_is_told_at_the_field(visit: Visit) -> None:
    page = visit(echo(gr.ColorPicker(label="x")))
    field = page.get_by_role("textbox", name="x", exact=True)
    field.fill("reddish")
    field.press("Enter")
    expect(page.get_by_text("x must be a color such as #2456c9.")).to_be_visible()
    expect(field).to_be_focused()
    field.fill("red")
    expect(page.get_by_text("x must be")).to_have_count(0)


def test_clear_restores_the_colour(visit: Visit) -> None:
    page = visit(echo(gr.ColorPicker("#2456c9", label="x")))
    pick(page, "#ff8000")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("textbox", name="x", exact=True)).to_have_value("#2456c9")
    expect(page.locator("[type=color]")).to_have_value("#2456c9")
    expect(page.locator("rect").first).to_have_attribute("fill", "#2456c9")
