"""BrowserState, in a browser: it outlives the page."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

import minidemo as gr
from tests.browser.conftest import Visit


def collector(**options: Any) -> gr.Interface:
    """Return a demo that collects words."""

    def collect(word: str, words: list[str]) -> tuple[str, list[str]]:
        return " ".join([*words, word]), [*words, word]

    state = gr.BrowserState([], flag=True, **options)
    return gr.Interface(collect, [gr.Textbox(label="word"), state], [gr.Textbox(label="Output"), state])


def say(page: Page, word: str, shown: str) -> None:
    page.get_by_label("word").fill(word)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Output")).to_have_value(shown)


@pytest.mark.parametrize("options", [{}, {"storage_key": "words"}])
def test_it_outlives_the_page_and_clear(visit: Visit, options: dict[str, str]) -> None:
    page = visit(collector(**options))
    say(page, "a", "a")
    say(page, "b", "a b")
    page.get_by_role("button", name="Clear").click()
    page.reload()
    say(page, "c", "a b c")
    page.get_by_role("button", name="Flag").click()
    expect(page.get_by_text("Flagged. Thank you!")).to_be_visible()
    (record,) = gr.FlagStore("flagged").records()
    assert record.data == ("c", ["a", "b"], "a b c", ["a", "b", "c"])


@pytest.mark.parametrize("broken", ["setItem", "getItem"])
def test_where_nothing_may_be_stored_it_lasts_as_long_as_the_page(visit: Visit, broken: str) -> None:
    page = visit(collector())
    page.evaluate(f"() => {{ Storage.prototype.{broken} = () => {{ throw new DOMException('no'); }}; }}")
    say(page, "a", "a")
    say(page, "b", "a b" if broken == "setItem" else "b")
    page.reload()
    say(page, "c", "c" if broken == "setItem" else "b c")
