"""Repair of a copied folder: each flag is whole or absent afterwards."""

import json
import os
import re
from collections.abc import Iterator
from itertools import takewhile
from operator import itemgetter
from pathlib import Path

from minidemo.flagging import _durable
from minidemo.flagging.store import _database, _manual_rows, _reconcile, _tables
from minidemo.flagging.store._database import Transaction
from minidemo.flagging.store._tables import NAME, LogEntry

_NUMBERED = re.compile(r"(\d+)(\.[a-z0-9]{1,12})?")


def check(transaction: Transaction) -> None:
    """Raise `Unreadable` for an inconsistent copy; otherwise update the counters.

    Its pages may be of different times although each is valid: the counters may be older than the rows.
    """
    (result,) = transaction.db.execute("PRAGMA integrity_check(1)").fetchone()
    if result != "ok":
        path = transaction.hidden / "flags.db"
        raise _database.Unreadable(f"{path} is damaged: {result}", _database.identity(path))
    query = "SELECT coalesce(max(row) + 1, 0), max(id), coalesce(sum(length + nbytes), 0) FROM flags"
    number, last, transaction.nbytes = transaction.db.execute(query).fetchone()
    transaction.number = max(transaction.number, number)
    transaction.last = max(filter(None, (transaction.last, last)), default=None)


def complete(transaction: Transaction) -> None:
    """Remove the last rows without files, and files without rows."""
    entry = _tables.current_log(transaction)
    if entry is None:
        return
    length = sum(size for _, size in takewhile(itemgetter(0), _lacking(transaction, entry)))
    if length:
        path = transaction.folder / NAME
        _reconcile.take_out(transaction, path, path.stat().st_size - length)
        _reconcile.reconcile(transaction, entry)
    for name in unnamed(transaction, beyond=transaction.number):
        _durable.move_aside(transaction.hidden, transaction.folder, name)


def unnamed(transaction: Transaction, *, beyond: int = 0) -> list[str]:
    """Return the stored files of no row, from a number on."""
    entries = _tables.all_logs(transaction.db).values()
    folders = {heading.folder for entry in entries for heading in entry.headings if heading.folder}
    names = (name for folder in sorted(folders) for name in _stored(transaction.folder, folder, beyond))
    named = _tables.stored_files(transaction)
    return [name for name in names if name not in named]


def _stored(root: Path, folder: str, beyond: int) -> list[str]:
    """Return the numbered files in a column's folder."""
    if (root / folder).is_symlink() or not (root / folder).is_dir():
        return []
    names = []
    for item in os.scandir(root / folder):
        match = _NUMBERED.fullmatch(item.name)
        if match and int(match[1]) >= beyond:
            inner = os.listdir(item) if item.is_dir(follow_symlinks=False) else []
            names += [f"{folder}/{item.name}/{name}" for name in inner] or [f"{folder}/{item.name}"]
    return names


def _lacking(transaction: Transaction, entry: LogEntry) -> Iterator[tuple[bool, int]]:
    """Yield whether files are missing and the length, last row first."""
    query = "SELECT files, cells, length FROM flags WHERE log = ? AND gone IS NULL ORDER BY row DESC"
    for files, cells, length in transaction.db.execute(query, (entry.id,)):
        names = json.loads(files or "[]")
        if cells is not None:  # of a row that the copied database did not know yet
            columns = (heading for heading in entry.headings if (transaction.folder / heading.folder).is_dir())
            cell_of = dict(zip(entry.headings, json.loads(cells), strict=False))
            names += [
                name for heading in columns for name in _manual_rows.named_files(heading, cell_of.get(heading, ""))
            ]
        yield not all((transaction.folder / name).is_file() for name in names), length
