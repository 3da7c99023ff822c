"""Tables of polars frames, and back."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from minidemo.components import _columns, _table_arrays
from minidemo.components._columns import Cells, TypeName
from minidemo.components._numbers import jsonable
from minidemo.components._table import Table, kinds
from minidemo.errors import InputError

_ZONED_FORMAT = "%Y-%m-%d %H:%M:%S%.f%:z"
_INTEGERS = ("Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64")


def of_frame(frame: Any, datatype: Sequence[str] | str) -> Table:
    """Return the table of a polars frame."""
    pairs = [_of_series(series) for series in frame.get_columns()]
    return Table(
        headers=list(frame.columns),
        columns=[cells for cells, _ in pairs],
        names=[name for _, name in pairs],
        kinds=kinds(datatype, frame.width),
        rows=frame.height,
    )


def to_frame(table: Table, title: str) -> Any:
    """Return a polars frame, whose columns have names that differ."""
    import polars  # noqa: PLC0415  # an extra, imported only where it is used

    headers = ["" if header is None else str(header) for header in table.headers]
    repeated = next((header for header, count in Counter(headers).items() if count > 1), None)
    if repeated is not None:
        raise InputError(f"{title} must have a header of its own for each column; {repeated!r:.60} is there twice.")
    columns = zip(headers, table.values(), table.names, table.kinds, strict=True)
    try:
        return polars.DataFrame({header: _series(header, values, name, kind) for header, values, name, kind in columns})
    except UnicodeError:
        raise InputError(f"{title} must have whole characters in its text; there is half of one.") from None


def _of_series(series: Any) -> tuple[Cells, TypeName]:
    name = series.dtype.base_type().__name__
    if name in _INTEGERS:
        return series.to_list(), name if series.null_count() else name.lower()
    if name in ("Float32", "Float64"):
        return [jsonable(value) if value is not None else None for value in series.to_list()], name.lower()
    if name == "Boolean":
        return series.to_list(), "boolean" if series.null_count() else "bool"
    if name == "String":
        return series.to_list(), "str"
    if name == "Datetime" and series.dtype.time_zone:
        return series.dt.to_string(
            _ZONED_FORMAT
        ).to_list(), f"datetime64[{series.dtype.time_unit}, {series.dtype.time_zone}]"
    if name in ("Date", "Datetime", "Duration") and series.null_count() < len(series):
        cells, unit = _table_arrays.of_values(series.to_numpy(), from_lists=False)
        return cells, "date" if name == "Date" else unit
    return _columns.of_objects(series.to_list(), from_lists=True)


def _series(header: str, values: Cells, name: TypeName, kind: str) -> Any:
    """Return a series of the column's type, if the values still fit."""
    import polars  # noqa: PLC0415  # an extra, imported only where it is used

    for attempt in (name, _columns.infer_type(values, kind)):
        with suppress(ValueError, TypeError, OverflowError, polars.exceptions.PolarsError):
            if isinstance(attempt, str) and (series := _build(header, values, attempt)) is not None:
                return series
    return polars.Series(header, values, strict=False)


def _build(header: str, values: Cells, name: str) -> Any:
    import polars  # noqa: PLC0415  # an extra, imported only where it is used

    if name == "date" or (name[:8] in ("datetime", "timedelt") and "," not in name):
        array = _table_arrays.build(values, "datetime64[D]" if name == "date" else name)
        return polars.Series(header, array)
    if name.startswith("datetime64"):
        unit: Any
        unit, zone = name[11:-1].split(", ")
        parsed = polars.Series(header, values, dtype=polars.String).str.to_datetime(_ZONED_FORMAT, time_unit=unit)
        return parsed.dt.convert_time_zone(zone)
    kinds_of = set(map(type, values)) - {type(None)}
    dtype = _TYPES.get(name, name.capitalize().replace("Uint", "UInt"))
    if not _is_type(name) or not kinds_of <= _VALUE_TYPES.get(dtype[:1], {int}):
        return None
    return polars.Series(header, values, dtype=getattr(polars, dtype))


def _is_type(name: str) -> bool:
    return name in _TYPES or (_columns.is_numeric(name) and name != "float16")


_VALUE_TYPES: dict[str, set[type]] = {"B": {bool}, "S": {str}, "F": {int, float}}
_TYPES = {"bool": "Boolean", "boolean": "Boolean", "str": "String", "string": "String"}
