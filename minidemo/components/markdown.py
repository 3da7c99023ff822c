"""Markdown: text with headings, lists, tables, links and code."""

from collections.abc import Sequence
from typing import ClassVar, Unpack

from minidemo.components._rendered_text import _RenderedText
from minidemo.components.base import ComponentOptions, Held
from minidemo.content import markdown


class Markdown(_RenderedText):
    """Markdown: headings, lists, tables, links and code to copy.

    The function gets and returns Markdown. Without a value, or with `interactive=True`, an input is a field to write
    Markdown in; otherwise it shows its value and hands it on. Links open in a new tab. Pictures must be files of the
    page or `data:` addresses; others become links.

    Args:
        value: The initial Markdown.
        rtl: Whether the text runs from right to left. By default False.
        latex_delimiters: Accepted without effect: formulas are shown as written.
        sanitize_html: Whether HTML is shown as text; otherwise it is rendered as in `HTML`. By default True.
        line_breaks: Whether a new line is a line break. By default False.
        header_links: Whether headings have links. By default False.
        height: Height in pixels or as CSS.
        max_height: Largest height in pixels or as CSS.
        min_height: Smallest height in pixels or as CSS.
        show_copy_button: Whether the Markdown can be copied. By default False.
        buttons: Names of buttons to show: "copy".
        padding: Whether there is space around the text. By default False.
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
