"""The doctor's checks, one per function; each yields the problems."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from minidemo.flagging import _durable
from minidemo.flagging.store import (
    _copy,
    _log,
    _reconcile,
    _recovery,
    _tables,
    _writer,
)
from minidemo.flagging.store._database import Transaction
from minidemo.flagging.store._log import Line
from minidemo.flagging.store._tables import LogEntry


class Trouble(NamedTuple):
    """A problem, and its repair if there is one."""

    kind: str
    detail: str
    mend: Callable[[], object] | None = None


def logs(transaction: Transaction) -> Iterator[Trouble]:
    """Check the logs: headers, width and end of rows, known rows."""
    known = _tables.logs(transaction)
    added = sorted(set(_recovery.names(transaction.folder)) - {str(entry.name) for entry in known})
    for entry in (*known, *(LogEntry(name=name, headings=()) for name in added)):
        path = transaction.folder / str(entry.name)
        mend = None if entry.delimiter[0] == _log.NOT_TEXT else partial(_reconcile.reconcile, transaction, entry)
        try:
            content = _reconcile.read(path, entry.names)
        except OSError as error:
            yield Trouble("log", f"{entry.name} cannot be read: {error}")
            continue
        if entry.id is None:
            yield Trouble("row", f"{entry.name} is not known to the database.", mend)
            continue
        if content.size and content.header != entry.names:
            yield Trouble("header", f"{entry.name} begins with another header than was noted.", mend)
        for number, line in enumerate(content.lines, 1):
            yield from _line(f"{entry.name}, row {number}", entry, line)
        if content.size and not content.ended:
            yield Trouble("end", f"{entry.name}: the last row has no end.", mend)
        if mend is not None:
            yield from _rows(transaction, entry, content.lines[: -1 if entry.unfinished else None], mend)


def gone(transaction: Transaction) -> Iterator[Trouble]:
    """Yield the flags whose rows were removed from the logs."""
    for row, since in transaction.db.execute("SELECT row, gone FROM flags WHERE gone IS NOT NULL ORDER BY row"):
        yield Trouble(
            "gone", f"Row {row} is no longer in its log ({since}), but its files and what is known of it are."
        )


def ids(transaction: Transaction) -> Iterator[Trouble]:
    """Check that ids are in row order."""
    last = ""
    for row, id in transaction.db.execute("SELECT row, id FROM flags ORDER BY row"):
        if id <= last:
            yield Trouble("id", f"Row {row} has the id {id}, which should come after {last}.")
        last = id


def orphans(transaction: Transaction) -> Iterator[Trouble]:
    """Yield stored files of no row, and temporary files of a crash."""
    known = _tables.stored_files(transaction)
    hidden = [f"{_writer.EXPECTED}/{name}" for name in _names(transaction.folder / _writer.EXPECTED)]
    temporary = [name for name in (".minidemo/draft",) if (transaction.folder / name).exists()]
    for name in [*_copy.unnamed(transaction), *(name for name in hidden if name not in known), *temporary]:
        if _durable.inside(transaction.folder, name):
            yield Trouble("orphan", f"{name} belongs to no row.", partial(_move_aside, transaction, name))


def links(folder: Path) -> Iterator[Trouble]:
    """Yield the symbolic links in the folder, which are never followed."""
    paths = (Path(above, name) for above, folders, names in os.walk(folder) for name in (*folders, *names))
    for path in sorted(path for path in paths if path.is_symlink()):
        yield Trouble("link", f"{path.relative_to(folder)} is a symbolic link to {os.readlink(path)}; remove it.")


def modes(folder: Path) -> Iterator[Trouble]:
    """Yield files and folders with too many permissions."""
    hidden = folder / ".minidemo"
    for path in (folder, *sorted(folder.rglob("*"))):
        if path.is_symlink():
            continue
        mode = path.stat().st_mode & 0o777
        most = 0o700 if path == hidden else 0o600 if path == hidden / "flags.db" else 0o755
        if mode & ~most:
            detail = f"{path.relative_to(folder)} has the mode {mode:o}, and should have {mode & most:o}."
            yield Trouble("mode", detail, partial(path.chmod, mode & most))


def aside(folder: Path) -> Iterator[Trouble]:
    """Report the content of `.minidemo/aside`."""
    place = folder / ".minidemo" / "aside"
    files = sorted(path for path in place.rglob("*") if path.is_file())
    if files:
        size = sum(path.stat().st_size for path in files)
        names = ", ".join(path.relative_to(place).as_posix() for path in files)
        yield Trouble("aside", f"{size} bytes are kept in .minidemo/aside: {names}")


def _move_aside(transaction: Transaction, name: str) -> None:
    """Move a file aside, and remove its row's folder if empty."""
    _durable.move_aside(transaction.hidden, transaction.folder, name)
    with suppress(OSError):
        (transaction.folder / name).parent.rmdir()


def _line(place: str, entry: LogEntry, line: Line) -> Iterator[Trouble]:
    if line.cells == entry.names:
        yield Trouble("header", f"{place} is the header once more; remove it.")
    if len(line.cells) != len(entry.names):
        yield Trouble("width", f"{place} has {len(line.cells)} cells, but the header has {len(entry.names)}.")
    if not line.closed:
        yield Trouble("log", f"{place}: a quote is not closed.")
    if _log.has_stray_bytes(line.cells):
        yield Trouble("log", f"{place} is not written in UTF-8.")


def _rows(
    transaction: Transaction, entry: LogEntry, lines: list[Line], mend: Callable[[], object]
) -> Iterator[Trouble]:
    known_rows = Counter(digest for _, digest, gone in _tables.digests(transaction, entry) if not gone)
    there = Counter(_log.digest(line.cells) for line in lines)
    if known_rows != there:
        number = max((known_rows - there).total(), (there - known_rows).total())
        yield Trouble("row", f"{entry.name}: {number} rows are not as the database knows them.", mend)


def _names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder)) if folder.is_dir() and not folder.is_symlink() else []
