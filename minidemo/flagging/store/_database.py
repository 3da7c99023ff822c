"""The database of a folder, and the lock between its writers."""

import errno
import os
import random
import sqlite3
import threading
import time
import traceback
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from minidemo.flagging import _durable
from minidemo.flagging.store import _schema

PATIENCE = 4.0
"""Seconds that a writer waits for others."""
BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_ERRNO = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_BUSY: errno.EAGAIN,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
}


class Unreadable(Exception):
    """The database is damaged; `identity` names its file."""

    def __init__(self, message: str, identity: str = "") -> None:
        super().__init__(message)
        self.identity = identity


@dataclass(slots=True)
class Transaction:
    """A change of a folder by the writer that holds its lock.

    `number` is the number of the next row, `serial` counts the committed transactions, `last` is the latest id of a
    flag, `nbytes` is the size of all rows and their files. `token` names the database, `identity` tells its file from
    a copy.
    """

    folder: Path
    db: sqlite3.Connection
    number: int = 0
    token: str = ""
    serial: int = 0
    last: str | None = None
    identity: str = ""
    nbytes: int = 0

    @property
    def hidden(self) -> Path:
        """The folder of the database."""
        return _durable.within(self.folder, ".minidemo")

    @property
    def path(self) -> Path:
        """The database."""
        return _durable.within(self.folder, ".minidemo/flags.db")

    def commit(self) -> None:
        """Write the changes through to the disk."""
        self.serial += 1
        self.identity = identity(self.path)
        self.db.execute("UPDATE ledger SET number = ?, size = -1", (self.number,))
        state = (self.serial, self.last, self.identity, self.nbytes)
        self.db.execute("UPDATE state SET serial = ?, last = ?, identity = ?, nbytes = ?", state)
        _retry(self.db, "COMMIT")

    def begin(self) -> None:
        """Take the lock, and read the state."""
        _retry(self.db, "BEGIN IMMEDIATE")
        if _schema.prepare(self.db):
            _retry(self.db, "COMMIT")
            _retry(self.db, "BEGIN IMMEDIATE")
        query = "SELECT number, token, serial, last, identity, nbytes FROM state, ledger"
        state = self.db.execute(query).fetchone()
        self.number, self.token, self.serial, self.last, self.identity, self.nbytes = state


class Lock:
    """The lock of a folder, for one transaction at a time.

    The connection stays open between transactions, until the process forks or the file is replaced. Nothing else in
    this process may open the file: closing it would release the locks of other threads.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._hidden = folder / ".minidemo"
        self._path = self._hidden / "flags.db"
        self._connections: list[sqlite3.Connection] = []
        self._identity: tuple[int, str] | None = None
        self._reset()
        weakref.finalize(self, _close, self._connections)

    @contextmanager
    def transaction(self, *, erasing: bool = False) -> Iterator[Transaction]:
        """Hold the lock and yield a transaction; roll back uncommitted changes.

        With `erasing` no deleted data stays in the database's files. Raise `OSError` if the folder cannot be written
        to, `Unreadable` if the database is damaged.
        """
        if self._process != os.getpid():
            self._reset()
        with self._thread_lock, _as_os_error(self._path):
            transaction = Transaction(self._folder, self._open())
            try:
                if erasing:
                    _retry(transaction.db, "PRAGMA journal_mode = DELETE")
                transaction.begin()
                if self._identity != self._current_identity():
                    raise OSError(errno.EAGAIN, f"{self._path} was replaced just now. Try again.")
                yield transaction
                if transaction.db.in_transaction:
                    transaction.db.execute("ROLLBACK")
                if erasing:
                    _retry(transaction.db, "PRAGMA journal_mode = PERSIST")
            except BaseException as error:
                traceback.clear_frames(error.__traceback__)  # a query that one of them reads would keep the lock
                _close(self._connections)
                raise

    def _reset(self) -> None:
        """Replace the thread lock, which a lost thread may hold after forking."""
        self._process = os.getpid()
        self._thread_lock = threading.Lock()

    def _open(self) -> sqlite3.Connection:
        """Return the connection, opened if necessary."""
        _durable.refuse_link(self._hidden)
        _durable.refuse_link(self._path)
        if not self._connections or self._identity != self._current_identity():
            _close(self._connections)
            _durable.make_folder(self._hidden)
            self._connections.append(_connect(self._path))
            self._identity = self._current_identity()
        return self._connections[0]

    def _current_identity(self) -> tuple[int, str] | None:
        try:
            return self._process, identity(self._path)
        except FileNotFoundError:
            return None


def _close(connections: list[sqlite3.Connection]) -> None:
    while connections:
        connections.pop().close()


@contextmanager
def reading(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the database for reading, without a lock against writers."""
    path = folder / ".minidemo" / "flags.db"
    with _as_os_error(path):
        _durable.refuse_link(path)
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=PATIENCE)) as db:
            yield db


def set_aside(folder: Path, damaged: str) -> None:
    """Move a damaged database aside, unless another process has done so."""
    hidden = folder / ".minidemo"
    if identity(hidden / "flags.db") == damaged:
        for name in ("flags.db-journal", "flags.db"):
            if (hidden / name).exists():
                _durable.move_aside(hidden, hidden, name)


def identity(path: Path) -> str:
    """Return the device and inode of a file."""
    state = os.stat(path)
    return f"{state.st_dev}:{state.st_ino}"


def _connect(path: Path) -> sqlite3.Connection:
    """Open the database, readable by its owner only."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    db = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        # NORMAL writes the journal through before the database is touched, and the database before the commit returns.
        # FULL would do so twice with the journal, for file systems on which its records have no checksums to go by.
        for pragma in ("journal_mode = PERSIST", "synchronous = NORMAL", "secure_delete = ON"):
            _retry(db, f"PRAGMA {pragma}")
    except BaseException:
        db.close()
        raise
    return db


def _retry(db: sqlite3.Connection, statement: str) -> None:
    """Execute a statement, and retry while the database is locked.

    SQLite's own waits grow so long that one of many writers may starve.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            db.execute(statement)
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(random.uniform(0.002, 0.01))


@contextmanager
def _as_os_error(path: Path) -> Iterator[None]:
    """Raise SQLite's errors as `OSError`, or as `Unreadable`."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in BROKEN:
            raise Unreadable(f"{path} is damaged: {error}", identity(path)) from error
        raise OSError(_ERRNO.get(code, errno.EIO), f"{path}: {error}") from error
