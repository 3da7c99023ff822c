"""HTML: sanitized HTML."""

import logging
import re
from typing import Any, ClassVar, Unpack

from minidemo.components._rendered_text import _RenderedText
from minidemo.components.base import ComponentOptions, Held
from minidemo.content import sanitizer

_REMOVED = re.compile(r"<(button|embed|form|iframe|input|link|object|script|style)\b", re.IGNORECASE)
"""Elements whose absence authors may wonder about."""
logger = logging.getLogger("minidemo")


class HTML(_RenderedText):
    """HTML, shown without anything that could harm the page.

    Without a value, or with `interactive=True`, an input is a field to write HTML in; otherwise it shows its value and
    hands it on. Elements of text, tables, pictures, sound, video and SVG shapes are kept; other elements are replaced
    by their text. No script runs, neither as an element nor as `onclick`. Forms, frames and style sheets are removed.
    `style` attributes are kept, except properties that move an element out of its place; the page's script applies
    them, because the page's policy forbids them. Ids get the prefix `user-content-`. Pictures, sound and videos must be
    files of the page; pictures may also be `data:` addresses. Links open in a new tab.

    Args:
        value: The initial HTML.
        height: Height in pixels or as CSS.
        max_height: Largest height in pixels or as CSS.
        min_height: Smallest height in pixels or as CSS.
        padding: Whether there is space around the HTML. By default True.
        autoscroll: Accepted without effect.
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
        self._told: frozenset[str] = frozenset()

    def example(self) -> Held:
        """Return a greeting in bold."""
        return "<p>Hello <b>Ada</b></p>"

    def postprocess(self, value: Any) -> str | None:
        """Show text as HTML, and objects by their `_repr_html_`."""
        render = getattr(value, "_repr_html_", None)
        text = super().postprocess(render() if callable(render) else value)
        self._tell_removed(text or "")
        return text

    def html(self, text: str) -> str:
        """Return the sanitized HTML of a value."""
        return sanitizer.sanitize(text)

    def _tell_removed(self, text: str) -> None:
        """Log the names of elements that are left out, each once."""
        found = {name.lower() for name in _REMOVED.findall(text)} - self._told
        self._told |= found
        if found:
            names = ", ".join(f"<{name}>" for name in sorted(found))
            logger.warning("%s: HTML shows no %s. docs/components/html.md says what it shows.", self.title, names)
