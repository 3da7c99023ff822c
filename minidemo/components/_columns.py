"""Cells of a column on the wire, and type inference from cells."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from minidemo.components._numbers import jsonable
from minidemo.components._texts import text_of
from minidemo.utils.sequences import to_list, to_python

Cells: TypeAlias = list[Any]
TypeName: TypeAlias = str | dict[str, Any] | None
"""A column's type: pandas' name, {"category": [...]}, or None to infer it."""

KINDS = ("str", "number", "bool", "date", "markdown", "html", "auto")
NON_FINITE = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}
JSON_TYPES = frozenset({str, int, float, bool, type(None)})
"""The types of cells that JSON has words for."""

_NUMERIC_TYPES = re.compile(r"u?int(8|16|32|64)|float(16|32|64)|U?Int(8|16|32|64)|Float(32|64)")
_OTHER_TYPES = re.compile(
    r"bool|boolean|str|string|object|json|date|(datetime|timedelta)64\[(D|h|m|s|ms|us|ns)\]"
    r"|datetime64\[(s|ms|us|ns), (?!/|dateutil/)(?!.*\.\.)[\w/+:-]{1,40}\]"
)
_INT64 = 2**63


def is_type_name(name: object) -> bool:
    """Return whether a name is the name of a column type."""
    if isinstance(name, dict):
        return isinstance(name.get("category"), list) and set(map(type, name["category"])) <= {str, int, float, bool}
    return name is None or (
        isinstance(name, str) and bool(_NUMERIC_TYPES.fullmatch(name) or _OTHER_TYPES.fullmatch(name))
    )


def is_numeric(name: TypeName) -> bool:
    """Return whether a type is numeric."""
    return isinstance(name, str) and _NUMERIC_TYPES.fullmatch(name) is not None


def decode(cells: Cells, name: TypeName, kind: str) -> Cells:
    """Return the values of the cells.

    "NaN" and the infinities become numbers if the column's type is numeric or `object`.
    """
    if name == "json":
        return [None if cell is None else _loads(cell) for cell in cells]
    if (is_numeric(name) or name == "object" or kind == "number") and str in set(map(type, cells)):
        return [NON_FINITE.get(cell, cell) if type(cell) is str else cell for cell in cells]
    return cells


def infer_type(values: Cells, kind: str = "str") -> str:
    """Return the type inferred from a column's values."""
    kinds = set(map(type, values)) - {type(None)}
    gaps = None in values if kinds <= {bool, str} else any(value is None for value in values)
    if not kinds:
        return "float64" if kind == "number" else "object"
    if kinds == {str}:
        return "str"
    if kinds == {bool}:
        return "object" if gaps else "bool"
    if kinds == {int} and not gaps:
        return "int64" if _fit_int64(values) else "object"
    if kinds <= {int, float} and all(map(is_exact, values)):
        return "float64"
    return "object"


def wire_type(cells: Cells, name: TypeName, kind: str) -> TypeName:
    """Return the type to send, None if the browser can infer it.

    A browser does not distinguish 1.0 from 1.
    """
    kinds = set(map(type, cells))
    if kinds <= {int, float} and cells and all(type(cell) is int or cell.is_integer() for cell in cells):
        implied = "int64" if _fit_int64([int(cell) for cell in cells]) else "object"
    else:
        implied = infer_type(decode(cells, None, kind), kind)
    return None if implied == name else name


def of_floats(values: Iterable[float]) -> Cells:
    """Return the cells of floats; NaN becomes None."""
    return [None if value != value else jsonable(value) for value in values]


def of_objects(values: Sequence[Any], *, from_lists: bool) -> tuple[Cells, TypeName]:
    """Return the cells of any Python values, and their type if needed.

    `from_lists` is true for values of lists, which have no type, and false for a column of objects.
    """
    kinds = set(map(type, values))
    if not kinds <= JSON_TYPES:
        values = [_json_value(value) for value in values]
        kinds = set(map(type, values))
    odd = float in kinds and any(type(value) is float and value - value != 0 for value in values)
    words = str in kinds and not NON_FINITE.keys().isdisjoint(value for value in values if type(value) is str)
    if not kinds.isdisjoint({list, dict}) or (words and (odd or not from_lists)):
        return [_json_cell(value) for value in values], "json"
    cells = [jsonable(value) if type(value) is float else value for value in values] if odd else list(values)
    if odd:
        return cells, "float64" if from_lists and kinds <= {int, float, type(None)} else "object"
    return cells, None if from_lists else "str" if kinds <= {str, type(None)} and _has_lone_surrogates(
        cells
    ) else "object"


def is_exact(value: Any) -> bool:
    """Return whether a float can hold a number, or None."""
    try:
        return type(value) is not int or int(float(value)) - value == 0
    except OverflowError:
        return False


def _json_value(value: Any) -> Any:
    """Return a value as text, number, bool, list, dictionary or None."""
    items = to_list(value)
    if items is not None or isinstance(value, dict):
        try:
            return json.loads(json.dumps(value if items is None else items, default=_plain))
        except (TypeError, ValueError, RecursionError):
            return str(value)
    value = to_python(value)
    if value is None or type(value) in JSON_TYPES:
        return value
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, bool | int | float | str):  # their subclasses
        return next(kind(value) for kind in (bool, int, float, str) if isinstance(value, kind))
    return text_of(value, "Dataframe")


def _plain(value: Any) -> Any:
    """Return what JSON can say of an item of a list."""
    items = to_list(value)
    plain = to_python(value) if items is None else items
    return text_of(value, "Dataframe") if plain is value else plain


def _json_cell(value: Any) -> str | None:
    """Return a cell of a column of JSON; text that is no JSON stays as it is."""
    is_plain = value is None or (isinstance(value, str) and _loads(value) is value)
    return value if is_plain else json.dumps(value, ensure_ascii=False)


def _has_lone_surrogates(cells: Cells) -> bool:
    """Return whether the text has a lone surrogate.

    pandas stores it as an object, because its string type cannot hold it.
    """
    try:
        "".join(cell or "" for cell in cells).encode()
    except UnicodeEncodeError:
        return True
    return False


def _loads(cell: Any) -> Any:
    try:
        return json.loads(cell)
    except (TypeError, ValueError, RecursionError):
        return cell


def _fit_int64(values: Cells) -> bool:
    return bool(min(values) >= -_INT64 and max(values) < _INT64)
