"""Dropdown: one or several of many choices."""

import json
from typing import Any, ClassVar, Literal, Unpack

from minidemo.components import _numbers, _schema
from minidemo.components._choices import Choices, ChoiceValue, _Choices, read_list
from minidemo.components._schema import Schema
from minidemo.components.base import Cell, ComponentOptions, Held
from minidemo.errors import InputError
from minidemo.utils.sequences import to_python

_FIRST = object()


class Dropdown(_Choices):
    """One or several of many choices.

    Args:
        choices: Text, numbers, or (label, value) pairs.
        value: The selected choice. By default the first, or none with `multiselect`; None for no selection.
        type: The function gets the "value" (the default) or the "index", which is None for other text.
        multiselect: Whether several choices can be selected; the value is a list. By default False.
        allow_custom_value: Whether the visitor may enter other text, and programs other numbers. By default False.
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
        if value is _FIRST:
            self.value = [] if multiselect else self.choices[0][1] if self.choices else None
        self._has_explicit_value = value is not _FIRST
        self.multiselect = self.always_sends = multiselect
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
            custom = [{"type": "string"}, {"type": "number"}]
            item = {"type": "string"} if item.get("type") == "string" else {"anyOf": [item, *custom]}
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
        arguments = self._choice_arguments([value] if isinstance(value, ChoiceValue) else value)
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
        custom = self._custom(value)
        return super()._choice_argument(value) if custom is None else None if self.type == "index" else custom

    def _others(self, value: Held) -> list[ChoiceValue]:
        return [item for item in super()._others(value) if self._custom(item) is None]

    def _display_value(self, value: Any) -> Held:
        custom = self._custom(to_python(value))
        return super()._display_value(value) if custom is None else custom

    @property
    def _offers_text_only(self) -> bool:
        return all(isinstance(choice, str) for _, choice in self.choices)

    def _custom(self, value: object) -> str | int | float | None:
        """Return a value that is taken though it is no choice, or None.

        Among choices of text, a number becomes text.
        """
        if not self.allow_custom_value or isinstance(value, bool) or not isinstance(value, str | int | float):
            return None
        if self._position(value) is not None:
            return None
        number = value if isinstance(value, str) else _numbers.jsonable(value)
        return str(_numbers.to_cell(number)) if self._offers_text_only else number

    def _cell(self, value: ChoiceValue) -> str | int | float:
        """Quote custom text that would be read as another value."""
        cell = super()._cell(value)
        is_text = isinstance(value, str) and self._custom(value) is not None
        return json.dumps(value, ensure_ascii=False) if is_text and self._read(cell) != value else cell

    def _read(self, cell: object) -> Held:
        """Find the choice, or read the custom text or number."""
        value = super()._read(cell)
        if self._offers_text_only or not isinstance(value, str) or self._custom(value) is None:
            return value
        if value.startswith('"'):
            return _unquote(value)
        try:
            return _numbers.jsonable(_numbers.parse(value, self.title))
        except InputError:
            return value


def _unquote(cell: str) -> str:
    try:
        return str(json.loads(cell))
    except ValueError:
        return cell
