"""Base class of the components that offer choices."""

import json
import warnings
from collections.abc import Iterable
from typing import Any, Literal, TypeAlias, Unpack

from minidemo.components import _numbers, _schema
from minidemo.components._schema import Schema
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, InputError, OutputError
from minidemo.utils.sequences import to_list, to_python

ChoiceValue: TypeAlias = str | int | float | bool
Choices: TypeAlias = Iterable[ChoiceValue | tuple[str, ChoiceValue]]
_MAX_NAMED_CHOICES = 20
"""Number of choices that a message lists."""


class _Choices(Component):
    """Offers choices as (label, value) pairs.

    The function gets the value, or with `type="index"` its position.
    """

    visitor_writes = False

    def __init__(
        self,
        choices: Choices | None = None,
        *,
        value: object = None,
        type: Literal["value", "index"] = "value",
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        if type not in ("value", "index"):
            raise ConfigurationError(f"{self.__class__.__name__} got type={type!r}; expected 'value' or 'index'.")
        if isinstance(choices, str):
            raise ConfigurationError(
                f"{self.__class__.__name__} got choices={choices!r}; expected a list: [{choices!r}]."
            )
        self.type = type
        items = to_list(choices)
        self.choices = [self._pair(choice) for choice in (choices or () if items is None else items)]
        self._positions_of = {self._identity(value): i for i, (_, value) in enumerate(self.choices)}
        if len(self._positions_of) < len(self.choices):
            raise ConfigurationError(f"{self.__class__.__name__} got a choice twice: {choices!r}.")

    def schema(self) -> Schema:
        """Return the JSON schema of one choice."""
        return _schema.one_of([value for _, value in self.choices])

    def initial(self) -> Held:
        """Return the initial value, and warn if it is no choice."""
        value = super().initial()
        for item in self._others(value):
            warnings.warn(
                f"{self.title} shows {item!r:.60}, which is not among its choices. Visitors can only send choices.",
                stacklevel=2,
            )
        return value

    def shown_choices(self, value: Held) -> list[tuple[str, ChoiceValue]]:
        """Return the choices, and other items of the value."""
        return [*self.choices, *((str(item), item) for item in self._others(value))]

    def example(self) -> Held:
        """Return the first choice."""
        return self.choices[0][1] if self.choices else None

    def _pair(self, choice: object) -> tuple[str, ChoiceValue]:
        pair = to_list(choice) or ()
        if len(pair) == 2 and isinstance(pair[0], str):
            label, value = pair
        else:
            label, value = str(choice), choice
        value = to_python(value)
        if not isinstance(value, str | int | float | bool):
            raise ConfigurationError(
                f"{type(self).__name__} got the choice {choice!r}; expected text, a number, or a (label, value) pair."
            )
        return label, value

    def _identity(self, value: object) -> tuple[bool, object]:
        """Return a key that keeps True and 1 apart."""
        return isinstance(value, bool), value

    def _position(self, value: object) -> int | None:
        return self._positions_of.get(self._identity(value)) if isinstance(value, ChoiceValue) else None

    def _others(self, value: Held) -> list[ChoiceValue]:
        """Return the items of a value that a visitor could not send."""
        items = value if isinstance(value, list) else [] if value is None else [value]
        return [item for item in items if self._position(item) is None]

    def _choice_argument(self, value: Held) -> Any:
        position = self._position(value)
        if position is None:
            names = [_name(label, choice) for label, choice in self.choices[:_MAX_NAMED_CHOICES]]
            more = f" and {len(self.choices) - len(names):,} more" if len(self.choices) > len(names) else ""
            raise InputError(f"{self.title} must be one of: {', '.join(names)}{more}.")
        return position if self.type == "index" else self.choices[position][1]

    def _choice_arguments(self, values: Held) -> list[Any]:
        if not isinstance(values, list):
            raise InputError(f"{self.title} must be a list of choices.")
        return [self._choice_argument(value) for value in values]

    def _display_value(self, value: Any) -> Held:
        item = to_python(value)
        if not isinstance(item, ChoiceValue):
            raise OutputError(f"{self.title} got {value!r:.60}, which is not among its choices.")
        return item

    def _display_values(self, values: Any) -> list[Held]:
        """Show several choices, or a single one outside of a list."""
        items = to_list(values)
        return [self._display_value(value) for value in ([values] if items is None else items)]

    def _cell(self, value: ChoiceValue) -> str | int | float:
        return value if isinstance(value, str) else str(value) if isinstance(value, bool) else _numbers.to_cell(value)

    def _read(self, cell: object) -> Held:
        """Find the choice that is written like the cell."""
        return next((choice for _, choice in self.choices if str(self._cell(choice)) == str(cell)), cell)

    def flag(self, value: Held) -> Cell:
        """Write the chosen value; several as a JSON list."""
        if isinstance(value, list):
            return json.dumps(value, ensure_ascii=False)
        return None if value is None else self._cell(value)

    def teaser(self, value: Held) -> str | Media:
        """Return the labels of the selected choices."""
        values = value if isinstance(value, list) else [] if value is None else [value]
        positions = [(item, self._position(item)) for item in values]
        return ", ".join(str(item) if i is None else self.choices[i][0] for item, i in positions)

    def read_from_flag(self, cell: Cell) -> Held:
        """Read the selected value.

        An empty cell is None, unless empty text is a choice.
        """
        return None if cell is None or (cell == "" and self._position("") is None) else self._read(cell)


def _name(label: str, value: ChoiceValue) -> str:
    """Return a choice as JSON has it, with its label if that differs."""
    return json.dumps(value, ensure_ascii=False) + (f" ({label})" if label and label != str(value) else "")


def read_list(cell: Cell) -> list[Held]:
    """Return the values that a cell holds as a JSON list."""
    return list(json.loads(cell)) if isinstance(cell, str) and cell else []
