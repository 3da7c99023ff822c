"""Code, in a browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import minidemo as gr
from tests.browser import hostile
from tests.browser.axe import barriers
from tests.browser.conftest import Visit
from tests.browser.widgets.identity import flagged, identity, submit
from tests.xss import XSS

TEXT = 'def f(x):\n    return "<b>"  # é\n'


def editor(page: Page) -> Locator:
    return page.get_by_label("x", exact=True)


def colours(page: Page, label: str = "x") -> list[str]:
    parts = page.locator(f'[data-label="{label}"] .line > span')
    return [f"{part.get_attribute('class')} {part.text_content()}" for part in parts.all()]


def test_code_is_typed_and_goes_there_and_back_and_into_a_flag(visit: Visit) -> None:
    page = visit(identity(gr.Code(language="python"), gr.Code(language="python")))
    editor(page).press_sequentially("def f(x):\nreturn 1")
    page.keyboard.press("Enter")
    submit(page)
    expected = "def f(x):\n    return 1\n    "
    assert colours(page) == ["code-keyword def", "code-name f", "code-keyword return", "code-number 1"]
    assert colours(page, "Output") == colours(page)
    expect(page.get_by_role("group", name="Output").locator(".line")).to_have_count(3)
    assert flagged(page) == (expected, expected)


@pytest.mark.parametrize(
    ("before", "selected", "key", "after"),
    [
        ("a", (1, 1), "Tab", "a    "),
        ("a\nb\n\nc", (0, 6), "Tab", "    a\n    b\n\n    c"),
        ("a\nb\nc", (0, 4), "Tab", "    a\n    b\nc"),
        ("    a\n  b", (0, 9), "Shift+Tab", "a\nb"),
        ("\ta", (2, 2), "Shift+Tab", "a"),
        ("a", (0, 1), "Shift+Tab", "a"),
        ("  a", (3, 3), "Shift+Tab", "a"),
        ("\ta\nb", (4, 4), "Tab", "\ta\nb\t"),
        ("  a", (3, 3), "Enter", "  a\n  "),
        ("if a:", (5, 5), "Enter", "if a:\n    "),
        ("\tf(", (3, 3), "Enter", "\tf(\n\t\t"),
        ("ab", (1, 1), "Enter", "a\nb"),
    ],
)
def test_keys(visit: Visit, before: str, selected: tuple[int, int], key: str, after: str) -> None:
    page = visit(identity(gr.Code(before), gr.Code()))
    editor(page).focus()
    editor(page).evaluate("(editor, selected) => editor.setSelectionRange(...selected)", selected)
    page.keyboard.press(key)
    expect(editor(page)).to_have_value(after)
    expect(editor(page)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(editor(page)).to_have_value(before)


def test_escape_and_tab_leave_the_editor(visit: Visit) -> None:
    page = visit(identity(gr.Code("a"), gr.Code()))
    editor(page).focus()
    expect(editor(page)).to_have_accessible_description("Tab indents. Press Esc, then Tab, to leave the editor.")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.locator('[data-label="x"]').get_by_role("button", name="Copy")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    page.keyboard.press("b")
    page.keyboard.press("Tab")
    expect(editor(page)).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    expect(editor(page)).not_to_be_focused()
    expect(editor(page)).to_have_value("ab    ")


def test_copy_and_download(visit: Visit) -> None:
    page = visit(identity(gr.Code(TEXT, "python"), gr.Code(language="sql-pgSQL")))
    submit(page)
    for label, name in (("x", "code.py"), ("Output", "code.sql")):
        field = page.locator(f'[data-label="{label}"]')
        page.evaluate("navigator.clipboard.writeText('')")
        field.get_by_role("button", name="Copy").click()
        expect(field.get_by_text("Copied.")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == TEXT
        with page.expect_download() as download:
            field.get_by_role("button", name="Download").click()
        assert download.value.suggested_filename == name
        download.value.save_as("saved")
        assert Path("saved").read_text() == TEXT


def test_without_a_clipboard_the_code_is_selected(visit: Visit) -> None:
    page = visit(identity(gr.Code(TEXT), gr.Code()))
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    submit(page)
    page.locator('[data-label="x"]').get_by_role("button", name="Copy").click()
    assert editor(page).evaluate("editor => [editor.selectionStart, editor.selectionEnd]") == [0, len(TEXT)]
    page.locator('[data-label="Output"]').get_by_role("button", name="Copy").click()
    page.wait_for_function("text => String(getSelection()).trim() === text.trim()", arg=TEXT)


def test_typed_code_stands_where_its_colours_are(visit: Visit) -> None:
    page = visit(identity(gr.Code("long " * 60 + "\n" + TEXT * 30, "python", wrap_lines=True), gr.Code()))
    sizes = "editor => [editor, editor.previousElementSibling].map(box => [box.clientWidth, box.scrollHeight])"
    text, paint = editor(page).evaluate(sizes)
    assert text == paint


def test_nothing_jumps_when_code_arrives_and_clear_restores_what_was(visit: Visit) -> None:
    page = visit(identity(gr.Code(TEXT * 50, max_lines=10), gr.Code()))
    flag = page.get_by_role("button", name="Flag")
    before = flag.bounding_box()
    submit(page)
    assert flag.bounding_box() == before
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("group", name="Output")).to_have_text("The result will appear here.")
    expect(editor(page)).to_have_value(TEXT * 50)


def test_colours_can_be_told_by_everybody(visit: Visit) -> None:
    code = TEXT + "@x\nclass A:\n    n = 5\n"
    page = visit(identity(gr.Code(code, "python"), gr.Code(language="python")))
    submit(page)
    assert barriers(page) == []


def test_hostile_code_stays_code(visit: Visit) -> None:
    hostile.shown(visit, gr.Code(language="html"), lambda text: f"{text}\n")


def test_hostile_text_in_the_page_itself(visit: Visit) -> None:
    texts = [hostile.sendable(text) for text in XSS]
    hostile.served(visit, [gr.Code(text, "markdown", label=text, info=text) for text in texts])
