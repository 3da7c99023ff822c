"""Checkbox: yes or no."""

from typing import Any, ClassVar, Unpack

from minidemo.components._schema import Schema
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.errors import InputError, OutputError


class Checkbox(Component):
    """True or False.

    Args:
        value: Whether it is ticked at first. By default False.
    """

    shortcuts: ClassVar = {"bool": {}}
    always_sends = True
    visitor_writes = False

    def __init__(self, value: object = False, **options: Unpack[ComponentOptions]) -> None:
        super().__init__(value, **options)

    def schema(self) -> Schema:
        """Return the JSON schema of a boolean."""
        return {"type": "boolean"}

    def example(self) -> Held:
        """Return yes."""
        return True

    def preprocess(self, value: Held) -> bool | None:
        """Hand on True or False."""
        if value is not None and not isinstance(value, bool):
            raise InputError(f"{self.title} must be true or false.")
        return value

    def postprocess(self, value: Any) -> bool | None:
        """Show the truth of anything."""
        try:
            return None if value is None else bool(value)
        except (RuntimeError, TypeError, ValueError):  # an array of several values is neither
            raise OutputError(
                f"{self.title} shows true or false, but got {type(value).__name__} {value!r:.60}."
            ) from None

    def flag(self, value: Held) -> Cell:
        """Write true or false."""
        return None if value is None else str(value).lower()

    def read_from_flag(self, cell: Cell) -> Held:
        """Read true or false, in any case."""
        return None if cell in ("", None) else str(cell).lower() == "true"
