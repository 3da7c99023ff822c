"""Markdown, in a browser."""

from playwright.sync_api import expect

import minidemo as gr
from tests.browser import hostile
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import echo, flagged, got, identity, submit
from tests.xss import XSS

TEXT = "# Hello\n\nSome *text* with <b>,\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```python\nprint('é')\n```\n"


def test_markdown_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Markdown(), gr.Markdown()))
    page.get_by_label("x", exact=True).click()
    page.keyboard.insert_text(TEXT)
    submit(page)
    output = page.get_by_role("group", name="Output")
    expect(output.get_by_role("heading", name="Hello")).to_be_visible()
    expect(output.get_by_role("cell", name="2")).to_have_css("text-align", "right")
    expect(output).to_contain_text("<b>")
    assert flagged(page) == (TEXT, TEXT)


def test_an_input_with_a_value_shows_it_and_hands_it_on(visit: Visit) -> None:
    page = visit(echo(gr.Markdown("**Read** me", label="x")))
    expect(page.get_by_role("group", name="x").locator("strong")).to_have_text("Read")
    got(page, "**Read** me")


def test_earlier_text_comes_back_with_undo(visit: Visit) -> None:
    demo = gr.Interface(lambda x: f"# {x}", gr.Textbox(label="x"), gr.Markdown("*nothing yet*", label="Output"))
    page = visit(demo)
    output = page.get_by_role("group", name="Output")
    expect(output.locator("em")).to_have_text("nothing yet")
    for word in ("one", "two", "three", "four", "five"):
        page.get_by_label("x", exact=True).fill(word)
        submit(page)
        expect(output.get_by_role("heading")).to_have_text(word)
    page.get_by_role("button", name="Clear").click()
    expect(output.locator("em")).to_have_text("nothing yet")
    page.get_by_role("button", name="Undo").click()
    expect(output.get_by_role("heading")).to_have_text("five")


def test_code_and_all_of_the_text_can_be_copied(visit: Visit) -> None:
    page = visit(identity(gr.Markdown(TEXT), gr.Markdown(show_copy_button=True)))
    submit(page)
    output = page.locator('[data-label="Output"]')
    for button, text in (("Copy", "print('é')"), ("Copy", TEXT)):
        output.get_by_role("button", name=button).first.click()
        expect(output.get_by_text("Copied.")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == text
        output.locator(".copied").evaluate_all("frames => frames.forEach(frame => frame.remove())")


def test_code_has_the_colours_of_its_language(visit: Visit) -> None:
    fences = "\n\n".join(f"```{name}\nreturn 1\n```" for name in ("py", "constructor", ""))
    page = visit(gr.Interface(lambda: "", None, gr.Markdown(fences)))
    expect(page.locator("pre .code-keyword")).to_have_text(["return"])
    assert page.locator("pre").all_text_contents() == ["return 1\n"] * 3


def test_without_a_clipboard_the_text_is_selected(visit: Visit) -> None:
    page = visit(identity(gr.Markdown(TEXT), gr.Markdown(buttons=["copy"])))
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    submit(page)
    output = page.locator('[data-label="Output"]')
    output.get_by_role("button", name="Copy").first.click()
    page.wait_for_function("String(getSelection()).trim() === \"print('é')\"")
    output.get_by_role("button", name="Copy").last.click()
    page.wait_for_function("String(getSelection()).includes('Hello')")


def test_nothing_jumps_when_text_arrives(visit: Visit) -> None:
    page = visit(gr.Interface(lambda x: "line\n\n" * 200, gr.Textbox(label="x"), gr.Markdown(max_height=300)))
    flag = page.get_by_role("button", name="Flag")
    before = flag.bounding_box()
    submit(page)
    assert flag.bounding_box() == before


def test_a_high_text_scrolls_in_its_own_box(visit: Visit) -> None:
    page = visit(echo(gr.Markdown("line\n\n" * 200, label="x", max_height=150)))
    expect(page.get_by_role("group", name="x")).to_have_css("max-height", "150px")


def test_a_heading_can_be_linked_to(visit: Visit) -> None:
    text = "# First\n\n" + "line\n\n" * 100 + "# Last <b>\n"
    page = visit(identity(gr.Markdown(text), gr.Markdown(header_links=True)))
    submit(page)
    output = page.get_by_role("group", name="Output")
    output.get_by_role("link", name="Link to this heading").last.click()
    expect(output.get_by_role("heading", name="Last")).to_be_in_viewport()
    assert page.url.endswith("#user-content-last-b")


def test_hostile_text_stays_text(visit: Visit) -> None:
    hostile.shown(visit, gr.Markdown(), lambda text: f"{text}\n")


def test_hostile_html_runs_nothing_where_html_is_on(visit: Visit) -> None:
    hostile.shown(visit, gr.Markdown(sanitize_html=False, header_links=True), lambda text: f"{text}\n")


def test_hostile_text_in_the_page_itself(visit: Visit) -> None:
    texts = [hostile.sendable(text) for text in XSS]
    hostile.served(
        visit,
        [
            *(gr.Markdown(text, label=text, info=text, sanitize_html=i % 2 == 0) for i, text in enumerate(texts)),
            gr.Markdown(label="\n".join(texts), info="\n".join(texts)),
        ],
    )
