"""Slider, in a browser."""

from playwright.sync_api import expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import echo, flagged, got, identity, submit


def test_a_number_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Slider(0, 10, 3, step=1), gr.Slider(0, 10)))
    page.get_by_role("slider", name="x").press("End")
    submit(page)
    expect(page.get_by_role("textbox", name="Output")).to_have_value("10")
    assert flagged(page) == (10, 10)


def test_slider_by_keyboard_and_by_number(visit: Visit) -> None:
    page = visit(echo(gr.Slider(0, 10, 3, label="x")))
    page.get_by_role("slider", name="x", exact=True).press("ArrowRight")
    got(page, 3.1)
    expect(page.get_by_role("textbox", name="x: number", exact=True)).to_have_value("3.1")
    page.get_by_role("textbox").or_(page.get_by_role("spinbutton")).first.fill("7")
    page.keyboard.press("Tab")
    got(page, 7)
