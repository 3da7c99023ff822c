"""Base class of the components that show text as HTML."""

from typing import Any, ClassVar, Unpack

from minidemo.components import _sizes
from minidemo.components._schema import Schema
from minidemo.components._texts import text_of
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.errors import InputError


class _RenderedText(Component):
    """Text that the server renders as HTML.

    An input shows its value, or is a field to write the text in.
    """

    renders: ClassVar = True

    def __init__(
        self,
        value: object = None,
        *,
        height: int | str | None = None,
        max_height: int | str | None = None,
        min_height: int | str | None = None,
        rtl: bool = False,
        show_copy_button: bool = False,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        name = type(self).__name__
        self.height = _sizes.length(name, "height", height)
        self.max_height = _sizes.length(name, "max_height", max_height)
        self.min_height = _sizes.length(name, "min_height", min_height)
        self.rtl = rtl
        self.show_copy_button = show_copy_button

    @property
    def is_editable(self) -> bool:
        """True if an input is a field: interactive, or without a value."""
        return self.value is None if self.interactive is None else self.interactive

    def schema(self) -> Schema:
        """Return the JSON schema of text."""
        return {"type": "string"}

    def preprocess(self, value: Held) -> str | None:
        """Hand on the text."""
        if value is not None and not isinstance(value, str):
            raise InputError(f"{self.title} must be text.")
        return value

    def postprocess(self, value: Any) -> str | None:
        """Show anything as text."""
        return None if value is None else text_of(value, self.title)

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the text; an empty cell is read as empty text."""
        return cell
