"""Markdown: what is shown, and how."""

from typing import Any

import pytest

from minidemo import Interface, Markdown
from tests.visitor import Visitor

TEXT = "# Hello\n\nfirst\nsecond <b>bold</b>"


def rendered(demo: Interface, *data: Any) -> Any:
    """Return the HTML that the page gets with an answer."""
    return dict(Visitor(demo).events(*data))["result"]["html"]


def shown(component: Markdown, text: Any = TEXT) -> str:
    return str(rendered(Interface(lambda: text, None, component))["0"])


def test_the_page_gets_html_and_programs_get_markdown() -> None:
    demo = Interface(lambda x: x, "text", "markdown")
    assert rendered(demo, "*x*") == {"0": "<p><em>x</em></p>\n"}
    assert "html" not in Visitor(demo).predict("*x*").json()
    assert Visitor(demo).result("*x*") == ["*x*"]


def test_only_what_is_rendered_comes_as_html() -> None:
    demo = Interface(lambda x: (x, x, None), "text", ["text", "markdown", "markdown"])
    assert rendered(demo, "x") == {"1": "<p>x</p>\n", "2": ""}


@pytest.mark.parametrize(("returned", "text"), [("x", "x"), (5, "5"), (None, None), ("", "")])
def test_anything_is_shown_as_text(returned: Any, text: str | None) -> None:
    assert Markdown().postprocess(returned) == text


def test_raw_html_is_shown_as_text_unless_it_is_asked_for() -> None:
    assert "&lt;b&gt;" in shown(Markdown())
    assert "<b>bold</b>" in shown(Markdown(sanitize_html=False))
    assert "script" not in shown(Markdown(sanitize_html=False), "<script>x</script>")


def test_line_breaks_and_links_to_headings() -> None:
    assert "<br" not in shown(Markdown())
    assert "first<br />\nsecond" in shown(Markdown(line_breaks=True))
    assert '<h1 id="user-content-hello">' in shown(Markdown(header_links=True))


def test_arguments_that_concern_looks() -> None:
    delimiters: list[dict[str, str | bool]] = [{"left": "$", "right": "$", "display": False}]
    component = Markdown("$x$", latex_delimiters=delimiters, rtl=True, padding=True, show_copy_button=True, label="x")
    assert component.latex_delimiters == delimiters
    page = Visitor(Interface(lambda x: x, component, Markdown(buttons=["copy"]))).http.get("/").text
    assert 'dir="rtl"><p>$x$</p>' in page
    assert page.count("data-copy>") == 2
    assert "data-copy>" not in Visitor(Interface(lambda x: x, "markdown", Markdown(buttons=[]))).http.get("/").text


def test_a_correction_is_written() -> None:
    twin = Markdown("# x").correction()
    assert isinstance(twin, Markdown)
    assert twin.is_editable
