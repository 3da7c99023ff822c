"""What comes first in each turn: what a crash left is undone or finished, and what others changed is taken note of."""

import logging
import os
import re
from datetime import UTC, datetime
from pathlib import Path

from minidemo.flagging import _durable
from minidemo.flagging.store import _copy, _database, _deletion, _log, _tables, _write_ahead
from minidemo.flagging.store._database import Turn
from minidemo.flagging.store._reconcile import reconcile
from minidemo.flagging.store._tables import NAME, LogEntry
from minidemo.flagging.store._write_ahead import Intent

logger = logging.getLogger("minidemo")
_LOG = re.compile(r"logs(-(\d+))?\.csv")


def settle(turn: Turn, *, everything: bool = False) -> None:
    """Bring a folder and its database to agree; with `everything` look at logs that are no longer written to, too.

    What was found is kept at once, whatever comes of the rest of the turn.
    """
    while _settle(turn, everything):
        turn.commit()
        turn.begin()


def _settle(turn: Turn, everything: bool) -> bool:
    """Do so once, and tell whether there was anything to write down."""
    before = turn.db.total_changes
    intent = _write_ahead.pending(turn)
    if intent is not None:
        (_undo if intent.kind == "add" else _deletion.finish)(turn, intent)
        for draft in [turn.hidden / "draft", *(turn.hidden / "aside").glob(".*.part")]:
            draft.unlink(missing_ok=True)
        _write_ahead.forget(turn)
    moved = turn.identity != _database.identity(turn.path)
    copied = moved and bool(turn.identity)
    known = _tables.logs(turn)
    if copied:
        _copy.check(turn)
    for entry in known:
        if everything or copied or entry.name == NAME:
            _look(turn, entry)
    if moved or NAME not in {entry.name for entry in known}:
        _begin(turn)
    if copied:
        _copy.complete(turn)
    return moved or turn.db.total_changes > before


def _look(turn: Turn, entry: LogEntry) -> None:
    """Take note of what has become of a log."""
    stamp = _log.stamp(_durable.within(turn.folder, str(entry.name)))
    if stamp is not None and stamp != entry.stamp:
        reconcile(turn, entry)
    elif stamp is None and not _find(turn, entry):
        _tables.lose(turn, entry, _tables.moment(datetime.now(UTC)))


def _find(turn: Turn, entry: LogEntry) -> bool:
    """Find a log that was renamed, by us just before a crash, or by somebody else."""
    for name in names(turn.folder):
        stamp = _log.stamp(turn.folder / name)
        if stamp and entry.stamp and stamp.inode == entry.stamp.inode:
            turn.db.execute("UPDATE logs SET name = ? WHERE id = ?", (name, entry.id))
            return True
    return False


def _begin(turn: Turn) -> None:
    """Adopt the logs of a folder that the database does not know."""
    known = {entry.name for entry in _tables.logs(turn)}
    for name in names(turn.folder):
        if name not in known and _log.stamp(turn.folder / name):
            reconcile(turn, LogEntry(name=name, headings=()), mend=False)


def names(folder: Path) -> list[str]:
    """Return the names of the logs in a folder, the oldest first, and the one that is written to last."""
    listed = os.listdir(folder) if folder.is_dir() else []
    found = [match for name in listed if (match := _LOG.fullmatch(name)) and _is_plain(folder / name)]
    return [match[0] for match in sorted(found, key=lambda match: int(match[2] or 10**9))]


def _is_plain(path: Path) -> bool:
    """Tell whether a file may be a log; what stands in the place of the one that is written to is looked at later."""
    return path.name == NAME or (path.is_file() and not path.is_symlink())


def _undo(turn: Turn, intent: Intent) -> None:
    """Take back a flag that was not brought to an end: its row, or the part of it that was written, and its files."""
    path = turn.folder / intent.log
    stamp = _log.stamp(path)
    before = intent.size or 0
    if stamp is not None and stamp.size >= before:
        with open(_durable.open_plain(path, os.O_RDONLY), "rb") as file:
            file.seek(before)
            tail = file.read()
        if not intent.data.startswith(tail):  # others have written since: what is whole stays
            _write_ahead.remove(turn.folder, [name for name in intent.files if name.encode() not in tail])
            return
        if tail:
            _durable.keep_aside(turn.hidden, f"{path.stem}.tail", tail)
            path.unlink() if intent.size is None else _durable.cut(path, before)
    _write_ahead.remove(turn.folder, intent.files)
