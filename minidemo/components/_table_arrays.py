"""Tables of NumPy arrays, and back."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from minidemo.components import _columns, _dates
from minidemo.components._columns import Cells, TypeName
from minidemo.components._table import Table, kinds
from minidemo.errors import OutputError


def of_array(array: Any, headers: Sequence[Any] | None, title: str, datatype: Sequence[str] | str) -> Table:
    """Return the table of a NumPy array; one dimension is a column."""
    if array.ndim > 2:
        raise OutputError(f"{title} shows arrays of one or two dimensions, but got one of shape {array.shape}.")
    grid = array.reshape(-1, 1) if array.ndim < 2 else array
    rows, width = grid.shape
    pairs = [of_values(grid[:, i], from_lists=True) for i in range(width)]
    return Table(
        headers=headings(headers, width),
        columns=[cells for cells, _ in pairs],
        names=[name for _, name in pairs],
        kinds=kinds(datatype, width),
        rows=rows,
    )


def of_values(array: Any, *, from_lists: bool) -> tuple[Cells, TypeName]:
    """Return the cells and the type of a one-dimensional NumPy array."""
    name = str(array.dtype)
    if array.dtype.kind in "biu":
        return array.tolist(), name
    if _columns.is_numeric(name):
        return _columns.of_floats(array.tolist()), name
    if array.dtype.kind == "M" and _columns.is_type_name(name):
        return _dates.of_datetimes(array), name
    if array.dtype.kind == "m" and _columns.is_type_name(name):
        return _dates.of_spans(array), name
    return _columns.of_objects(array.tolist(), from_lists=from_lists)


def to_array(table: Table) -> Any:
    """Return a NumPy array of the columns' common type.

    It holds all their numbers exactly, or else objects.
    """
    import numpy  # noqa: PLC0415  # an extra, imported only where it is used

    columns = table.values()
    parts = zip(columns, table.names, table.kinds, strict=True)
    arrays = [to_values(values, name if table.rows else name or "float64", kind) for values, name, kind in parts]
    common = _common(arrays)
    grid = numpy.empty((table.rows, len(columns)), common)
    for i, column in enumerate(columns):
        grid[:, i] = _objects(column) if common.kind == "O" else arrays[i]
    return grid


def to_values(values: Cells, name: TypeName, kind: str) -> Any:
    """Return a one-dimensional NumPy array, or raise an error.

    A column keeps its type if its values still fit. Raises `ValueError`, `TypeError` or `OverflowError`.
    """
    if isinstance(name, str) and is_array_type(name):
        with suppress(ValueError, TypeError, OverflowError):
            return build(values, name)
    return build(values, _columns.infer_type(values, kind))


def build(values: Cells, name: str) -> Any:
    """Return a NumPy array of a type, or raise an error."""
    import numpy  # noqa: PLC0415  # an extra, imported only where it is used

    if name.startswith("datetime"):
        return _dates.to_datetimes(values, name)
    if name.startswith("timedelta"):
        return _dates.to_spans(values, name)
    if name.startswith("float"):
        if not set(map(type, values)) <= {int, float, type(None)}:
            raise ValueError("There is a cell that is no number.")
        numbers = [float("nan") if value is None else value for value in values]
        with numpy.errstate(over="ignore"):
            array = numpy.array(numbers, dtype=name)
        if name == "float64" and not all(map(_columns.is_exact, values)):
            raise ValueError("There is a number that a float cannot hold.")
        return array
    if name == "bool" or "int" in name:
        if not set(map(type, values)) <= {bool if name == "bool" else int}:
            raise ValueError(f"There is a cell that {name} cannot hold.")
        return numpy.array(values, dtype=name)
    return _objects(values)


def is_array_type(name: str) -> bool:
    """Return whether a type is one of NumPy's, other than object."""
    return name == "bool" or (
        name[:1] in "uifdt" and _columns.is_type_name(name) and name != "date" and "," not in name
    )


def headings(headers: Sequence[Any] | None, width: int) -> list[Any]:
    """Return a header for each column: given ones, then numbers from 1."""
    names = list(headers or ())[:width]
    return names + [str(i + 1) for i in range(len(names), width)]


def _common(arrays: list[Any]) -> Any:
    """Return the type that holds all values of some arrays exactly."""
    import numpy  # noqa: PLC0415  # an extra, imported only where it is used

    kinds = {array.dtype.kind for array in arrays}
    if not kinds:
        return numpy.dtype("float64")
    if not kinds <= {"i", "u", "f"}:
        return numpy.result_type(*arrays) if len(kinds) == 1 else numpy.dtype(object)
    common = numpy.result_type(*arrays)
    exact = all((array.astype(common).astype(array.dtype) == array)[array == array].all() for array in arrays)
    return common if exact else numpy.dtype(object)


def _objects(values: Cells) -> Any:
    import numpy  # noqa: PLC0415  # an extra, imported only where it is used

    array = numpy.empty(len(values), object)
    for i, value in enumerate(values):
        array[i] = value
    return array
