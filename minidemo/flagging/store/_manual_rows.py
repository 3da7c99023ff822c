"""Rows that people have added to a log: they become flags."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from operator import itemgetter
from pathlib import Path
from typing import Any

from minidemo.flagging import _durable, _ids, csv_cells
from minidemo.flagging.store import _log, _tables
from minidemo.flagging.store._database import Transaction
from minidemo.flagging.store._log import Line
from minidemo.flagging.store._tables import Heading, LogEntry

_FILE = re.compile(r"[^/]+/(\d+)(/\d+)?(\.[a-z0-9]{1,12})?")
"""The path of a stored file: column folder, row number, suffix."""
_OURS = {"flag": "option", "username": "username"}


def add_rows(transaction: Transaction, entry: LogEntry, lines: Sequence[Line]) -> None:
    """Add rows as flags, numbered like their files or consecutively."""
    claimed = [list(existing_files(transaction.folder, entry, line.cells)) for line in lines]
    numbers = _numbers(claimed, transaction.number)
    created = _tables.timestamp(datetime.now(UTC))
    ids = _ids.following(transaction.last)
    flags = []
    for number, line, files in sorted(zip(numbers, lines, claimed, strict=True), key=itemgetter(0)):
        transaction.last = next(ids)
        flags.append(_flag(transaction, entry, line, files) | {"row": number, "created": created})
    transaction.number = max([transaction.number, *(number + 1 for number in numbers)])
    _tables.insert_flags(transaction, flags)


def headings(header: Sequence[str]) -> tuple[Heading, ...]:
    """Return the headings of a foreign log."""
    named = zip(header, csv_cells.folders(header), strict=True)
    return tuple(Heading(name, folder, _OURS.get(name, "value")) for name, folder in named)


def existing_files(folder: Path, entry: LogEntry, cells: Sequence[str]) -> Iterator[str]:
    """Yield the existing files that a row names in its columns' folders."""
    slashed = ((heading, cell) for heading, cell in zip(entry.headings, cells, strict=False) if "/" in cell)
    for heading, cell in slashed:
        for name in named_files(heading, cell):
            if _durable.inside(folder, name) and (folder / name).is_file():
                yield name


def named_files(heading: Heading, cell: str) -> list[str]:
    """Return the stored files that a cell names, possibly several in JSON."""
    if "/" not in cell or not heading.folder:
        return []
    paths = _list(cell) if cell.startswith("[") else [cell]
    return [path for path in paths if _FILE.fullmatch(path) and path.startswith(f"{heading.folder}/")]


def _flag(transaction: Transaction, entry: LogEntry, line: Line, files: Sequence[str]) -> dict[str, Any]:
    pairs = zip(entry.headings, line.cells, strict=False)
    details = {heading.kind: csv_cells.decode(cell) for heading, cell in pairs if heading.kind != "value"}
    return {
        "id": transaction.last,
        "log": entry.id,
        "digest": _log.digest(line.cells),
        "length": line.length,
        "nbytes": sum((transaction.folder / name).stat().st_size for name in files),
        "files": json.dumps(files) if files else None,
        "cells": json.dumps(line.cells),
        "option": details.get("option"),
        "username": details.get("username") or None,
        "source": "import",
        "status": "new",
    }


def _list(cell: str) -> list[str]:
    try:
        names = json.loads(cell)
    except (ValueError, RecursionError):
        return []
    return [name for name in names if isinstance(name, str)]


def _numbers(claimed: Sequence[Sequence[str]], first: int) -> list[int]:
    """Return a free number for each row, preferably its files' number."""
    numbers: list[int | None] = []
    used: set[int] = set()
    for files in claimed:
        candidates = {int(name.split("/")[1].split(".")[0]) for name in files}
        number = min((n for n in candidates if n >= first and n not in used), default=None)
        numbers.append(number)
        used |= {number} if number is not None else set()
    free = (n for n in count(first) if n not in used)
    return [next(free) if n is None else n for n in numbers]
