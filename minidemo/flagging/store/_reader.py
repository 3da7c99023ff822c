"""The database's rows as flag records."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from minidemo.content.media import Media
from minidemo.flagging import _durable, csv_cells
from minidemo.flagging.base import FlagRecord
from minidemo.flagging.store import _database, _manual_rows, _tables, _values
from minidemo.flagging.store._tables import Heading, LogEntry
from minidemo.flagging.store._writer import TEXTS

PAGE = 500
"""The number of flags per page."""
Read: TypeAlias = Callable[[Heading, Any], Any]
"""Turns a foreign cell, text or files, into a value."""


def text(heading: Heading, cell: Any) -> Any:
    """Return the cell."""
    return cell


def records(folder: Path, conditions: dict[str, Any], read: Read) -> Iterator[FlagRecord]:
    """Yield matching flags in row order, read in pages to spare writers."""
    where, values = _where(conditions)
    last = -1
    while True:
        page, logs = _page(folder, where, [last, *values])
        for row in page:
            yield _record(folder, row, logs[row["log"]], read)
        if len(page) < PAGE:
            return
        last = page[-1]["row"]


def _where(conditions: dict[str, Any]) -> tuple[str, list[Any]]:
    """Return the SQL condition and its values."""
    parts, values = ["gone IS NULL"], []
    for name, value in conditions.items():
        if name == "ids":
            parts.append("id IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(sorted(value)))
        elif name == "before":
            parts.append("created < ?")
            values.append(_tables.timestamp(value))
        else:
            parts.append(f"{name} = ?")
            values.append(csv_cells.escape(value))
    return " AND ".join(parts), values


def _page(folder: Path, where: str, values: Sequence[Any]) -> tuple[list[sqlite3.Row], dict[int, LogEntry]]:
    with _database.reading(folder) as db:
        db.row_factory = sqlite3.Row
        query = f"SELECT * FROM flags WHERE row > ? AND {where} ORDER BY row LIMIT {PAGE}"
        return db.execute(query, values).fetchall(), _tables.all_logs(db)


def _record(folder: Path, row: sqlite3.Row, log: LogEntry, read: Read) -> FlagRecord:
    fields: dict[str, Any] = {name: row[name] and csv_cells.unescape(row[name]) for name in TEXTS}
    if row["data"] is None:
        values, details = _of_cells(folder, json.loads(row["cells"]), log, read)
        fields |= details
    else:
        values = _values.load(row["data"], folder)
    inputs = next((n for n in (row["inputs"], log.inputs) if n is not None), len(values))
    return FlagRecord(
        row=row["row"],
        id=row["id"],
        created=datetime.fromisoformat(row["created"]),
        inputs=values[:inputs],
        outputs=values[inputs:],
        expected=None if row["expected"] is None else _values.load(row["expected"], folder),
        duration=row["duration"] or 0.0,
        **fields,
    )


def _of_cells(
    folder: Path, cells: Sequence[str], log: LogEntry, read: Read
) -> tuple[tuple[Any, ...], dict[str, str | None]]:
    """Return the values and the details of a foreign row."""
    pairs = list(zip(log.headings, cells, strict=False))
    values = tuple(read(h, _cell(folder, h, cell)) for h, cell in pairs if h.kind == "value")
    details = {h.kind: csv_cells.decode(cell) or None for h, cell in pairs if h.kind in ("username", "comment")}
    return values, details | {h.kind: csv_cells.decode(cell) for h, cell in pairs if h.kind == "option"}


def _cell(folder: Path, heading: Heading, cell: str) -> str | Media | list[Media]:
    """Return the text of a cell, or the files that it names."""
    names = _manual_rows.named_files(heading, cell)
    if not names or not all(_durable.inside(folder, name) and (folder / name).is_file() for name in names):
        return csv_cells.decode(cell)
    files = [Media.of_path(folder / name) for name in names]
    return files if cell.startswith("[") else files[0]
