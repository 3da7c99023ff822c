"""Deletion of flags: their rows, files and records."""

import json
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile, zip_longest
from pathlib import Path
from typing import BinaryIO

from minidemo.flagging import _durable
from minidemo.flagging.base import Removed
from minidemo.flagging.store import _log, _reconcile, _tables, _write_ahead
from minidemo.flagging.store._database import Transaction
from minidemo.flagging.store._log import Line
from minidemo.flagging.store._match import RowDigest, match
from minidemo.flagging.store._tables import LogEntry
from minidemo.flagging.store._write_ahead import PlannedChange

MOST = 10_000
"""The maximum number of flags in one deletion."""


def delete(transaction: Transaction, ids: Sequence[str]) -> Removed:
    """Delete flags in one step, which recovery finishes after a crash."""
    query = "SELECT row, files, length + nbytes FROM flags WHERE id IN (SELECT value FROM json_each(?))"
    found = transaction.db.execute(query, (json.dumps(ids),)).fetchall()
    files = tuple(name for _, names, _ in found for name in json.loads(names or "[]"))
    flags = tuple(row for row, _, _ in found)
    if flags:
        change = PlannedChange(
            kind="delete", token=transaction.token, serial=transaction.serial, files=files, flags=flags
        )
        _write_ahead.write(transaction, change)
        finish(transaction, change)
        transaction.nbytes -= sum(nbytes for _, _, nbytes in found)
        transaction.commit()
        _write_ahead.clear(transaction)
    return Removed(flags=len(flags), files=len(files), nbytes=sum(nbytes for _, _, nbytes in found))


def finish(transaction: Transaction, change: PlannedChange) -> None:
    """Delete the rows, files and records of a planned change."""
    for entry in _tables.logs(transaction):
        rows = _of_log(transaction, entry, change.flags)
        if rows:
            _remove_rows(transaction, entry, rows)
    _write_ahead.remove_files(transaction.folder, change.files)
    for table in ("deliveries WHERE id IN (SELECT id FROM flags WHERE row = ?)", "flags WHERE row = ?"):
        transaction.db.executemany(f"DELETE FROM {table}", [(row,) for row in change.flags])


def _of_log(transaction: Transaction, entry: LogEntry, rows: Collection[int]) -> set[int]:
    query = "SELECT row FROM flags WHERE log = ? AND gone IS NULL AND row = ?"
    return {row for row in rows if transaction.db.execute(query, (entry.id, row)).fetchone()}


def _remove_rows(transaction: Transaction, entry: LogEntry, rows: Collection[int]) -> None:
    """Remove rows of a log; the others stay byte for byte."""
    path = transaction.folder / str(entry.name)
    if _log.stamp(path) is None:
        return
    spans = [(line.start, line.start + line.length) for line in _find(transaction, entry, path, rows)]
    size = path.stat().st_size
    if spans and spans[0][0] + sum(end - start for start, end in spans) == size:
        _durable.cut(path, spans[0][0])
    elif spans:
        _durable.replace(path, _without(path, spans, size), transaction.hidden / "draft")
    _tables.save_log(transaction, replace(entry, stamp=_log.stamp(path)))


def _find(transaction: Transaction, entry: LogEntry, path: Path, rows: Collection[int]) -> list[Line]:
    """Return the lines of these rows, in order."""
    with open(_durable.open_plain(path, os.O_RDONLY), "rb") as file:
        found = _find_from_end(transaction, entry, file, set(rows))
    if found is None:
        found = _find_anywhere(transaction, entry, path)
    return sorted((found[row] for row in rows if row in found), key=lambda line: line.start)


def _find_from_end(
    transaction: Transaction, entry: LogEntry, file: BinaryIO, rows: Collection[int]
) -> dict[int, Line] | None:
    """Return the lines of rows by their length, None after edits."""
    query = "SELECT row, digest, length FROM flags WHERE log = ? AND gone IS NULL AND row >= ? ORDER BY row"
    tail = transaction.db.execute(query, (entry.id, min(rows))).fetchall()
    start = file.seek(0, os.SEEK_END) - sum(length for _, _, length in tail)
    file.seek(max(start, 0))
    found = {}
    for known, line in zip_longest(tail, _log.lines(file, entry.delimiter)):
        if known is None or line is None or _log.digest(line.cells) != known[1]:
            return None
        if known[0] in rows:
            found[known[0]] = line
    return found


def _find_anywhere(transaction: Transaction, entry: LogEntry, path: Path) -> dict[int, Line]:
    """Return the line of each row of an edited log."""
    known = [RowDigest(*row) for row in _tables.digests(transaction, entry)]
    lines = _reconcile.read(path, entry.names).lines
    alike = takewhile(lambda pair: _log.digest(pair[1].cells) == pair[0].digest, zip(known, lines, strict=False))
    found = match(known, lines)
    return {row.row: line for row, line in alike} | found.equal | found.edited


def _without(path: Path, spans: Sequence[tuple[int, int]], size: int) -> Iterator[bytes]:
    """Yield the bytes of a file outside of spans."""
    with open(_durable.open_plain(path, os.O_RDONLY), "rb") as file:
        starts = [0, *(end for _, end in spans)]
        ends = [*(start for start, _ in spans), size]
        for start, end in zip(starts, ends, strict=True):
            file.seek(start)
            while start < end:
                chunk = file.read(min(_durable.CHUNK, end - start))
                yield chunk
                start += len(chunk)
