"""State, in a browser: each page load has its own."""

from playwright.sync_api import Page, expect

import minidemo as gr
from tests.browser.conftest import Visit


def counter() -> gr.Interface:
    """Return a demo that counts how often it was called."""

    def count(n: int) -> tuple[str, int]:
        return f"{n + 1} times", n + 1

    return gr.Interface(count, gr.State(0), [gr.Textbox(label="Output"), gr.State()])


def press(page: Page, text: str) -> None:
    page.get_by_role("button", name="Generate").click()
    expect(page.get_by_label("Output")).to_have_value(text)


def test_each_page_load_has_its_own(visit: Visit) -> None:
    page = visit(counter())
    press(page, "1 times")
    press(page, "2 times")
    other = page.context.new_page()
    other.goto(page.url)
    press(other, "1 times")
    page.get_by_role("button", name="Clear").click()
    press(page, "3 times")
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    (record,) = gr.FlagStore("flagged").records()
    assert (record.inputs, record.outputs) == ((), ("3 times",))
    page.reload()
    press(page, "1 times")


def test_a_refusal_has_no_place_to_show_and_is_told_below(visit: Visit) -> None:
    demo = gr.Interface(lambda n: n, gr.State(0), "text", validator=lambda n: gr.validate(False, "Not now."))
    page = visit(demo)
    page.get_by_role("button", name="Generate").click()
    expect(page.get_by_text("Not now.")).to_be_visible()
