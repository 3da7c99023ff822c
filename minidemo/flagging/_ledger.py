"""The ledger of a folder of flags: the lock between all its writers, and the count that saves reading the file."""

import logging
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from minidemo.flagging import _durable

PATIENCE = 20.0
"""How long a writer waits for the others, in seconds."""
logger = logging.getLogger("minidemo")


@dataclass(slots=True)
class Entry:
    """What is known of the log: the number of the next row, and the length in bytes when it was last written."""

    number: int
    size: int


@contextmanager
def transaction(folder: Path) -> Iterator[Entry]:
    """Hold the folder against all other writers; what the entry says at the end is kept, unless there is an error."""
    hidden = folder / ".minidemo"
    _durable.refuse_link(hidden)
    _durable.make_folder(hidden, 0o700)
    with closing(_connect(hidden / "flags.db")) as database:
        _begin(database)
        database.execute("CREATE TABLE IF NOT EXISTS ledger (id INTEGER PRIMARY KEY, number INTEGER, size INTEGER)")
        found = database.execute("SELECT number, size FROM ledger WHERE id = 1").fetchone()
        if found is None:
            (hidden / "flags.db").chmod(0o600)
        entry = Entry(*found or (0, -1))
        yield entry
        _keep(database, entry)


def _connect(path: Path) -> sqlite3.Connection:
    """Open the database anew for each flag: that survives forks, and folders that are moved or deleted.

    Nothing else in this process may open the file: closing it would release the locks that other threads hold on it.
    """
    _durable.refuse_link(path)
    database = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    database.execute("PRAGMA synchronous = FULL")
    return database


def _begin(database: sqlite3.Connection) -> None:
    """Wait for the lock in short naps: SQLite's own grow so long that a writer may never get a turn among many."""
    database.execute("PRAGMA busy_timeout = 0")
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            database.execute("BEGIN IMMEDIATE")
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(random.uniform(0.002, 0.01))
    database.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")


def _keep(database: sqlite3.Connection, entry: Entry) -> None:
    """Keep what the entry says; if that fails, the flag is on the disk all the same, and the next one counts anew."""
    try:
        database.execute("INSERT OR REPLACE INTO ledger VALUES (1, ?, ?)", (entry.number, entry.size))
        database.execute("COMMIT")
    except sqlite3.Error:
        logger.warning("The number of the next flag could not be kept; it is counted anew.", exc_info=True)
