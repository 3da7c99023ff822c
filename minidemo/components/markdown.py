"""Markdown: text with headings, lists, tables, links and code."""

from collections.abc import Sequence
from typing import ClassVar, Unpack

from minidemo.components._rendered_text import _RenderedText
from minidemo.components.base import ComponentOptions, Held
from minidemo.content import markdown


class Markdown(_RenderedText):
    """Markdown, shown as a page of text: headings, lists, tables, links, and code with a button that copies it.

    The function gets and returns the Markdown itself. As an input it shows its `value`, and hands it on; without
    a value, or with `interactive=True`, it is a field to write Markdown in. Raw HTML is shown as text. With
    `sanitize_html=False` it is rendered as `HTML` renders it, and runs no script either: the page's policy
    forbids it. Links open in a new tab. Pictures are shown if they are files of the page or `data:` addresses;
    others become links. `latex_delimiters` are accepted, but formulas are not typeset: they are shown as they are
    written.
    """

    widget: ClassVar = "markdown"

    def __init__(
        self,
        value: object = None,
        *,
        rtl: bool = False,
        latex_delimiters: Sequence[dict[str, str | bool]] | None = None,
        sanitize_html: bool = True,
        line_breaks: bool = False,
        header_links: bool = False,
        height: int | str | None = None,
        max_height: int | str | None = None,
        min_height: int | str | None = None,
        show_copy_button: bool = False,
        buttons: Sequence[str] | None = None,
        padding: bool = False,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(
            value,
            height=height,
            max_height=max_height,
            min_height=min_height,
            rtl=rtl,
            show_copy_button=show_copy_button or "copy" in (buttons or ()),
            **options,
        )
        self.latex_delimiters = latex_delimiters
        self.sanitize_html = sanitize_html
        self.line_breaks = line_breaks
        self.header_links = header_links
        self.padding = padding

    def example(self) -> Held:
        """Return a heading and a list."""
        return "# Hello\n\n- one\n- *two*"

    def html(self, text: str) -> str:
        """Return the HTML of a value."""
        return markdown.render(
            text, html=not self.sanitize_html, line_breaks=self.line_breaks, header_links=self.header_links
        )
