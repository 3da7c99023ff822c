"""Recovery at the start of a transaction: unfinished changes, and edits."""

import logging
import os
import re
from datetime import UTC, datetime
from pathlib import Path

from minidemo.flagging import _durable
from minidemo.flagging.store import _copy, _database, _deletion, _log, _tables, _write_ahead
from minidemo.flagging.store._database import Transaction
from minidemo.flagging.store._reconcile import reconcile
from minidemo.flagging.store._tables import NAME, LogEntry
from minidemo.flagging.store._write_ahead import PlannedChange

logger = logging.getLogger("minidemo")
_LOG = re.compile(r"logs(-(\d+))?\.csv")


def recover(transaction: Transaction, *, everything: bool = False) -> None:
    """Make a folder and its database consistent; `everything` includes old logs.

    The result is committed at once, independently of the rest of the transaction.
    """
    while _recover_once(transaction, everything):
        transaction.commit()
        transaction.begin()


def _recover_once(transaction: Transaction, everything: bool) -> bool:
    """Recover once, and tell whether the database changed."""
    before = transaction.db.total_changes
    change = _write_ahead.read(transaction)
    if change is not None:
        (_undo if change.kind == "add" else _deletion.finish)(transaction, change)
        for leftover in [transaction.hidden / "draft", *(transaction.hidden / "aside").glob(".*.part")]:
            leftover.unlink(missing_ok=True)
        _write_ahead.clear(transaction)
    moved = transaction.identity != _database.identity(transaction.path)
    copied = moved and bool(transaction.identity)
    known = _tables.logs(transaction)
    if copied:
        _copy.check(transaction)
    for entry in known:
        if everything or copied or entry.name == NAME:
            _look(transaction, entry)
    if moved or NAME not in {entry.name for entry in known}:
        _begin(transaction)
    if copied:
        _copy.complete(transaction)
    return moved or transaction.db.total_changes > before


def _look(transaction: Transaction, entry: LogEntry) -> None:
    """Update the database if a log has changed."""
    stamp = _log.stamp(_durable.within(transaction.folder, str(entry.name)))
    if stamp is not None and stamp != entry.stamp:
        reconcile(transaction, entry)
    elif stamp is None and not _find(transaction, entry):
        _tables.mark_lost(transaction, entry, _tables.timestamp(datetime.now(UTC)))


def _find(transaction: Transaction, entry: LogEntry) -> bool:
    """Find a renamed log by its inode."""
    for name in names(transaction.folder):
        stamp = _log.stamp(transaction.folder / name)
        if stamp and entry.stamp and stamp.inode == entry.stamp.inode:
            transaction.db.execute("UPDATE logs SET name = ? WHERE id = ?", (name, entry.id))
            return True
    return False


def _begin(transaction: Transaction) -> None:
    """Add the logs that the database does not know."""
    known = {entry.name for entry in _tables.logs(transaction)}
    for name in names(transaction.folder):
        if name not in known and _log.stamp(transaction.folder / name):
            reconcile(transaction, LogEntry(name=name, headings=()), mend=False)


def names(folder: Path) -> list[str]:
    """Return the names of a folder's logs, the oldest first."""
    listed = os.listdir(folder) if folder.is_dir() else []
    found = [match for name in listed if (match := _LOG.fullmatch(name)) and _is_plain(folder / name)]
    return [match[0] for match in sorted(found, key=lambda match: int(match[2] or 10**9))]


def _is_plain(path: Path) -> bool:
    """Tell whether a file may be a log; `logs.csv` is checked later."""
    return path.name == NAME or (path.is_file() and not path.is_symlink())


def _undo(transaction: Transaction, change: PlannedChange) -> None:
    """Undo an unfinished flag: remove its row, or part, and its files."""
    path = transaction.folder / change.log
    stamp = _log.stamp(path)
    before = change.size or 0
    if stamp is not None and stamp.size >= before:
        with open(_durable.open_plain(path, os.O_RDONLY), "rb") as file:
            file.seek(before)
            tail = file.read()
        if not change.data.startswith(tail):  # others have written since: what is whole stays
            _write_ahead.remove_files(transaction.folder, [name for name in change.files if name.encode() not in tail])
            return
        if tail:
            _durable.keep_aside(transaction.hidden, f"{path.stem}.tail", tail)
            path.unlink() if change.size is None else _durable.cut(path, before)
    _write_ahead.remove_files(transaction.folder, change.files)
