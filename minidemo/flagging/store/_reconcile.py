"""Edited logs: edits are respected, torn ends are removed."""

import json
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice, starmap
from pathlib import Path
from typing import BinaryIO, NamedTuple

from minidemo.flagging import _durable
from minidemo.flagging.store import _log, _manual_rows, _tables
from minidemo.flagging.store._database import Transaction
from minidemo.flagging.store._log import Line
from minidemo.flagging.store._match import Match, RowDigest, match
from minidemo.flagging.store._tables import LogEntry

logger = logging.getLogger("minidemo")


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """The content of a log: its header, its format and its rows.

    `ended` says that its last line has an end. `first` is where the first row begins, `size` the length of the file,
    in bytes.
    """

    header: list[str]
    delimiter: str
    ending: str
    lines: list[Line]
    ended: bool
    first: int
    size: int


def reconcile(transaction: Transaction, entry: LogEntry, *, mend: bool = True) -> LogEntry:
    """Update the database from a log, and return the log's entry.

    With `mend` the last line is completed, or removed if it is torn; foreign logs are left unchanged. The rows of a log
    that is not UTF-8 stay as the database knows them.
    """
    path = transaction.folder / str(entry.name)
    with open(_durable.open_plain(path, os.O_RDONLY), "rb") as file:
        head = _header(file, entry.names)
        if not _log.is_text(file):
            logger.warning("%s What was changed in it is not read.", _log.NotText(path).strerror)
            unread = replace(entry, delimiter=_log.NOT_TEXT + head.delimiter[-1], stamp=_log.stamp(path))
            return _tables.save_log(transaction, unread)
        file.seek(head.length)
        if head.cells != entry.names:
            entry = replace(entry, headings=_manual_rows.headings(head.cells))
        size = os.fstat(file.fileno()).st_size
        shorter = entry.stamp is not None and size < entry.stamp.size
        entry = replace(entry, delimiter=head.delimiter, ending=head.ending, unfinished=not head.ended)
        if entry.id is None:
            entry = _tables.save_log(transaction, entry)
        rows = _Rows(transaction, entry, shorter)
        found = match(starmap(RowDigest, _tables.digests(transaction, entry)), rows.read(file))
        _write_down(transaction, found)
        for batch in _batches(found.added):
            _manual_rows.add_rows(transaction, entry, batch)
    if rows.torn is not None and mend:
        take_out(transaction, path, rows.torn)
    elif rows.unfinished and mend:
        _durable.extend(path, entry.ending.encode())
    return _tables.save_log(
        transaction, replace(entry, unfinished=rows.unfinished and not mend, stamp=_log.stamp(path))
    )


def read(path: Path, names: Sequence[str]) -> Content:
    """Read a whole log; `names` helps to find its delimiter."""
    with open(_durable.open_plain(path, os.O_RDONLY), "rb") as file:
        head = _header(file, names)
        lines = list(_log.lines(file, head.delimiter))
        return Content(
            header=head.cells,
            delimiter=head.delimiter,
            ending=head.ending,
            lines=lines,
            ended=lines[-1].whole if lines else head.ended,
            first=head.length,
            size=file.seek(0, os.SEEK_END),
        )


def take_out(transaction: Transaction, path: Path, start: int) -> None:
    """Truncate a log, and keep a copy of the rest aside."""
    with open(_durable.open_plain(path, os.O_RDONLY), "rb") as file:
        file.seek(start)
        copy = _durable.keep_aside(transaction.hidden, f"{path.stem}.tail", file.read())
    _durable.cut(path, start)
    logger.warning("%s ended in the middle of a flag. What was there of it is now in %s.", path, copy)


class _Header(NamedTuple):
    """The first line of a log, and the format of the others."""

    cells: list[str]
    delimiter: str
    ending: str
    length: int
    ended: bool


def _header(file: BinaryIO, names: Sequence[str]) -> _Header:
    """Read the header, and move the file's position behind it."""
    data = _log.header(file)
    delimiter = _log.delimiter(data, names)
    return _Header(
        cells=_log.cells(data, delimiter),
        delimiter=delimiter,
        ending="\r\n" if data.endswith(b"\r\n") else "\n",
        length=len(data),
        ended=data.endswith(b"\n") or not data,
    )


class _Rows:
    """The rows of a log; `torn` is a partial row's offset."""

    def __init__(self, transaction: Transaction, entry: LogEntry, shorter: bool) -> None:
        self._transaction = transaction
        self._entry = entry
        self._shorter = shorter
        self.unfinished = entry.unfinished
        self.torn: int | None = None

    def read(self, file: BinaryIO) -> Iterator[Line]:
        """Yield the complete rows."""
        for line in _log.lines(file, self._entry.delimiter):
            self.unfinished = not line.whole
            if self.unfinished and self._is_torn(line):
                self.torn = line.start
            else:
                yield line

    def _is_torn(self, line: Line) -> bool:
        """Tell whether more than the line ending is missing."""
        if _tables.has_digest(self._transaction, self._entry, _log.digest(line.cells)):
            return False
        odd = len(line.cells) != len(self._entry.headings) or any("\0" in cell for cell in line.cells)
        return self._shorter or odd or not line.closed or _log.has_stray_bytes(line.cells)


def _batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield rows in batches."""
    rest = iter(lines)
    while batch := list(islice(rest, 5000)):
        yield batch


def _write_down(transaction: Transaction, found: Match) -> None:
    now = _tables.timestamp(datetime.now(UTC))
    transaction.db.executemany("UPDATE flags SET gone = NULL WHERE row = ?", [(row,) for row in found.back])
    transaction.db.executemany("UPDATE flags SET gone = ? WHERE row = ?", [(now, row) for row in found.missing])
    edits = [(json.dumps(line.cells), _log.digest(line.cells), line.length, row) for row, line in found.edited.items()]
    transaction.db.executemany("UPDATE flags SET data = NULL, cells = ?, digest = ?, length = ? WHERE row = ?", edits)
