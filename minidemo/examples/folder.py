"""Examples in a directory: files, or the rows of a log.

A directory of flags is accepted too.
"""

import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from minidemo.endpoints.endpoint import Endpoint
from minidemo.errors import ConfigurationError, InputError, OutputError
from minidemo.examples import values
from minidemo.examples.raw import NOTHING, RawExample
from minidemo.flagging.tables import Entry, Table, file_in, headings, tables

logger = logging.getLogger("minidemo")
_FIT_ERRORS = (InputError, OutputError, ValueError, KeyError, TypeError)


def rows(endpoint: Endpoint, directory: Path) -> list[RawExample]:
    """Return the examples in a directory."""
    where = f"{endpoint.title}: examples names the directory {str(directory)!r}"
    try:
        logs = list(tables(directory.resolve())) if directory.is_dir() else None
    except OSError as error:
        raise ConfigurationError(f"{where}, which cannot be read: {error.strerror}") from error
    if logs is None:
        raise ConfigurationError(f"{where}, which is not there. Relative paths are seen from {Path.cwd()}.")
    examples = (
        [row for log in logs for row in _of_log(endpoint, log)]
        if logs
        else _files(endpoint, directory.resolve(), where)
    )
    if not examples:
        raise ConfigurationError(f"{where}, which holds no examples. Put some into it, or leave examples out.")
    return examples


def _files(endpoint: Endpoint, directory: Path, where: str) -> list[RawExample]:
    """Return an example for each file that is not hidden."""
    if len(endpoint.inputs) != 1 or not endpoint.inputs[0].takes_files:
        raise ConfigurationError(
            f"{where}, but there is no log.csv or logs.csv in it. Add one with a column for each input "
            f"({', '.join(endpoint.input_names)}); only where there is one input that takes files do the files suffice."
        )
    several = getattr(endpoint.inputs[0], "several", False)
    paths = [path for path in directory.iterdir() if path.is_file() and not path.name.startswith(".")]
    if links := [path.name for path in paths if file_in(directory, path.name) is None]:
        raise ConfigurationError(
            f"{where}, but {min(links)!r} in it is a symbolic link, which could show any file. Put the file there "
            "instead, or list the paths: examples=[…]."
        )
    return [
        RawExample(values=[[path] if several else path], place=f"the file {path.name}")
        for path in sorted(paths, key=lambda path: _natural(path.name))
    ]


def _of_log(endpoint: Endpoint, log: Table) -> list[RawExample]:
    names, entries = log.names, log.entries
    if names is None and entries and _is_header(endpoint, log, entries[0]):
        names, entries = tuple(map(str, entries[0].values)), entries[1:]
    _check_delimiter(endpoint, log)
    columns = _columns(endpoint, names)
    missing = [endpoint.input_names[i] for i, each in enumerate(endpoint.inputs) if i not in columns and each.flagged]
    if log.old and (missing or set(_expected_columns(endpoint)) - set(names or ())):
        logger.warning("%s has other columns than the demo, and is left out of the examples.", log.path)
        return []
    if missing and names is not None and entries:
        logger.warning("%s has no column for %s: the examples leave that as it is.", log.path, " and ".join(missing))
    return [_raw_example(endpoint, log, entry, columns) for entry in entries if entry.sound]


def _check_delimiter(endpoint: Endpoint, log: Table) -> None:
    """Refuse a log without columns, such as a spreadsheet's with semicolons."""
    cells = [entry.values for entry in log.entries if log.names is None and len(endpoint.inputs) > 1]
    if cells and all(len(row) == 1 and re.search(r"[;\t]", str(row[0])) for row in cells):
        raise ConfigurationError(
            f"{endpoint.title}: {log.path.name} has one column, but there are {len(endpoint.inputs)} inputs "
            f"({', '.join(endpoint.input_names)}). Separate its cells by commas."
        )


def _raw_example(endpoint: Endpoint, log: Table, entry: Entry, columns: dict[int, int]) -> RawExample:
    places = [columns.get(i, len(entry.values)) for i in range(len(endpoint.inputs))]
    return RawExample(
        values=[entry.values[column] if column < len(entry.values) else NOTHING for column in places],
        place=f"row {entry.number} of {log.path.name}, counted from 0,",
        kind="held" if entry.typed else "cell",
        folder=log.path.parent,
    )


def _columns(endpoint: Endpoint, names: Sequence[str] | None) -> dict[int, int]:
    """Return the column of each input, by its name or position.

    The position counts only if its column has no other name of the demo.
    """
    inputs = range(len(endpoint.inputs))
    if names is None:
        return {i: i for i in inputs}
    titles = _headings(endpoint)
    names_of = {i: (endpoint.input_names[i], titles[i]) for i in inputs}
    by_name = {i: names.index(name) for i in inputs for name in names_of[i] if name in names}
    others = {names[column] for column in by_name.values()} | set(endpoint.output_names) | set(titles[len(inputs) :])
    free = {i: i for i in inputs if i not in by_name and i < len(names) and names[i] not in others}
    return by_name | free


def _headings(endpoint: Endpoint) -> list[str]:
    """Return the log's headers of inputs and outputs.

    Components that flags omit have their titles.
    """
    names = iter(headings(endpoint.columns))
    return [next(names) if each.flagged else each.title for each in (*endpoint.inputs, *endpoint.outputs)]


def _expected_columns(endpoint: Endpoint) -> list[str]:
    """Return the headers of the inputs in a log of this demo."""
    pairs = zip(endpoint.inputs, _headings(endpoint), strict=False)
    return [name for component, name in pairs if component.flagged]


def _is_header(endpoint: Endpoint, log: Table, first: Entry) -> bool:
    """Return whether the first record of a log is a header.

    A header names an input, or is no valid example.
    """
    cells: list[Any] = list(first.values)
    names = {*endpoint.input_names, *_headings(endpoint)}
    if any(isinstance(cell, str) and cell in names for cell in cells):
        return True
    row = RawExample(values=cells, place="", kind="held" if first.typed else "cell", folder=log.path.parent)
    try:
        for component, cell in zip(endpoint.inputs, cells, strict=False):
            values.convert_value(component, row, cell)
    except _FIT_ERRORS:
        return True
    return False


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a key that puts 2.png before 10.png."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
