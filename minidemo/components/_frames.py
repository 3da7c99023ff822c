"""Conversion of a function's result to a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from minidemo.components import _styles, _table_arrays, _table_lists, _table_pandas, _table_polars
from minidemo.components._table import Table
from minidemo.components.base import Held
from minidemo.content.media import Media
from minidemo.errors import OutputError
from minidemo.utils.sequences import to_list

PACKAGES = {"pandas": "pandas", "polars": "polars", "numpy": "NumPy"}
"""Packages that the types of a Dataframe need."""


def table_of(value: Any, headers: Sequence[Any] | None, title: str, datatype: Sequence[str] | str) -> Table:
    """Return the table of a value, or raise `OutputError`."""
    package = type(value).__module__.partition(".")[0]
    if package == "polars":
        return _of_polars(value, title, datatype)
    if package == "pandas" and hasattr(value, "_compute"):
        return _table_pandas.of_styler(value, datatype)
    if hasattr(value, "iloc"):
        return _table_pandas.of_frame(value if hasattr(value, "columns") else value.to_frame(), datatype)
    if isinstance(value, Mapping):
        return _with_styles(_table_lists.of_dict(value, title, datatype), value.get("metadata"))
    if hasattr(value, "__array__") or hasattr(value, "__array_interface__"):
        import numpy  # noqa: PLC0415  # an extra, imported only where it is used

        return _table_arrays.of_array(numpy.asarray(value), headers, title, datatype)
    rows = to_list(value)
    if rows is not None:
        return _table_lists.of_rows(rows, headers, datatype)
    raise OutputError(
        f"{title} shows a frame of pandas or polars, a NumPy array, lists, a dictionary or the path of a CSV file, "
        f"but got {type(value).__name__} {value!r:.60}."
    )


def read_csv(path: Path, title: str, *, name: str | None = None) -> Any:
    """Return the pandas frame that a CSV file holds, or raise `OutputError`."""
    name = path.name if name is None else name
    try:
        return _table_pandas.read_csv(path)
    except ImportError:
        raise OutputError(f"{title} needs pandas to read {name}. Run: pip install 'minidemo[pandas]'") from None
    except (OSError, ValueError) as error:
        raise OutputError(f"{title} cannot read {name} as CSV: {error}") from None


def returned_csv(path: Path, title: str, then: Callable[[Any], Held]) -> Media:
    """Return the CSV file that a function returned.

    It is read only after the check that it may be shown. `then` gets its frame, and returns the value to show.
    """
    media = Media.of_path(path)
    media.finish = lambda copy: then(read_csv(Path(str(copy.path)), title, name=media.name))
    return media


def _of_polars(value: Any, title: str, datatype: Sequence[str] | str) -> Table:
    for method in ("collect", "to_frame"):
        value = getattr(value, method)() if hasattr(value, method) else value
    if not hasattr(value, "get_columns"):
        raise OutputError(f"{title} shows a frame of polars, but got {type(value).__name__}.")
    return _table_polars.of_frame(value, datatype)


def _with_styles(table: Table, metadata: Any) -> Table:
    """Apply the styles of a dictionary if each cell has one."""
    if not isinstance(metadata, Mapping):
        return table
    display_values = _grid(metadata.get("display_value"), table)
    styling = _grid(metadata.get("styling"), table)
    styles = styling and [[_styles.css(_declarations(text)) for text in row] for row in styling]
    return replace(table, display_values=display_values, styling=styles)


def _grid(rows: Any, table: Table) -> list[list[str]] | None:
    width = len(table.columns)
    fits = isinstance(rows, list) and len(rows) == table.rows and all(len(row) == width for row in rows)
    return [[str(cell) for cell in row] for row in rows] if fits else None


def _declarations(text: str) -> list[tuple[str, str]]:
    return [(name, value) for name, _, value in (part.partition(":") for part in text.split(";"))]
