"""Dataframe: a table."""

import copy
import importlib.util
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Unpack

from minidemo.components import (
    _frames,
    _numbers,
    _schema,
    _table,
    _table_arrays,
    _table_lists,
    _table_pandas,
    _table_polars,
)
from minidemo.components._columns import KINDS
from minidemo.components._schema import Schema
from minidemo.components._table_size import CountArgument, LimitsArgument, table_size
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, OutputError, did_you_mean
from minidemo.utils.sequences import to_list

TYPES = ("pandas", "numpy", "polars", "array")
SEARCHES = ("none", "search", "filter")
BUTTONS = ("copy", "fullscreen")
MAX_CELL_CHARACTERS = 30_000
"""Characters of a cell above which a table becomes a file.

Spreadsheets take no more in one cell, and Python's CSV reader takes 131,072.
"""
MAX_COLUMNS = 1_000
"""Columns that visitors may send by default; a frame takes milliseconds for each."""
MAX_LIST_COLUMNS = 10_000
"""The same for lists of rows."""


class Dataframe(Component):
    """A table: a frame of pandas or polars, an array, or rows.

    The function may return any of these, a pandas Styler, a dictionary, or the `Path` of a CSV file. The types of
    columns are kept (`dtypes` in the metadata), the index is not: show it with `reset_index()`. An empty cell is None,
    which is NaN in a column of floats. A Styler's text, colours and bold are shown until the table is edited.

    Args:
        value: The initial table; text is the path of a CSV file.
        headers: The headers. By default those of the value, else numbers from 1.
        row_count: Initial number of rows, or `(5, "fixed")`.
        row_limits: The least and largest number of rows, as a pair.
        col_count: Older name of `column_count`.
        column_count: Initial number of columns, or `(3, "fixed")`.
        column_limits: The least and largest number of columns, as a pair. By default 0 and those of the value, at
            least 1,000, or 10,000 for the type "array".
        datatype: What the visitor may write: "number", "bool", "date", "markdown", "html", "auto" (numbers, else
            text) or "str" (the default: text, or numbers where all values are numbers); one, or a list with one for
            each column.
        type: Type of the argument: "pandas" (the default), "numpy", "polars" or "array" (a list of rows).
        max_height: Largest height in pixels or as CSS; longer tables scroll. By default 500.
        wrap: Whether long text is wrapped, in tables of up to 1,000 rows. By default False.
        line_breaks: Whether new lines in Markdown cells are line breaks. By default True.
        column_widths: Widths of the columns, in pixels or as CSS.
        show_row_numbers: Whether rows are numbered. By default False.
        max_chars: Characters of a cell to show; the rest is cut. By default all.
        show_search: "none" (the default), "search" or "filter".
        pinned_columns: Number of first columns that stay visible while scrolling. By default none.
        static_columns: Numbers of the columns, from 0, that visitors cannot change.
        buttons: Buttons to show: "copy", "fullscreen", or both (the default).
        show_copy_button: Whether the table can be copied; overrides `buttons`.
        show_fullscreen_button: Whether it can fill the screen; overrides `buttons`.
    """

    widget: ClassVar = "dataframe"
    shortcuts: ClassVar = {
        "numpy": {"type": "numpy"},
        "matrix": {"type": "array"},
        "list": {"type": "array", "column_count": 1},
    }

    def __init__(
        self,
        value: object = None,
        *,
        headers: Sequence[str] | None = None,
        row_count: CountArgument = None,
        row_limits: LimitsArgument = None,
        col_count: CountArgument = None,
        column_count: CountArgument = None,
        column_limits: LimitsArgument = None,
        datatype: str | Sequence[str] = "str",
        type: Literal["pandas", "numpy", "polars", "array"] = "pandas",
        max_height: int | str = 500,
        wrap: bool = False,
        line_breaks: bool = True,
        column_widths: Sequence[int | str] | None = None,
        show_row_numbers: bool = False,
        max_chars: int | None = None,
        show_search: Literal["none", "search", "filter"] | bool = "none",
        pinned_columns: int | None = None,
        static_columns: Sequence[int] | None = None,
        buttons: Sequence[str] | None = None,
        show_copy_button: bool | None = None,
        show_fullscreen_button: bool | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        self.type = _check_choice("type", type, TYPES)
        self.headers = None if headers is None else to_list(headers) or list(headers)
        self.datatype = _datatype(datatype)
        self.row_size = table_size("rows", row_count, row_limits)
        self.column_size = table_size("columns", col_count if column_count is None else column_count, column_limits)
        if self.headers and self.column_size.fixed and len(self.headers) != self.column_size.count:
            raise ConfigurationError(
                f"Dataframe got {len(self.headers)} headers for {self.column_size.count} columns: {self.headers!r:.60}."
            )
        self._width = max(MAX_LIST_COLUMNS if self.type == "array" else MAX_COLUMNS, len(self.blank_headers()))
        self.max_height = _length("max_height", max_height)
        self.wrap = wrap
        self.line_breaks = line_breaks
        self.column_widths = [_length("column_widths", width) for width in to_list(column_widths) or ()]
        self.show_row_numbers = show_row_numbers
        self.max_chars = max_chars
        self.show_search = _check_choice("show_search", _SEARCH_SWITCH.get(show_search, show_search), SEARCHES)
        self.pinned_columns = pinned_columns or 0
        self.static_columns = to_list(static_columns) or []
        enabled = BUTTONS if buttons is None else [_check_choice("buttons", button, BUTTONS) for button in buttons]
        switches = {"copy": show_copy_button, "fullscreen": show_fullscreen_button}
        self.buttons = [name for name in BUTTONS if switches[name] or (switches[name] is None and name in enabled)]

    def schema(self) -> Schema:
        """Return the JSON schema of headers, rows and metadata."""
        cell = {"type": ["string", "number", "boolean", "null"]}
        header = {"type": ["string", "number", "null"]}
        properties = {
            "headers": _schema.list_of(header),
            "data": _schema.list_of(_schema.list_of(cell)),
            "metadata": {"anyOf": [{"type": "object", "additionalProperties": True}, {"type": "null"}]},
        }
        return {"type": "object", "properties": properties, "required": ["data"]}

    def example(self) -> Held:
        """Return a table of the smallest allowed size."""
        headers = self.blank_headers()
        row = [_EXAMPLES.get(kind, "a") for kind in _table.kinds(self.datatype, len(headers))]
        return {"headers": headers, "data": [list(row) for _ in range(self.blank_rows())], "metadata": None}

    def check_as_input(self) -> None:
        """Raise `ConfigurationError` if the type's package is missing."""
        if self.type != "array" and importlib.util.find_spec(self.type) is None:
            raise ConfigurationError(
                f"Dataframe(type={self.type!r}) needs {_frames.PACKAGES[self.type]}, which is not installed. "
                f"Run: pip install 'minidemo[{self.type}]', or use Dataframe(type='array')."
            )

    def correction(self) -> "Dataframe":
        """Return a field for a corrected table; it needs no packages."""
        duplicate = copy.copy(self)
        duplicate.value, duplicate.interactive, duplicate.elem_id, duplicate.info = None, True, None, None
        duplicate.type, duplicate._width = "array", max(self._width, MAX_LIST_COLUMNS)
        return duplicate

    def convert_initial(self, value: Any) -> Held:
        """Convert the author's initial value; text names a CSV file."""
        table = self.postprocess(_frames.read_csv(Path(value), self.title) if isinstance(value, str | Path) else value)
        self._width = max(self._width, len(table["headers"]) if table else 0)
        return table

    def preprocess(self, value: Held) -> Any:
        """Check the cells and sizes, and hand on the table."""
        if value is None:
            return None
        table = _table.parse(value, self.title, self.datatype, self._check_size)
        if self.type == "array":
            return _table_lists.to_rows(table)
        if self.type == "numpy":
            return _table_arrays.to_array(table)
        return _table_polars.to_frame(table, self.title) if self.type == "polars" else _table_pandas.to_frame(table)

    def postprocess(self, value: Any) -> Held:
        """Show a table, with column types that its cells do not imply."""
        if value is None:
            return None
        if isinstance(value, str):
            raise OutputError(f"{self.title} got text; of a CSV file, return the path: pathlib.Path({value!r:.60}).")
        if isinstance(value, Path):
            return _frames.returned_csv(value, self.title, self.postprocess)
        return _frames.table_of(value, self.headers, self.title, self.datatype).wire()

    def flag(self, value: Held) -> Cell:
        """Write the table as JSON; a long one is a file."""
        if value is None:
            return None
        text = _numbers.to_json(value)
        if len(text) <= MAX_CELL_CHARACTERS:
            return text
        return Media.of_bytes(_numbers.to_json(value, ascii=True).encode(), "table.json")

    def teaser(self, value: Held) -> str:
        """Return the headers and the number of rows."""
        return f"{', '.join(map(str, value['headers']))} ({len(value['data'])})" if value else ""

    def read_from_flag(self, cell: Cell) -> Held:
        """Read the JSON back, from the cell or from the file."""
        if cell in ("", None):
            return None
        return json.loads(cell.read() if isinstance(cell, Media) else str(cell))

    def blank_headers(self) -> list[Any]:
        """Return the headers of an empty table."""
        return _table_arrays.headings(self.headers, self.column_size.start(len(self.headers or ()) or 3))

    def blank_rows(self) -> int:
        """Return the number of rows of an empty table."""
        return self.row_size.start(1)

    @property
    def reserved_height(self) -> int | str:
        """Height of an output: the author's maximum, or a few rows."""
        return 320 if self.max_height == _DEFAULT_MAX_HEIGHT else self.max_height

    @property
    def blank(self) -> Held:
        """The table that a visitor begins with where there is no value."""
        headers = self.blank_headers()
        return {"headers": headers, "data": [[None] * len(headers) for _ in range(self.blank_rows())]}

    @property
    def settings(self) -> str:
        """Settings of the widget, as JSON."""
        names = ("datatype", "column_widths", "line_breaks", "max_chars", "show_search", "static_columns", "wrap")
        sizes = {"rows": self.row_size, "columns": self.column_size}
        values = {name: getattr(self, name) for name in names} | {
            "blank": {"headers": self.blank_headers(), "rows": self.blank_rows()},
            "max_height": self.max_height,
            "numbered": self.show_row_numbers,
            "pinned": self.pinned_columns,
            **{name: [s.count, s.count] if s.fixed else [s.least, s.most] for name, s in sizes.items()},
        }
        return json.dumps(values)

    def grows(self, what: Literal["rows", "columns"]) -> bool:
        """Return whether a visitor may add rows, or columns."""
        return not (self.row_size.fixed if what == "rows" else self.column_size.fixed or self.static_columns)

    def _check_size(self, rows: int, columns: int) -> None:
        self.row_size.check(rows, self.title)
        self.column_size.check(columns, self.title, most=self._width)

    @staticmethod
    def text(cell: Any) -> str:
        """Return a cell as the widget shows it."""
        if isinstance(cell, bool):
            return str(cell).lower()
        return "" if cell is None else str(_numbers.to_cell(cell))


def _check_choice(argument: str, value: Any, choices: Sequence[str]) -> str:
    if value not in choices:
        raise ConfigurationError(f"Dataframe got {argument}={value!r}. {did_you_mean(str(value), choices)}")
    return str(value)


def _datatype(datatype: str | Sequence[str]) -> str | list[str]:
    if isinstance(datatype, str):
        return _check_choice("datatype", datatype, KINDS)
    return [_check_choice("datatype", kind, KINDS) for kind in datatype]


def _length(argument: str, length: int | str) -> int | str:
    """Return a length in pixels, or as CSS has it."""
    if isinstance(length, bool) or not (isinstance(length, int) or _LENGTH.fullmatch(str(length))):
        raise ConfigurationError(
            f"Dataframe got {argument}={length!r}; expected pixels, or text such as '20%' or '10rem'."
        )
    return length


_EXAMPLES: dict[str, Any] = {"number": 1, "bool": True, "date": "2024-05-17"}
_LENGTH = re.compile(r"\d+(\.\d+)?(px|%|r?em|ch|vh|vw)")
_SEARCH_SWITCH: dict[Any, str] = {True: "search", False: "none"}
_DEFAULT_MAX_HEIGHT = 500
