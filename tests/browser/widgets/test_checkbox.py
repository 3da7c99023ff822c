"""Checkbox, in a browser."""

from playwright.sync_api import expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import echo, flagged, got, identity, submit


def test_yes_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Checkbox(), gr.Checkbox()))
    page.get_by_label("x", exact=True).press("Space")
    submit(page)
    expect(page.get_by_label("Output")).to_be_checked()
    assert flagged(page) == (True, True)


def test_checkbox(visit: Visit) -> None:
    page = visit(echo(gr.Checkbox(label="x")))
    got(page, False)
    page.get_by_label("x", exact=True).check()
    got(page, True)
