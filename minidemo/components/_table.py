"""Table: the columns of a Dataframe, checked on arrival."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from minidemo.components import _columns
from minidemo.components._columns import JSON_TYPES, NON_FINITE, Cells, TypeName
from minidemo.components._dates import is_date
from minidemo.errors import InputError

Header: TypeAlias = str | int | float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Columns of equal length, with headers, JSON cells and types.

    `kinds` are the author's datatypes. `display_values` and `styling` come from a pandas Styler.
    """

    headers: list[Any]
    columns: list[Cells]
    names: list[TypeName]
    kinds: list[str]
    rows: int
    display_values: list[list[str]] | None = None
    styling: list[list[str]] | None = None

    def values(self) -> list[Cells]:
        """Return the values of each column."""
        columns = zip(self.columns, self.names, self.kinds, strict=True)
        return [_columns.decode(cells, name, kind) for cells, name, kind in columns]

    def wire(self) -> dict[str, Any]:
        """Return the table by rows, with only the types that are needed."""
        columns = zip(self.columns, self.names, self.kinds, strict=True)
        entries = [_columns.wire_type(cells, name, kind) if name else None for cells, name, kind in columns]
        data = (
            [list(row) for row in zip(*self.columns, strict=True)] if self.columns else [[] for _ in range(self.rows)]
        )
        metadata: dict[str, Any] = {"dtypes": entries} if any(entries) else {}
        metadata |= {"display_value": self.display_values} if self.display_values else {}
        metadata |= {"styling": self.styling} if self.styling else {}
        return {"headers": self.headers, "data": data, "metadata": metadata or None}


def parse(value: Any, title: str, datatype: Sequence[str] | str, check_size: Callable[[int, int], object]) -> Table:
    """Return the table that came from the wire, or raise `InputError`.

    `check_size` gets the numbers of rows and columns first, since each column takes memory.
    """
    headers, data = _parts(value, title)
    check_size(len(data), len(headers))
    rows = _check_rows(data, len(headers), title)
    columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in headers]
    names = _names(value.get("metadata"), len(headers), title)
    table = Table(headers=headers, columns=columns, names=names, kinds=kinds(datatype, len(headers)), rows=len(rows))
    for position, kind in enumerate(table.kinds):
        _check_column(table, position, kind, title)
    return table


def kinds(datatype: Sequence[str] | str, width: int) -> list[str]:
    """Return the declared kind of each column; "auto" for further ones."""
    declared = [datatype] * width if isinstance(datatype, str) else list(datatype)
    return (declared + ["auto"] * width)[:width]


def _parts(value: Any, title: str) -> tuple[list[Header], list[Any]]:
    if not isinstance(value, dict) or not isinstance(value.get("data"), list):
        raise InputError(f"{title} must be a table: an object with headers and data.")
    data = value["data"]
    headers = value.get("headers")
    if headers is None:
        headers = [str(i + 1) for i in range(len(data[0]) if data and isinstance(data[0], list) else 0)]
    if not isinstance(headers, list) or not set(map(type, headers)) <= {str, int, float, type(None)}:
        raise InputError(f"{title} must have a list of texts for its headers.")
    return list(headers), [] if data == [[]] else data


def _check_rows(data: list[Any], width: int, title: str) -> list[list[Any]]:
    """Return the rows; each has one plain cell for each header."""
    for number, row in enumerate(data, 1):
        if not isinstance(row, list) or len(row) != width:
            raise InputError(f"{title} must have {width} cells in each row; row {number} has not.")
        if not JSON_TYPES.issuperset(map(type, row)):
            raise InputError(f"{title} must have text, numbers, true or false in its cells; row {number} has not.")
    return data


def _names(metadata: Any, width: int, title: str) -> list[TypeName]:
    if metadata is not None and not isinstance(metadata, dict):
        raise InputError(f"{title} must have an object, or null, for its metadata.")
    names = (metadata or {}).get("dtypes")
    if names is None:
        return [None] * width
    if not isinstance(names, list) or len(names) != width or not all(map(_columns.is_type_name, names)):
        raise InputError(f"{title} must have the name of a type, or null, for each column in its dtypes.")
    return list(names)


def _check_column(table: Table, position: int, kind: str, title: str) -> None:
    """Raise `InputError` for a cell of another kind than declared."""
    fits, expected = _EXPECTED.get(kind, (None, ""))
    if fits is None:
        return
    for number, cell in enumerate(table.columns[position], 1):
        if cell is not None and not fits(cell):
            header = table.headers[position]
            raise InputError(f"{title} must have {expected} in the column {header}; row {number} has {cell!r:.40}.")


def _is_number(cell: Any) -> bool:
    return type(cell) in (int, float) or (type(cell) is str and cell in NON_FINITE)


_EXPECTED = {
    "number": (_is_number, "numbers"),
    "bool": (lambda cell: type(cell) is bool, "true or false"),
    "date": (is_date, "dates such as 2024-05-17 or 2024-05-17 12:30"),
}
