"""Base class of the components that hold one number."""

from contextlib import suppress
from typing import Any

from minidemo.components import _numbers
from minidemo.components.base import Cell, Component, Held
from minidemo.errors import ConfigurationError, InputError, OutputError

_SPELLINGS = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}


class _Numeric(Component):
    """Shows, writes and reads one number."""

    precision: int | None = None
    """Decimal places to round to; None: not rounded."""

    def postprocess(self, value: Any) -> Held:
        """Show a number of any library, or text that holds one."""
        if value is None:
            return None
        try:
            return _numbers.jsonable(self._round(_numbers.parse_returned(value, self.title)))
        except InputError:
            raise OutputError(f"{self.title} shows a number, but got {type(value).__name__} {value!r:.60}.") from None

    def flag(self, value: Held) -> Cell:
        """Write the number as a person does."""
        return None if value is None else _numbers.to_cell(_numbers.jsonable(value))

    def read_from_flag(self, cell: Cell) -> Held:
        """Read the number back, also as Python and NumPy write it."""
        text = _SPELLINGS.get(str(cell), cell)
        return None if text in ("", None) else _numbers.jsonable(_numbers.parse(text, self.title))

    def _round(self, number: int | float) -> int | float:
        if self.precision is None:
            return number
        try:
            return round(number) if self.precision == 0 else round(number, self.precision)
        except (OverflowError, ValueError):
            raise InputError(f"{self.title} must be a finite number.") from None


def bound(argument: str, value: object) -> int | float:
    """Return an author's number, of any library; `argument` names it in errors."""
    with suppress(InputError):
        if not isinstance(value, str):
            return _numbers.parse_returned(value, argument)
    raise ConfigurationError(f"{argument}={value!r:.60}; expected a number.")
