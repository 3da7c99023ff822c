"""The database's tables: logs, flags and deliveries."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from minidemo.flagging.store._database import Transaction
from minidemo.flagging.store._log import Stamp

NAME = "logs.csv"
"""The log that rows are added to."""


class Heading(NamedTuple):
    """A column: its header, its folder and its kind, `value` or other."""

    name: str
    folder: str = ""
    kind: str = "value"


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEntry:
    """A log's entry; `unfinished` says that its last line has no end."""

    id: int | None = None
    name: str | None = NAME
    headings: tuple[Heading, ...]
    inputs: int | None = None
    delimiter: str = ","
    ending: str = "\n"
    unfinished: bool = False
    stamp: Stamp | None = None

    @property
    def names(self) -> list[str]:
        """The header."""
        return [heading.name for heading in self.headings]


def logs(transaction: Transaction) -> list[LogEntry]:
    """Return the existing logs of the database, the oldest first."""
    return [_entry(row) for row in transaction.db.execute("SELECT * FROM logs WHERE name IS NOT NULL ORDER BY id")]


def all_logs(db: sqlite3.Connection) -> dict[int, LogEntry]:
    """Return all logs of the database by id, including lost ones."""
    return {row[0]: _entry(tuple(row)) for row in db.execute("SELECT * FROM logs")}


def timestamp(when: datetime) -> str:
    """Return a time as sortable text for the database."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def current_log(transaction: Transaction) -> LogEntry | None:
    """Return the current log's entry, if there is one."""
    row = transaction.db.execute("SELECT * FROM logs WHERE name = ? ORDER BY id DESC LIMIT 1", (NAME,)).fetchone()
    return _entry(row) if row else None


def save_log(transaction: Transaction, entry: LogEntry) -> LogEntry:
    """Store a log's entry, and return it with its id."""
    columns = _columns(entry.headings)
    format = (entry.delimiter, entry.ending, entry.unfinished)
    values = (entry.id, entry.name, columns, entry.inputs, *format, *(entry.stamp or [None] * 3))
    cursor = transaction.db.execute("INSERT OR REPLACE INTO logs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    return replace(entry, id=cursor.lastrowid) if entry.id is None else entry


def mark_lost(transaction: Transaction, entry: LogEntry, now: str) -> None:
    """Mark a log as lost, and its rows as gone."""
    transaction.db.execute("UPDATE logs SET name = NULL WHERE id = ?", (entry.id,))
    transaction.db.execute("UPDATE flags SET gone = ? WHERE log = ? AND gone IS NULL", (now, entry.id))


def insert_flags(transaction: Transaction, flags: Iterable[dict[str, Any]]) -> None:
    """Store flags with the same fields."""
    rows = list(flags)
    transaction.nbytes += sum(row["length"] + row["nbytes"] for row in rows)
    marks = ", ".join(f":{name}" for name in rows[0])
    transaction.db.executemany(f"INSERT INTO flags ({', '.join(rows[0])}) VALUES ({marks})", rows)


def digests(transaction: Transaction, log: LogEntry) -> Iterator[tuple[int, int, bool]]:
    """Yield number, digest and whether gone for each row of a log."""
    query = "SELECT row, digest, gone IS NOT NULL FROM flags WHERE log = ? ORDER BY row"
    return ((row, digest, bool(gone)) for row, digest, gone in transaction.db.execute(query, (log.id,)))


def has_digest(transaction: Transaction, log: LogEntry, digest: int) -> bool:
    """Tell whether a log has a row with this digest."""
    query = "SELECT 1 FROM flags WHERE log = ? AND digest = ? LIMIT 1"
    return transaction.db.execute(query, (log.id, digest)).fetchone() is not None


def add_deliveries(transaction: Transaction, deliveries: Sequence[tuple[str, str]]) -> None:
    """Store pending deliveries, pairs of a flag's id and a sink."""
    transaction.db.executemany("INSERT OR IGNORE INTO deliveries VALUES (?, ?)", deliveries)


def mark_delivered(transaction: Transaction, id: str, sink: str) -> None:
    """Remove a pending delivery, and commit."""
    transaction.db.execute("DELETE FROM deliveries WHERE id = ? AND sink = ?", (id, sink))
    transaction.commit()


def update_flag(transaction: Transaction, id: str, told: dict[str, str]) -> None:
    """Change a flag's fields, and commit."""
    fields = ", ".join(f"{name} = ?" for name in told)
    transaction.db.execute(f"UPDATE flags SET {fields} WHERE id = ?", (*told.values(), id))
    transaction.commit()


def stored_files(transaction: Transaction) -> set[str]:
    """Return the files of all flags."""
    rows = transaction.db.execute("SELECT files FROM flags WHERE files IS NOT NULL")
    return {name for (names,) in rows for name in json.loads(names)}


@lru_cache(maxsize=64)
def _entry(row: tuple[Any, ...]) -> LogEntry:
    id, name, columns, inputs, delimiter, ending, unfinished, *state = row
    return LogEntry(
        id=id,
        name=name,
        headings=_headings(columns),
        inputs=inputs,
        delimiter=delimiter,
        ending=ending,
        unfinished=bool(unfinished),
        stamp=None if state[0] is None else Stamp(*state),
    )


@lru_cache(maxsize=64)
def _columns(headings: tuple[Heading, ...]) -> str:
    return json.dumps(headings)


@lru_cache(maxsize=64)
def _headings(columns: str) -> tuple[Heading, ...]:
    return tuple(Heading(*column) for column in json.loads(columns))
