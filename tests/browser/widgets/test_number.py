"""Number, in a browser."""

import pytest
from playwright.sync_api import expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import echo, flagged, got, identity, submit


def test_a_number_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Number(), gr.Number()))
    page.get_by_label("x", exact=True).press_sequentially("-4.5")
    submit(page)
    expect(page.get_by_label("Output")).to_have_value("-4.5")
    assert flagged(page) == (-4.5, -4.5)


@pytest.mark.parametrize(("typed", "value"), [("5", 5), ("-1.5", -1.5), ("1e3", 1000), ("", None)])
def test_number(visit: Visit, typed: str, value: object) -> None:
    page = visit(echo(gr.Number(label="x")))
    page.get_by_label("x", exact=True).fill(typed)
    got(page, value)
