"""Markdown as HTML."""

import itertools
from functools import partial
from html import escape

import pytest

from minidemo.content.markdown import MAX_CHARACTERS, render
from tests.effort import grows_linearly
from tests.expressions import text_of
from tests.xss import XSS

LINK = 'target="_blank" rel="noopener nofollow"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* ~~b~~", "<p><em>a</em> <s>b</s></p>\n"),
        ("[a](https://example.org)", f'<p><a href="https://example.org" {LINK}>a</a></p>\n'),
        ("<b>", "<p>&lt;b&gt;</p>\n"),
        ("![a](file/1/a.png)", '<p><img src="file/1/a.png" alt="a" /></p>\n'),
        ("![a](https://example.org/a.png)", f'<p><a href="https://example.org/a.png" {LINK}>a</a></p>\n'),
        ("![](x.png)", f'<p><a href="x.png" {LINK}>x.png</a></p>\n'),
        ("[![a](https://b.org/a.png)](https://c.org)", f'<p><a href="https://c.org" {LINK}>a</a></p>\n'),
        ("[a](javascript:b)", "<p>[a](javascript:b)</p>\n"),
        ("```py\n<b>\n```", '<pre><code class="language-py">&lt;b&gt;\n</code></pre>\n'),
        ("\n    # a\n\n    b\n    ", "<h1>a</h1>\n<p>b</p>\n"),
        ("    a", "<pre><code>a\n</code></pre>\n"),
    ],
)
def test_markdown(text: str, html: str) -> None:
    assert render(text) == html


def test_cells_are_aligned_without_a_style_attribute() -> None:
    html = render("| a | b | c |\n|---|:-:|--:|\n| 1 | 2 | 3 |")
    assert '<td>1</td>\n<td align="center">2</td>\n<td align="right">3</td>' in html
    assert "style" not in html


def test_headings_have_links_of_their_own() -> None:
    html = render("# One *two*\n\n# One two\n\n# ?!", header_links=True)
    for name in ("one-two", "one-two-2", ""):
        assert f'id="user-content-{name}">' in html
        assert f'<a class="anchor" href="#user-content-{name}" aria-label="Link to this heading">#</a>' in html


def test_raw_html_is_tamed_together_with_the_rest() -> None:
    html = render("# a\n\n<b onclick=x>c *d* </b> [e](#user-content-a)", html=True, header_links=True)
    assert '<p><b>c <em>d</em> </b> <a href="#user-content-a">e</a></p>' in html
    assert '<h1 id="user-content-a">a<a class="anchor" href="#user-content-a" aria-label=' in html


def test_long_text_is_not_rendered() -> None:
    assert render("*a*<" + " " * MAX_CHARACTERS).startswith("<pre>*a*&lt;")
    assert render("*a*" + " b" * 15_000).startswith("<p><em>a</em> b")


@pytest.mark.parametrize("text", XSS)
def test_hostile_text_is_text(text: str) -> None:
    html = render(text).lower()
    for tag in (
        "<script",
        "<svg",
        "<style",
        "<iframe",
        "<object",
        "<form",
        "<input",
        "<meta",
        "<base",
        "<link",
        "<body",
    ):
        assert tag not in html
    for harm in ('href="javascript', 'href="vbscript', 'href="data', 'src="http', 'src="//'):
        assert harm not in html


@pytest.mark.parametrize(
    "text",
    [
        "|" + "a|" * 300 + "\n|" + "-|" * 300 + "\n" + "a|\n" * 300,
        "|" + "a|" * 5_000 + "\n|" + "-|" * 5_000 + "\n" + "a|\n" * 13,
        "[a]: /" + "b" * 1_000 + "\n\n" + "[a]" * 1_000,
        "[a]: /b '" + "b" * 1_000 + "'\n\n" + "[a] " * 1_000,
        "[a]: /" + "b" * 1_000 + "\n\n" + "![a]" * 1_000,
    ],
)
@pytest.mark.parametrize("html", [False, True])
def test_text_whose_html_would_be_many_times_longer_is_not_rendered(text: str, html: bool) -> None:
    assert render(text, html=html) == f"<pre>{escape(text)}</pre>"


def test_tables_with_short_rows_and_repeated_references_are_rendered() -> None:
    assert render("|a|b|c|\n|-|-|-|\n" + "|1|\n" * 500).count("<td></td>") == 1_000
    assert render("[a]: /b\n\n" + "[a] " * 1_000).count('<a href="/b"') == 1_000
    assert render("- a\n" * 2_000).count("<li>") == 2_000


UNITS = [
    *("*", "**a ", "*a_ ", "_a", "~~a ", "`", "`a``", "[", "![", "[]", "[a](", "[a](<", "[a](b 'c", "[a][", "<", "<a "),
    *(
        "<a b='",
        "<!--",
        "<?",
        "<!A ",
        "<![CDATA[",
        "</a",
        "&",
        "&#",
        "\\",
        "\n",
        "\n \n",
        "\n\t",
        "> ",
        ">\n",
        "- ",
        "-\n",
    ),
    *(
        "# \n",
        "a\n",
        "a\n\n",
        "|",
        "|-",
        "||\n",
        "```\n",
        "~~~ a\n",
        "[a]: b\n",
        "[a]: b '\n",
        "[a\n",
        "<b>\n",
        "<!--\n",
    ),
    *("1. ", "\ta\n", "    a\n", "  - a\n", "![a](b) ", "<http:a> ", "a@b", '<p style="a:', " ", "\u0301", "\u202e"),
]
"""Parts of texts that made one parser of Markdown or another slow."""


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_any_text_takes_linear_time(unit: str) -> None:
    counter = itertools.count()

    def work(text: str) -> str:
        return render(f"{text}{next(counter)}", html=True, header_links=True)  # a text of its own, which is not kept

    for start, end in (("\n", "x"), ("[a]: b\n\n", "]")):
        assert grows_linearly(work, partial(text_of, start, unit, end), 1_000)


def test_indentation_is_taken_off_in_linear_time() -> None:
    assert render("\n" + "\ta" * 20_000).startswith("<pre>\n\ta\ta"), "which is long with spaces for tabs"
    assert grows_linearly(render, lambda size: "\n" * (size - 1) + "x", 40_000)
    assert render("\n\n  \n    # a\n\n    b\n  ") == "<h1>a</h1>\n<p>b</p>\n"


def test_text_of_very_many_brackets_is_not_rendered() -> None:
    """Each is looked for its end, also where there is none."""
    assert render("![" * 10_001).startswith("<pre>![![")
    assert render("*a* [b](c) " * 100).startswith("<p><em>a</em> ")
