"""Dropdown: one or several of many choices."""

from typing import Any, ClassVar, Literal, Unpack

from minidemo.components import _schema
from minidemo.components._choices import Choices, ChoiceValue, _Choices, read_list
from minidemo.components._schema import Schema
from minidemo.components.base import Cell, ComponentOptions, Held
from minidemo.errors import ConfigurationError, InputError

_FIRST = object()


class Dropdown(_Choices):
    """One or several of many choices.

    Args:
        choices: Text, numbers, or (label, value) pairs.
        value: The selected choice. By default the first; None for no selection.
        type: The function gets the "value" (the default) or the "index".
        multiselect: Whether several choices can be selected; the value is a list. By default False.
        allow_custom_value: Whether the visitor may enter other text. By default False.
        max_choices: Largest number of selected choices. By default there is no limit.
        filterable: Whether typing filters the choices. By default True.
        placeholder: Text to show without a selection.
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
        """True if the author gave a value, which may be None."""
        return self._has_explicit_value

    def schema(self) -> Schema:
        """Return the JSON schema of a choice, a list, or custom text."""
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
        arguments = self._choice_arguments(value)
        if self.max_choices is not None and len(arguments) > self.max_choices:
            raise InputError(f"{self.title} must have at most {self.max_choices} choices; {len(arguments)} are chosen.")
        return arguments

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

    def _others(self, value: Held) -> list[ChoiceValue]:
        others = super()._others(value)
        return [item for item in others if not (self.allow_custom_value and isinstance(item, str))]
