"""JSON, in a browser."""

from playwright.sync_api import expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import echo, flagged, got, identity, submit


def test_a_tree_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.JSON(), gr.JSON(open=True)))
    page.get_by_label("x", exact=True).fill('{"<b>": [1, null, "é"]}')
    submit(page)
    expect(page.get_by_role("group", name="Output")).to_contain_text("<b>")
    assert flagged(page) == ({"<b>": [1, None, "é"]}, {"<b>": [1, None, "é"]})


def test_json(visit: Visit) -> None:
    page = visit(echo(gr.JSON(label="x")))
    page.get_by_label("x", exact=True).fill('{"a": [1, null, "<b>"]}')
    got(page, {"a": [1, None, "<b>"]})
    page.get_by_label("x", exact=True).fill("{a: 1}")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("x must be valid JSON.")).to_be_visible()
