"""Rendering of Markdown as HTML, for pages and for values."""

import inspect
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from minidemo.content import sanitizer
from minidemo.i18n import current_language

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

MAX_CHARACTERS = 100_000
"""Characters above which text is not rendered; they take a second."""
_MAX_BRACKETS = 10_000
"""Opening brackets above which text is not rendered; each takes forty times as long as another character."""
_MAX_CACHED_CHARACTERS = 20_000
_MAX_TOKENS = 100_000
"""Blocks' starts, contents and ends above which text is not rendered."""
_SPARE_TOKENS = _SPARE_CHARACTERS = 10_000
_TOKENS_PER_CHARACTER = 2
"""More result from short rows in wide tables alone."""
_URL_CHARACTERS = 10
"""Characters of URLs and titles per character of text; more result from repeated references alone."""
_BLANK_LINES = re.compile(r"\A(?:[ \t]*+\n)++")
_ALIGNMENT = re.compile(r"text-align:(left|center|right)")


def render(text: str, *, html: bool = False, line_breaks: bool = False, header_links: bool = False) -> str:
    """Return the HTML of Markdown, which runs no script.

    CommonMark, tables and strikethrough are supported. Pictures must be files of the page or `data:` addresses; others
    become links. Text that begins with a new line may be indented, as between triple quotes.

    Args:
        text: The Markdown. Text of more than `MAX_CHARACTERS`, with very many brackets, or whose HTML is many times
            longer, is returned as it is.
        html: Whether HTML is sanitized, rather than shown as text. By default False.
        line_breaks: Whether a new line is a line break. By default False.
        header_links: Whether headings have links. By default False.
    """
    source = _dedented(text) if text.startswith("\n") and len(text) <= MAX_CHARACTERS else text
    renderer = _render_cached if len(source) <= _MAX_CACHED_CHARACTERS else _render
    try:
        if len(source) <= MAX_CHARACTERS and source.count("[") <= _MAX_BRACKETS:
            return renderer(source, html, line_breaks, current_language().texts["link_here"] if header_links else None)
    except _TooLong:
        pass
    return f"<pre>{escape(text)}</pre>"


def _dedented(text: str) -> str:
    """Return text without its indentation, as docstrings are read."""
    return inspect.cleandoc(_BLANK_LINES.sub("\n", text))  # which takes quadratic time for blank lines


def _render(text: str, html: bool, line_breaks: bool, link: str | None) -> str:
    """Return the HTML; `link` labels the links of headings, if any."""
    parser = _parser(html, line_breaks, link is not None)
    html_text = str(parser.render(text, {"link": link}))
    return sanitizer.sanitize(html_text) if html else html_text


_render_cached = lru_cache(512)(_render)
"""Rendering with a cache: most texts of conversations and pages repeat."""


@lru_cache
def _parser(html: bool, line_breaks: bool, header_links: bool) -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415  # a tenth of the start-up, and many pages have no Markdown

    parser = MarkdownIt("commonmark", {"html": html, "breaks": line_breaks}).enable(["table", "strikethrough"])
    parser.validateLink = _is_link  # type: ignore[method-assign]  # as its documentation says to
    parser.core.ruler.before("block", "limit_tokens", _limit_tokens)
    parser.core.ruler.push("limit_urls", _limit_urls)
    parser.core.ruler.push("sanitize", _sanitize)
    if header_links:
        parser.core.ruler.push("header_links", _link_headers)
    return parser


class _TooLong(Exception):
    """The HTML of a text would be many times longer than the text."""


class _Tokens(list["Token"]):
    """Tokens of a text, up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def append(self, token: "Token") -> None:
        """Add a token, or raise `_TooLong`."""
        if len(self) >= self._limit:
            raise _TooLong
        super().append(token)


def _limit_tokens(state: "StateCore") -> None:
    state.tokens = _Tokens(min(_TOKENS_PER_CHARACTER * len(state.src) + _SPARE_TOKENS, _MAX_TOKENS))


def _limit_urls(state: "StateCore") -> None:
    inline = (token for block in state.tokens for token in block.children or ())
    characters = sum(len(str(value)) for token in inline for value in token.attrs.values())
    if characters > _URL_CHARACTERS * len(state.src) + _SPARE_CHARACTERS:
        raise _TooLong


def _is_link(url: str) -> bool:
    return sanitizer.link_url(url) is not None or sanitizer.picture_url(url) is not None


def _sanitize(state: "StateCore") -> None:
    """Sanitize links and pictures, and align cells without style attributes.

    The page's policy forbids style attributes.
    """
    for token in state.tokens:
        if alignment := _ALIGNMENT.fullmatch(str(token.attrs.get("style"))):
            token.attrs = {"align": alignment[1]}
        if token.children:
            token.children = list(_sanitize_inline(token.children))


def _sanitize_inline(tokens: "Iterable[Token]") -> "Iterator[Token]":
    in_link = False
    for token in tokens:
        if token.type in ("link_open", "link_close"):
            in_link = token.type == "link_open"
            token.attrs |= sanitizer.LINK_ATTRIBUTES if in_link else {}
        if token.type == "image" and sanitizer.picture_url(str(token.attrs["src"])) is None:
            yield from _picture_link(token, in_link)
        else:
            yield token


def _picture_link(token: "Token", in_link: bool) -> "Iterator[Token]":
    """Yield a link instead of a picture on another host.

    The host must not learn of the visitor.
    """
    source = escape(str(token.attrs["src"]))
    rel = " ".join(f'{name}="{value}"' for name, value in sanitizer.LINK_ATTRIBUTES.items())
    if not in_link:
        yield _raw(f'<a href="{source}" {rel}>')
    yield _raw(escape(token.content) or source)
    if not in_link:
        yield _raw("</a>")


def _link_headers(state: "StateCore") -> None:
    counts: dict[str, int] = {}
    for opening, line in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open":
            name = re.sub(r"[^\w-]+", "-", line.content.lower()).strip("-")
            counts[name] = counts.get(name, 0) + 1
            opening.attrs["id"] = sanitizer.anchor(name if counts[name] == 1 else f"{name}-{counts[name]}")
            link = f'<a class="anchor" href="#{opening.attrs["id"]}" aria-label="{escape(state.env["link"])}">#</a>'
            line.children = [*(line.children or ()), _raw(link)]


def _raw(html: str) -> "Token":
    from markdown_it.token import Token  # noqa: PLC0415  # as above

    return Token("html_inline", "", 0, content=html)
