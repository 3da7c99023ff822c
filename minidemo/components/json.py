"""JSON: lists and dictionaries."""

import copy
import json
import math
from datetime import datetime
from typing import Any, ClassVar, Unpack

from pydantic_core import PydanticSerializationError, to_jsonable_python

from minidemo.components import _numbers, _sizes
from minidemo.components._schema import Schema
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.content.tree import map_tree
from minidemo.errors import OutputError
from minidemo.utils.sequences import to_list, to_python


class JSON(Component):
    """A list or dictionary of JSON values.

    Dates, dataclasses and arrays are converted. NaN and the infinities, which JSON lacks, become null. Text that holds
    a JSON object or list is parsed.

    Args:
        value: The initial value.
        open: Whether all levels are open. By default False.
        max_height: Largest height in pixels or as CSS; longer values scroll. By default 500.
        height: Height of an output in pixels or as CSS. By default it grows with the value.
        min_height: Smallest height of an output in pixels or as CSS.
    """

    widget: ClassVar = "json"

    def __init__(
        self,
        value: object = None,
        *,
        open: bool = False,
        max_height: int | str | None = 500,
        height: int | str | None = None,
        min_height: int | str | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        self.open = open
        self.max_height = _sizes.length("JSON", "max_height", max_height)
        self.height = _sizes.length("JSON", "height", height)
        self.min_height = _sizes.length("JSON", "min_height", min_height)

    def schema(self) -> Schema:
        """Return the JSON schema of any value."""
        return {"description": "any valid JSON"}

    def example(self) -> Held:
        """Return a small object."""
        return {"answer": 42}

    def preprocess(self, value: Held) -> Any:
        """Hand on a copy, so that the function cannot change a flag."""
        return copy.deepcopy(value)

    def postprocess(self, value: Any) -> Held:
        """Show what JSON can say of the value."""
        if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                raise OutputError(f"{self.title} got text that is not valid JSON: {value!r:.60}.") from None
        try:
            return _finite(to_jsonable_python(_without_nat(value), fallback=_plain))
        except (PydanticSerializationError, ValueError, TypeError, RecursionError):
            raise OutputError(f"{self.title} cannot show {type(value).__name__} {value!r:.60} as JSON.") from None

    def flag(self, value: Held) -> Cell:
        """Write the JSON on one line."""
        return None if value is None else _numbers.to_json(value)

    def read_from_flag(self, cell: Cell) -> Held:
        """Read the JSON back."""
        return None if cell in ("", None) else json.loads(str(cell))


def _plain(value: Any) -> Any:
    """Return the plain value of an object of NumPy, pandas or polars.

    A series is a dictionary if it has labels, which differ.
    """
    index = getattr(value, "index", None)
    is_counted = getattr(index, "start", None) == 0 and getattr(index, "step", None) == 1
    items = None if getattr(index, "is_unique", False) and not is_counted else to_list(value)
    if items is not None:
        return _without_nat(items)
    if callable(to_dict := getattr(value, "to_dict", None)):
        return _without_nat(to_dict())
    plain = to_python(value)
    if plain is value and type(value).__name__ != "NAType":
        raise TypeError(f"{type(value).__name__} has no JSON form.")
    return None if plain is value else plain


def _without_nat(value: Any) -> Any:
    """Replace pandas' missing times, which differ from themselves, by None."""
    return map_tree(value, datetime, lambda moment: moment if moment == moment else None)


def _finite(value: Any) -> Any:
    return map_tree(value, float, lambda number: number if math.isfinite(number) else None)
