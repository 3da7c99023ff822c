"""CheckboxGroup: any of a few choices, all in sight."""

from typing import Any, ClassVar, Literal, Unpack

from minidemo.components import _schema
from minidemo.components._choices import Choices, _Choices, read_list
from minidemo.components._schema import Schema
from minidemo.components.base import Cell, ComponentOptions, Held
from minidemo.errors import InputError


class CheckboxGroup(_Choices):
    """Any number of a few choices, all visible.

    The function gets a list in the order of the choices, independent of the order of selection.

    Args:
        choices: Text, numbers, or (label, value) pairs.
        value: The selected choices. By default none.
        type: The function gets the "value" (the default) of each, or the "index".
        show_select_all: Whether a box selects all choices or none. By default False.
    """

    widget: ClassVar = "checkboxgroup"
    always_sends = True

    def __init__(
        self,
        choices: Choices | None = None,
        *,
        value: object = None,
        type: Literal["value", "index"] = "value",
        show_select_all: bool = False,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(choices, value=value, type=type, **options)
        self.show_select_all = show_select_all

    def schema(self) -> Schema:
        """Return the JSON schema of a list of different choices."""
        return _schema.list_of(super().schema()) | {"uniqueItems": True}

    def example(self) -> Held:
        """Return the first choice, in a list."""
        return [value for _, value in self.choices[:1]]

    def preprocess(self, value: Held) -> list[Any]:
        """Check that the values are choices, each at most once."""
        if value is None:
            return []
        arguments = self._choice_arguments(value)
        positions = self._positions(value)
        if len(positions) < len(arguments):
            raise InputError(f"{self.title} must have each choice once at most.")
        return positions if self.type == "index" else self._at(positions)

    def postprocess(self, value: Any) -> list[Held]:
        """Tick some of the choices, or one."""
        values = [] if value is None else self._display_values(value)
        return [*self._at(self._positions(values)), *self._others(values)]

    def read_from_flag(self, cell: Cell) -> list[Held]:
        """Read the chosen values."""
        return read_list(cell)

    def _positions(self, values: list[Held]) -> list[int]:
        """Return where among the choices the values are, in order."""
        identities = {self._identity(value) for value in values}
        return [i for i, (_, value) in enumerate(self.choices) if self._identity(value) in identities]

    def _at(self, positions: list[int]) -> list[Held]:
        return [self.choices[position][1] for position in positions]
