"""Dropdown: one or several of many choices."""

from typing import Any, ClassVar, Literal, Unpack

from minidemo.components import _schema
from minidemo.components._choices import Choices, _Choices, read_list
from minidemo.components._schema import Schema
from minidemo.components.base import Cell, ComponentOptions, Held
from minidemo.errors import ConfigurationError, InputError

_FIRST = object()


class Dropdown(_Choices):
    """One of many choices, or a list of them if `multiselect`; text of the visitor's own if `allow_custom_value`.

    Without `value` the first choice is chosen, as in a browser's own list; `value=None` leaves it open.
    """

    widget: ClassVar = "dropdown"

    def __init__(
        self,
        choices: Choices | None = None,
        *,
        value: object = _FIRST,
        type: Literal["value", "index"] = "value",
        multiselect: bool = False,
        allow_custom_value: bool = False,
        max_choices: int | None = None,
        filterable: bool = True,
        placeholder: str | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(choices, value=None if value is _FIRST else value, type=type, **options)
        if allow_custom_value and type == "index":
            raise ConfigurationError("Dropdown got type='index' with allow_custom_value=True; own text has no index.")
        if value is _FIRST and self.choices and not multiselect:
            self.value = self.choices[0][1]
        self._has_explicit_value = value is not _FIRST
        self.multiselect = multiselect
        self.allow_custom_value = allow_custom_value
        self.visitor_writes = allow_custom_value
        self.max_choices = max_choices
        self.filterable = filterable
        self.placeholder = placeholder

    @property
    def has_value(self) -> bool:
        """Whether its author said which choice is chosen, if not the first."""
        return self._has_explicit_value

    def schema(self) -> Schema:
        """Return that of one of the choices, of a list of them, or of text where the visitor's own will do."""
        item = super().schema()
        if self.allow_custom_value:
            item = {"type": "string"} if item.get("type") == "string" else {"anyOf": [item, {"type": "string"}]}
        return _schema.list_of(item) if self.multiselect else item

    def example(self) -> Held:
        """Return the first choice, in a list if several may be chosen."""
        first = super().example()
        return first if not self.multiselect else [] if first is None else [first]

    def preprocess(self, value: Held) -> Any:
        """Check that each value is among the choices."""
        if value is None or value == []:
            return [] if self.multiselect else None
        if not self.multiselect:
            return self._choice_argument(value)
        chosen = self._choice_arguments(value)
        if self.max_choices is not None and len(chosen) > self.max_choices:
            raise InputError(f"{self.title} must have at most {self.max_choices} choices; {len(chosen)} are chosen.")
        return chosen

    def postprocess(self, value: Any) -> Held:
        """Show one of the choices, or several."""
        if value is None:
            return [] if self.multiselect else None
        if not self.multiselect:
            return self._display_value(value)
        return self._display_values(value)

    def read_from_flag(self, cell: Cell) -> Held:
        """Read the chosen value or values."""
        return read_list(cell) if self.multiselect else super().read_from_flag(cell)

    def _choice_argument(self, value: Held) -> Any:
        if self.allow_custom_value and isinstance(value, str) and self._position(value) is None:
            return value
        return super()._choice_argument(value)

    def _display_value(self, value: Any) -> Held:
        if self.allow_custom_value and isinstance(value, str):
            return value
        return super()._display_value(value)
