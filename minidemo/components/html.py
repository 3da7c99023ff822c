"""HTML: what a function writes as HTML."""

from typing import Any, ClassVar, Unpack

from minidemo.components._rendered_text import _RenderedText
from minidemo.components.base import ComponentOptions, Held
from minidemo.content import sanitizer


class HTML(_RenderedText):
    """HTML, shown as it is, but for what could harm the page or its visitors.

    As an input it shows its `value`, and hands it on; without a value, or with `interactive=True`, it is a field
    to write HTML in. The elements of text, tables, pictures, sound, video and SVG shapes are kept; of others the
    text. No script runs, neither as an element nor as `onclick`. There are no forms, frames and style sheets.
    `style` attributes count, but for what takes an element out of its place; they take effect when the page's
    script sets them, for the page's policy forbids them. Ids get the prefix `user-content-`. Pictures, sound and
    videos are shown if they are files of the page; pictures also if they are `data:` addresses. Links open in a
    new tab.
    """

    widget: ClassVar = "html"

    def __init__(
        self,
        value: object = None,
        *,
        height: int | str | None = None,
        max_height: int | str | None = None,
        min_height: int | str | None = None,
        padding: bool = True,
        autoscroll: bool = False,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, height=height, max_height=max_height, min_height=min_height, **options)
        self.padding = padding
        self.autoscroll = autoscroll

    def example(self) -> Held:
        """Return a greeting in bold."""
        return "<p>Hello <b>Ada</b></p>"

    def postprocess(self, value: Any) -> str | None:
        """Show text as HTML; of an object that draws itself in notebooks, what it draws there."""
        render = getattr(value, "_repr_html_", None)
        return super().postprocess(render() if callable(render) else value)

    def html(self, text: str) -> str:
        """Return the HTML of a value, tamed."""
        return sanitizer.sanitize(text)
