"""The ledger of a folder of flags: the lock between all its writers, and the count that saves reading the file."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 20.0
"""How long a writer waits for the others, in seconds."""


@dataclass(slots=True)
class Entry:
    """What is known of the log: the number of the next row, and the length in bytes when it was last written."""

    number: int
    size: int


@contextmanager
def transaction(folder: Path) -> Iterator[Entry]:
    """Hold the folder against all other writers; what the entry says at the end is kept, unless there is an error."""
    hidden = folder / ".minidemo"
    hidden.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(_connect(hidden / "flags.db")) as database:
        database.execute("BEGIN IMMEDIATE")
        try:
            database.execute("CREATE TABLE IF NOT EXISTS ledger (id INTEGER PRIMARY KEY, number INTEGER, size INTEGER)")
            found = database.execute("SELECT number, size FROM ledger WHERE id = 1").fetchone()
            entry = Entry(*found) if found else Entry(0, -1)
            yield entry
            database.execute("INSERT OR REPLACE INTO ledger VALUES (1, ?, ?)", (entry.number, entry.size))
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise


def _connect(path: Path) -> sqlite3.Connection:
    """Open the database anew for each flag: that survives forks, and folders that are moved or deleted."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    database = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    database.execute("PRAGMA synchronous = FULL")
    return database
