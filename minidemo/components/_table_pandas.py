"""Tables of pandas frames, and back."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from minidemo.components import _columns, _styles, _table_arrays
from minidemo.components._columns import Cells, TypeName
from minidemo.components._numbers import jsonable
from minidemo.components._table import Table, kinds


def of_frame(frame: Any, datatype: Sequence[str] | str) -> Table:
    """Return the table of a pandas frame, without its index."""
    pairs = [_of_series(frame.iloc[:, i]) for i in range(frame.shape[1])]
    return Table(
        headers=[_header(label) for label in frame.columns],
        columns=[cells for cells, _ in pairs],
        names=[name for _, name in pairs],
        kinds=kinds(datatype, frame.shape[1]),
        rows=frame.shape[0],
    )


def of_styler(styler: Any, datatype: Sequence[str] | str) -> Table:
    """Return the visible table of a pandas Styler, with text and styles."""
    table = of_frame(_styles.visible_frame(styler), datatype)
    display_values, styling = _styles.of_styler(styler)
    whole = len(display_values) == table.rows and all(len(row) == len(table.columns) for row in display_values)
    return replace(table, display_values=display_values, styling=styling) if whole else table


def to_frame(table: Table) -> Any:
    """Return a pandas frame."""
    import pandas  # noqa: PLC0415  # an extra, imported only where it is used

    columns = zip(table.values(), table.names, table.kinds, strict=True)
    series = {i: _series(values, name, kind) for i, (values, name, kind) in enumerate(columns)}
    frame = pandas.DataFrame(series, index=pandas.RangeIndex(table.rows))
    frame.columns = _index(table.headers)
    return frame


def read_csv(path: Any) -> Any:
    """Return the frame that a CSV file holds."""
    import pandas  # noqa: PLC0415  # an extra, imported only where it is used

    return pandas.read_csv(path)


def _of_series(series: Any) -> tuple[Cells, TypeName]:
    kind, name = getattr(series.dtype, "kind", "O"), str(series.dtype)
    if name == "category":
        return _of_categories(series)
    if kind in "biufmM" and type(series.dtype).__module__.startswith("numpy"):
        return _table_arrays.of_values(series.to_numpy(), from_lists=False)
    if name == "object":
        return _columns.of_objects(series.tolist(), from_lists=False)
    values = series.to_numpy(dtype=object, na_value=None).tolist()
    if name in ("str", "string"):
        return [None if value != value else value for value in values], name
    if _columns.is_numeric(name) or name == "boolean":
        return _of_masked(values), name
    if _columns.is_type_name(name) and name.startswith("datetime64"):
        return [None if value is None or value != value else str(value) for value in values], name
    return _columns.of_objects(values, from_lists=True)


def _of_masked(values: Cells) -> Cells:
    return [jsonable(value) if type(value) is float else value for value in values]


def _of_categories(series: Any) -> tuple[Cells, TypeName]:
    categories, _ = _columns.of_objects(series.cat.categories.tolist(), from_lists=True)
    cells: Cells = [None if code < 0 else categories[code] for code in series.cat.codes.tolist()]
    name = {"category": categories, "ordered": bool(series.cat.ordered)}
    whole = len({(type(item), item) for item in categories}) == len(categories) and _columns.is_type_name(name)
    return cells, name if whole else None


def _header(label: Any) -> Any:
    (cell,), name = _columns.of_objects([label], from_lists=True)
    if name == "json" or isinstance(cell, bool):
        return str(label)
    return None if cell == "NaN" and not isinstance(label, str) else cell


def _index(headers: Cells) -> Any:
    import pandas  # noqa: PLC0415  # an extra, imported only where it is used

    with suppress(UnicodeError):  # half a character, which not every type of pandas can hold
        return pandas.Index(headers, dtype=None if headers else object)
    return pandas.Index(headers, dtype=object)


def _series(values: Cells, name: TypeName, kind: str) -> Any:
    """Return a series of the column's type, if the values still fit."""
    for attempt in (name or "object", _columns.infer_type(values, kind))[name is None :]:
        with suppress(ValueError, TypeError, OverflowError, OSError):  # a folder of time zones is opened as one
            return _build(values, attempt)
    return _build(values, "object")


def _build(values: Cells, name: str | dict[str, Any]) -> Any:
    import pandas  # noqa: PLC0415  # an extra, imported only where it is used

    if isinstance(name, dict):
        if not set(values) - {None} <= set(name["category"]):
            raise ValueError("There is a cell that is none of the categories.")
        return pandas.Series(pandas.Categorical(values, name["category"], ordered=bool(name.get("ordered"))))
    if name in ("str", "string"):
        return _texts(values, name)
    if name[:1] in "UIF" or name == "boolean":
        return pandas.Series(_masked(values, name))
    if "," in name:
        return pandas.Series(pandas.to_datetime(values, format="ISO8601", utc=True)).astype(name)
    name = "datetime64[s]" if name == "date" else "object" if name == "json" else name
    return pandas.Series(_table_arrays.build(values, name), dtype=name)


def _texts(values: Cells, name: str) -> Any:
    import pandas  # noqa: PLC0415  # an extra, imported only where it is used

    if not set(map(type, values)) <= {str, type(None)}:
        raise ValueError("There is a cell that is no text.")
    return pandas.Series(values, dtype=name)


def _masked(values: Cells, name: str) -> Any:
    """Return a pandas array that keeps missing values and NaN apart."""
    import numpy  # noqa: PLC0415  # an extra, imported only where it is used
    import pandas  # noqa: PLC0415

    plain = {"boolean": "bool"}.get(name, name.lower())
    filled = _table_arrays.build([_ZERO[plain[:1]] if value is None else value for value in values], plain)
    mask = numpy.array([value is None for value in values], dtype=bool)
    kind = {"b": pandas.arrays.BooleanArray, "f": pandas.arrays.FloatingArray}.get(
        plain[:1], pandas.arrays.IntegerArray
    )
    return kind(filled, mask)


_ZERO = {"b": False, "f": 0.0, "i": 0, "u": 0}
