"""FlagStore: a folder of flags, independent of its demo."""

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

from minidemo.flagging import csv_cells
from minidemo.flagging.base import FlagRecord, Removed, Status
from minidemo.flagging.store import _database, _deletion, _doctor, _import, _reader, _recovery, _tables, _writer
from minidemo.flagging.store._database import Transaction
from minidemo.flagging.store._doctor import Finding
from minidemo.flagging.store._reader import Read
from minidemo.flagging.store._writer import Row

T = TypeVar("T")
STATUSES = ("new", "accepted", "rejected", "fixed")
logger = logging.getLogger("minidemo")


class FlagStore:
    """The flags in a folder: `logs.csv`, its files, and the database.

    Any number of threads and processes may use one folder. Each call first repairs what a crash left, and records what
    a person edited. Errors of the disk raise `OSError`.

    Args:
        folder: The directory of `logs.csv`.
        read: Turns foreign cells into values; by default they are text and files.
    """

    def __init__(self, folder: str | Path, *, read: Read = _reader.text) -> None:
        self.folder = Path(folder).absolute()
        self._read = read
        self._lock = _database.Lock(self.folder)

    def add(self, rows: Sequence[Row]) -> list[FlagRecord]:
        """Write flags of the same columns, all or none, and return them."""
        return self._in_transaction(lambda transaction: _writer.write(transaction, rows))

    def records(
        self,
        *,
        ids: Collection[str] | None = None,
        row: int | None = None,
        username: str | None = None,
        session: str | None = None,
        before: datetime | None = None,
        status: Status | None = None,
        source: str | None = None,
    ) -> Iterator[FlagRecord]:
        """Yield the flags that match all conditions, in row order."""
        given = {"ids": ids, "row": row, "username": username, "session": session, "before": before}
        given |= {"status": status, "source": source}
        if self._is_there():
            self.settle()
            conditions = {name: value for name, value in given.items() if value is not None}
            yield from _reader.records(self.folder, conditions, self._read)
        else:
            logger.warning("There are no flags in %s: no logs.csv is there.", self.folder)

    def update(
        self, id: str, *, status: Status | None = None, note: str | None = None, reviewer: str | None = None
    ) -> FlagRecord:
        """Set a flag's review, and return it; raise `KeyError` for unknown ids."""
        if status is not None and status not in STATUSES:
            raise ValueError(f"status is {status!r}; expected one of {', '.join(STATUSES)}.")
        given = {"status": status, "note": note, "reviewer": reviewer}
        told = {name: csv_cells.escape(value) for name, value in given.items() if value is not None}
        if self._is_there() and told:
            self._in_transaction(lambda transaction: _tables.update_flag(transaction, id, told))
        for record in self.records(ids=[id]):
            return record
        raise KeyError(id)

    def delete(self, ids: Collection[str]) -> Removed:
        """Delete flags and their files; ignore unknown ids."""
        removed = Removed()
        wanted = sorted(ids)
        while wanted and self._is_there():
            some, wanted = wanted[: _deletion.MOST], wanted[_deletion.MOST :]
            removed += self._in_transaction(partial(_deletion.delete, ids=some), erasing=True)
        return removed

    def nbytes(self) -> int:
        """Return the size of all rows and files, in bytes."""
        if not self._is_there():
            return 0
        return self._in_transaction(lambda transaction: transaction.nbytes)

    def oldest(self, source: str, *, nbytes: int) -> list[str]:
        """Return the oldest flags of a source that take `nbytes` together."""
        if not self._is_there():
            return []
        query = "SELECT id, length + nbytes FROM flags WHERE source = ? ORDER BY row"
        found = self._in_transaction(lambda transaction: transaction.db.execute(query, (source,)).fetchall())
        sizes = accumulate(size for _, size in found)
        return [id for (id, size), sum_ in zip(found, sizes, strict=True) if sum_ - size < nbytes]

    def owed(self, sink: str) -> list[str]:
        """Return the ids of flags pending for a sink, the oldest first."""
        if not self._is_there():
            return []
        query = "SELECT id FROM deliveries JOIN flags USING (id) WHERE sink = ? AND gone IS NULL ORDER BY row"
        return [
            id for (id,) in self._in_transaction(lambda transaction: transaction.db.execute(query, (sink,)).fetchall())
        ]

    def paid(self, id: str, sink: str) -> None:
        """Note that a flag was delivered to a sink."""
        self._in_transaction(lambda transaction: _tables.mark_delivered(transaction, id, sink))

    def adopt(self, directory: str | Path, *, columns: Sequence[str] = ()) -> int:
        """Import the flags of another directory, and return their number.

        It may be Gradio's or minidemo's; files are copied, and flags of an earlier import are skipped.

        Args:
            directory: The directory to import.
            columns: The names of the values in a log without a header.
        """
        if self._is_there():
            self.settle()
        return _import.adopt(self.folder, Path(directory), columns, self.add)

    def doctor(self, *, repair: bool = False) -> list[Finding]:
        """Return the problems of the folder; with `repair`, repair them."""
        return _doctor.examine(self.folder, self._in_transaction, repair=repair) if self._is_there() else []

    def settle(self) -> None:
        """Make the folder and its database consistent, unless it is read-only."""
        try:
            self._in_transaction(lambda transaction: None, everything=True)
        except PermissionError:
            logger.info("%s may not be written to: what was edited there is not taken note of.", self.folder)

    def _is_there(self) -> bool:
        return (self.folder.is_dir() and (self.folder / ".minidemo").exists()) or bool(_recovery.names(self.folder))

    def _in_transaction(
        self, action: Callable[[Transaction], T], *, everything: bool = False, erasing: bool = False
    ) -> T:
        """Run an action in a transaction, after rebuilding a damaged database."""
        try:
            return self._attempt(action, everything, erasing)
        except _database.Unreadable as damage:
            logger.warning("%s It is kept in .minidemo/aside, and made anew from the logs.", damage)
            _database.set_aside(self.folder, damage.identity)
        return self._attempt(action, everything, erasing)

    def _attempt(self, action: Callable[[Transaction], T], everything: bool, erasing: bool) -> T:
        with self._lock.transaction(erasing=erasing) as transaction:
            _recovery.recover(transaction, everything=everything)
            return action(transaction)
