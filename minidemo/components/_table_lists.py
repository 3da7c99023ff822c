"""Tables of lists and dictionaries, and back."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from minidemo.components import _columns
from minidemo.components._table import Table, kinds
from minidemo.components._table_arrays import headings
from minidemo.errors import OutputError
from minidemo.utils.sequences import to_list


def of_rows(rows: Sequence[Any], headers: Sequence[Any] | None, datatype: Sequence[str] | str) -> Table:
    """Return the table of a list of rows, or of values.

    Values form one column; short rows are filled with None.
    """
    lines = [[row] if (cells := to_list(row)) is None else cells for row in rows]
    width = max(map(len, lines), default=len(headers or ()))
    columns = [list(column) for column in zip_longest(*lines)] if lines else []
    pairs = [_columns.of_objects(column, from_lists=True) for column in columns] or [([], None)] * width
    return Table(
        headers=headings(headers, width),
        columns=[list(cells) for cells, _ in pairs],
        names=[name for _, name in pairs],
        kinds=kinds(datatype, width),
        rows=len(lines),
    )


def of_dict(value: Mapping[Any, Any], title: str, datatype: Sequence[str] | str) -> Table:
    """Return the table of {"headers": [...], "data": [[...]]}, or of columns."""
    if "data" in value:
        return of_rows(value["data"], value.get("headers"), datatype)
    columns = [to_list(column) for column in value.values()]
    if None in columns or len({len(column or ()) for column in columns}) > 1:
        raise OutputError(
            f"{title} shows a dictionary with data and headers, or one of columns of one length, but got {value!r:.60}."
        )
    return of_rows(list(zip_longest(*(column or () for column in columns))), list(map(str, value)), datatype)


def to_rows(table: Table) -> list[list[Any]]:
    """Return a list of rows."""
    columns = table.values()
    return [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _ in range(table.rows)]
