"""HighlightedText, in a browser."""

from playwright.sync_api import Page, expect

import minidemo as gr
from tests.browser import hostile
from tests.browser.axe import barriers
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import echo, flagged, got, identity, submit
from tests.xss import XSS

PAIRS = [("Ada", "person"), (" was in ", None), ("London", "place")]
HELD = [{"token": text, "class_or_confidence": label} for text, label in PAIRS]


def choose(page: Page, start: int, end: int) -> None:
    """Select text in the field, by keyboard."""
    field = page.get_by_label("x", exact=True)
    field.focus()
    page.keyboard.press("Control+Home")
    for _ in range(start):
        page.keyboard.press("ArrowRight")
    for _ in range(end - start):
        page.keyboard.press("Shift+ArrowRight")


def test_text_is_written_and_marked_and_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.HighlightedText(), gr.HighlightedText()))
    page.get_by_label("x", exact=True).press_sequentially("Ada was in London")
    choose(page, 0, 3)
    page.keyboard.press("Tab")
    page.keyboard.type("person")
    page.keyboard.press("Enter")
    page.get_by_label("x", exact=True).evaluate("field => field.setSelectionRange(11, 17)")
    page.get_by_label("Label").fill("place")
    page.get_by_role("button", name="Mark").click()
    submit(page)
    expect(page.get_by_role("group", name="Output").locator("mark")).to_have_text(["Adaperson", "Londonplace"])
    assert flagged(page) == (HELD, HELD)


def test_labels_are_changed_and_removed(visit: Visit) -> None:
    page = visit(echo(gr.HighlightedText(PAIRS, label="x")))
    got(page, [["Ada", "person"], [" was in ", None], ["London", "place"]])
    page.get_by_role("button", name="Ada person", exact=True).click()
    expect(page.get_by_label("Label")).to_have_value("person")
    page.keyboard.type("name")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Remove place from London").click()
    expect(page.get_by_role("button", name="Remove name from Ada")).to_be_focused()
    got(page, [["Ada", "name"], [" was in London", None]])
    page.get_by_role("button", name="Remove name from Ada").click()
    expect(page.get_by_label("x", exact=True)).to_be_focused()
    page.get_by_label("x", exact=True).fill("")
    got(page, None)


def test_what_is_missing_is_asked_for(visit: Visit) -> None:
    page = visit(echo(gr.HighlightedText(PAIRS, label="x")))
    page.get_by_role("button", name="Mark").click()
    expect(page.get_by_text("Select some of the text first.")).to_be_visible()
    choose(page, 4, 7)
    page.get_by_role("button", name="Mark").click()
    expect(page.get_by_text("Enter a label.")).to_be_visible()
    page.keyboard.type("verb")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Enter a label.")).to_be_hidden()
    got(page, [["Ada", "person"], [" ", None], ["was", "verb"], [" in ", None], ["London", "place"]])


def test_scores_and_a_legend(visit: Visit) -> None:
    shown = [("good", 0.91234), (" and ", None), ("bad", -0.5), (" ", None), ("Ada", "person")]
    output = gr.HighlightedText(
        label="Output", show_legend=True, show_inline_category=False, color_map={"person": "red"}
    )
    page = visit(gr.Interface(lambda: shown, None, output))
    page.get_by_role("button", name="Generate").click()
    group = page.get_by_role("group", name="Output")
    expect(group.locator("mark")).to_have_text(["good0.912", "bad-0.5", "Ada"])
    expect(group.get_by_role("listitem")).to_have_text(["person"])
    assert group.locator("li").evaluate("item => item.style.getPropertyValue('--hue')") == "red"


def test_nothing_jumps_when_text_arrives_and_clear_restores_what_was(visit: Visit) -> None:
    page = visit(identity(gr.HighlightedText(PAIRS * 200), gr.HighlightedText()))
    flag = page.get_by_role("button", name="Flag")
    place = "flag => flag.getBoundingClientRect().top - flag.closest('.column').getBoundingClientRect().top"
    before = flag.evaluate(place)
    submit(page)
    assert flag.evaluate(place) == before
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("The result will appear here.")).to_be_visible()


def test_labels_can_be_told_by_everybody(visit: Visit) -> None:
    pairs = [(f"text {i} ", f"label {i}") for i in range(10)] + [("good", 1), ("bad", -1)]
    colours = {"label 8": "black", "label 9": "white"}
    output = gr.HighlightedText(show_legend=True, color_map=colours)
    page = visit(identity(gr.HighlightedText(pairs, color_map=colours), output))
    submit(page)
    assert barriers(page) == []


def test_hostile_text_stays_text(visit: Visit) -> None:
    hostile.shown(visit, gr.HighlightedText(show_legend=True), lambda text: [(f"{text}\n", text), (text, None)])


def test_hostile_text_in_the_page_itself(visit: Visit) -> None:
    texts = [hostile.sendable(text) for text in XSS]
    hostile.served(visit, [gr.HighlightedText([(text, text)], label=text, color_map={text: text}) for text in texts])
