"""The lock of a folder, between threads and processes."""

import errno
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from minidemo.flagging import _durable

PATIENCE = 20.0
"""Seconds that a writer waits for the others."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, which is created if missing.

    SQLite locks files on every system. Nothing is ever written to this one.
    """
    path = folder / ".minidemo" / "lock.db"
    _durable.refuse_link(path.parent)
    _durable.make_folder(path.parent)
    _durable.refuse_link(path)
    with closing(_locked(path)):
        yield


def _locked(path: Path) -> sqlite3.Connection:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return _try(path)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise OSError(errno.EACCES, f"{path} cannot be locked: {error}") from error
            if time.monotonic() > deadline:
                raise OSError(errno.EAGAIN, f"{path} is locked by another writer. Try again.") from error
        time.sleep(random.uniform(0.002, 0.01))  # SQLite's own waits grow so long that some writers starve


def _try(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        database.execute("BEGIN IMMEDIATE")
    except BaseException:
        database.close()
        raise
    return database
