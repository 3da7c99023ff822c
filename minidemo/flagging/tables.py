"""Tables: the logs of a directory, read without changing it."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minidemo.content.media import Media
from minidemo.flagging import _durable, csv_cells
from minidemo.flagging.base import Column
from minidemo.flagging.store import _import_formats
from minidemo.flagging.store._log import NotText
from minidemo.flagging.store._source import Import, Source

logger = logging.getLogger("minidemo")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A row: its number, and its values, `typed` or as cells.

    `sound` says that the run did not fail, or that a review found it to be right, and that none rejected it.
    """

    number: int
    values: tuple[Any, ...]
    typed: bool
    sound: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A log: its value names, None without a header, and its rows.

    One that is `old` is no longer written to, and its columns may be those of another demo.
    """

    path: Path
    names: tuple[str, ...] | None
    entries: list[Entry]
    old: bool


def tables(directory: Path) -> Iterator[Table]:
    """Yield the logs of a directory, of any backend, the newest last.

    Raises `OSError` for a log that is not UTF-8, unless it is old.
    """
    source = Source(directory)
    logs = _import_formats.logs(directory)
    for log in logs:
        old = log.stem[-1].isdigit() and log != logs[-1]
        try:
            imports = list(source.imports(log, ()))
        except NotText as error:
            if not old:
                raise
            logger.warning("%s Until then it is passed over.", error.strerror)
            continue
        headed = _import_formats.is_headed(log)
        names = _names(imports[0]) if headed and imports else () if headed else None
        entries = [_entry(number, each) for number, each in enumerate(imports)]
        yield Table(path=log, names=names, entries=entries, old=old)


def headings(columns: Sequence[Column]) -> list[str]:
    """Return the column names of components in a log."""
    return csv_cells.header([column.label for column in columns])


def file_in(directory: Path, name: str) -> Media | None:
    """Return a file below a directory, or None; follow no link."""
    try:
        there = _durable.inside(directory, name) and (directory / name).is_file()
    except (OSError, ValueError):  # a text may be too long for a name, or hold what none may hold
        return None
    return Media.of_path(directory / name) if there else None


def _names(each: Import) -> tuple[str, ...]:
    return tuple(heading.name for heading in each.row.headings if heading.kind == "value")


def _entry(number: int, each: Import) -> Entry:
    record = each.row.record
    failed = record.error is not None and record.status not in ("accepted", "fixed")
    return Entry(
        number=number,
        values=record.data,
        typed=each.row.typed,
        sound=not failed and record.status != "rejected",
    )
