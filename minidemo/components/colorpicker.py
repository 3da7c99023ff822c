"""ColorPicker: a colour."""

from typing import Any, ClassVar

from minidemo.components import _colours
from minidemo.components._schema import Schema
from minidemo.components.base import Cell, Component, Held
from minidemo.errors import InputError, OutputError


class ColorPicker(Component):
    """A colour as "#rrggbb", or "#rrggbbaa" if it is translucent.

    Visitors and the function may also write `#rgb`, `rgb(…)`, `rgba(…)`, `hsl(…)` or a name; the function always gets
    the form with `#`.

    Args:
        value: The initial colour. By default none.
    """

    widget: ClassVar = "colorpicker"
    visitor_writes = False

    def schema(self) -> Schema:
        """Return the JSON schema of text."""
        return {"type": "string", "description": "a colour: #rrggbb, or #rrggbbaa"}

    def example(self) -> Held:
        """Return a blue."""
        return "#2456c9"

    def preprocess(self, value: Held) -> str | None:
        """Check that it is a colour, and hand it on as "#rrggbb"."""
        if value in (None, ""):
            return None
        colour = _colours.normalise(value) if isinstance(value, str) else None
        if colour is None:
            raise InputError(f"{self.title} must be a color such as #2456c9.")
        return colour

    def postprocess(self, value: Any) -> str | None:
        """Show a colour, however it is written."""
        if value is None:
            return None
        colour = _colours.normalise(value) if isinstance(value, str) else None
        if colour is None:
            raise OutputError(
                f"{self.title} shows a colour such as '#2456c9', 'red' or 'rgb(1, 2, 3)', got {value!r:.60}."
            )
        return colour

    def read_from_flag(self, cell: Cell) -> Held:
        """Read the colour."""
        return cell or None
