"""HTML, in a browser."""

from playwright.sync_api import expect

import minidemo as gr
from tests.browser import hostile
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import echo, flagged, got, identity, submit
from tests.xss import XSS

TEXT = '<p>Hello <b style="color: rgb(1, 2, 3)">Ada</b></p>'


def test_html_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.HTML(), gr.HTML()))
    page.get_by_label("x", exact=True).fill(TEXT)
    submit(page)
    bold = page.get_by_role("group", name="Output").locator("b")
    expect(bold).to_have_text("Ada")
    expect(bold).to_have_css("color", "rgb(1, 2, 3)")
    assert flagged(page) == (TEXT, TEXT)


def test_an_input_with_a_value_shows_it_and_hands_it_on(visit: Visit) -> None:
    page = visit(echo(gr.HTML(TEXT, label="x")))
    expect(page.get_by_role("group", name="x").locator("b")).to_have_css("color", "rgb(1, 2, 3)")
    got(page, TEXT)


def test_a_form_sends_nothing_and_a_button_does_nothing(visit: Visit) -> None:
    form = '<form action="/flag" method="post"><button onclick="top.hacked=1">Press</button></form>'
    page = visit(gr.Interface(lambda x: form, gr.Textbox(label="x"), gr.HTML(label="Output")))
    submit(page)
    asked = hostile.requests(page)
    page.get_by_role("group", name="Output").get_by_text("Press").click()
    hostile.unharmed(page, asked)
    expect(page.get_by_role("group", name="Output").get_by_role("button")).to_have_count(0)


def test_what_would_cover_the_page_stays_in_its_place(visit: Visit) -> None:
    cover = '<div class="toast" style="position: fixed; inset: 0; z-index: 9; background: red">x</div>'
    page = visit(gr.Interface(lambda x: cover, gr.Textbox(label="x"), gr.HTML(label="Output")))
    submit(page)
    expect(page.get_by_text("x", exact=True).last).to_have_css("background-color", "rgb(255, 0, 0)")
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()


def test_hostile_html_runs_nothing(visit: Visit) -> None:
    hostile.shown(visit, gr.HTML(), lambda text: f"{text}\n")


def test_hostile_html_in_the_page_itself(visit: Visit) -> None:
    texts = [hostile.sendable(text) for text in XSS]
    hostile.served(visit, [*(gr.HTML(text, label=text, info=text) for text in texts), gr.HTML(label="\n".join(texts))])
