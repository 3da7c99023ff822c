"""Label, in a browser."""

from playwright.sync_api import expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import flagged, identity, submit


def test_a_label_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Label(), gr.Label()))
    page.get_by_label("x", exact=True).fill("cat <b>")
    submit(page)
    expect(page.get_by_role("group", name="Output")).to_contain_text("cat <b>")
    held = {"label": "cat <b>", "confidences": None}
    assert flagged(page) == (held, held)


def test_label_shows_classes_and_confidences(visit: Visit) -> None:
    page = visit(gr.Interface(lambda x: {"cat": 0.875, "<b>dog": 0.125}, "text", gr.Label(label="Output")))
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("<b>dog")).to_be_visible()
    expect(page.get_by_text("87.5%")).to_be_visible()
