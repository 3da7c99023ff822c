"""Textbox, in a browser."""

from playwright.sync_api import expect

import minidemo as gr
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import echo, flagged, got, identity, submit

TEXT = 'two <b>lines</b>,\n"quoted" and é𝄞'


def test_text_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Textbox(lines=3), gr.Textbox()))
    page.get_by_label("x", exact=True).click()
    page.keyboard.insert_text(TEXT)
    submit(page)
    expect(page.get_by_label("Output")).to_have_value(TEXT)
    assert flagged(page) == (TEXT, TEXT)


def test_textbox(visit: Visit) -> None:
    page = visit(echo(gr.Textbox(label="x", lines=3)))
    page.get_by_label("x", exact=True).fill('<b>\n"bold"\n</b>')
    got(page, '<b>\n"bold"\n</b>')


def test_textbox_with_a_limit(visit: Visit) -> None:
    page = visit(echo(gr.Textbox("too long", label="x", max_length=20)))
    page.get_by_label("x", exact=True).fill("short")
    got(page, "short")
