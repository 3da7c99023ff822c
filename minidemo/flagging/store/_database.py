"""The database of a folder of flags: the truth about each, and the lock between all who write there."""

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
"""How long a writer waits for others, in seconds."""
BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_ERRNO = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_BUSY: errno.EAGAIN,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
}


class Unreadable(Exception):
    """The database is damaged; `identity` tells which file it was."""

    def __init__(self, message: str, identity: str = "") -> None:
        super().__init__(message)
        self.identity = identity


@dataclass(slots=True)
class Turn:
    """One writer's turn in a folder: nobody else writes there until it ends.

    `number` is that of the next row, `serial` counts the turns that were kept, `last` is the latest id of a flag,
    `nbytes` is what all rows and their files take. `token` is that of the database, `identity` tells its file from a
    copy of it.
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
        """Where the database and what belongs to it lie."""
        return _durable.within(self.folder, ".minidemo")

    @property
    def path(self) -> Path:
        """Where the database lies."""
        return _durable.within(self.folder, ".minidemo/flags.db")

    def commit(self) -> None:
        """Keep what was done."""
        self.serial += 1
        self.identity = identity(self.path)
        self.db.execute("UPDATE ledger SET number = ?, size = -1", (self.number,))
        state = (self.serial, self.last, self.identity, self.nbytes)
        self.db.execute("UPDATE state SET serial = ?, last = ?, identity = ?, nbytes = ?", state)
        _insist(self.db, "COMMIT")

    def begin(self) -> None:
        """Take the lock, and read how things stand."""
        _insist(self.db, "BEGIN IMMEDIATE")
        if _schema.prepare(self.db):
            _insist(self.db, "COMMIT")
            _insist(self.db, "BEGIN IMMEDIATE")
        query = "SELECT number, token, serial, last, identity, nbytes FROM state, ledger"
        state = self.db.execute(query).fetchone()
        self.number, self.token, self.serial, self.last, self.identity, self.nbytes = state


class Door:
    """The way into the database of a folder, through which one thread goes at a time.

    The connection is kept from turn to turn, but not into a process that was forked off, nor once the file is another.
    Nothing else in this process may open the file: closing it would release the locks that other threads hold on it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._hidden = folder / ".minidemo"
        self._path = self._hidden / "flags.db"
        self._kept: list[sqlite3.Connection] = []
        self._of: tuple[int, str] | None = None
        self._renew()
        weakref.finalize(self, _close, self._kept)

    @contextmanager
    def turn(self, *, erasing: bool = False) -> Iterator[Turn]:
        """Wait for a turn in the folder, and take it; what was not committed at its end is undone.

        With `erasing` nothing of what is deleted stays in the database's files. Raise `OSError` if the folder cannot be
        written to, `Unreadable` if the database is damaged.
        """
        if self._process != os.getpid():
            self._renew()
        with self._lock, _as_os_error(self._path):
            turn = Turn(self._folder, self._open())
            try:
                if erasing:
                    _insist(turn.db, "PRAGMA journal_mode = DELETE")
                turn.begin()
                if self._of != self._now():
                    raise OSError(errno.EAGAIN, f"{self._path} was replaced just now. Try again.")
                yield turn
                if turn.db.in_transaction:
                    turn.db.execute("ROLLBACK")
                if erasing:
                    _insist(turn.db, "PRAGMA journal_mode = PERSIST")
            except BaseException as error:
                traceback.clear_frames(error.__traceback__)  # a query that one of them reads would keep the lock
                _close(self._kept)
                raise

    def _renew(self) -> None:
        """Begin anew: after a fork the lock may be held by a thread that this process does not have."""
        self._process = os.getpid()
        self._lock = threading.Lock()

    def _open(self) -> sqlite3.Connection:
        """Return the connection, a new one if need be."""
        _durable.refuse_link(self._hidden)
        _durable.refuse_link(self._path)
        if not self._kept or self._of != self._now():
            _close(self._kept)
            _durable.make_folder(self._hidden, 0o700)
            self._kept.append(_connect(self._path))
            self._of = self._now()
        return self._kept[0]

    def _now(self) -> tuple[int, str] | None:
        try:
            return self._process, identity(self._path)
        except FileNotFoundError:
            return None


def _close(kept: list[sqlite3.Connection]) -> None:
    while kept:
        kept.pop().close()


@contextmanager
def reading(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the database for reading; writers go on."""
    path = folder / ".minidemo" / "flags.db"
    with _as_os_error(path):
        _durable.refuse_link(path)
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=PATIENCE)) as db:
            yield db


def set_aside(folder: Path, damaged: str) -> None:
    """Move a damaged database out of the way, unless somebody else has done so."""
    hidden = folder / ".minidemo"
    if identity(hidden / "flags.db") == damaged:
        for name in ("flags.db-journal", "flags.db"):
            if (hidden / name).exists():
                _durable.move_aside(hidden, hidden, name)


def identity(path: Path) -> str:
    """Return what tells a file from a copy of it, and from another of the same name."""
    state = os.stat(path)
    return f"{state.st_dev}:{state.st_ino}"


def _connect(path: Path) -> sqlite3.Connection:
    """Open the database, which only its owner may read."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    db = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        # NORMAL writes the journal through before the database is touched, and the database before the commit returns.
        # FULL would do so twice with the journal, for file systems on which its records have no checksums to go by.
        for pragma in ("journal_mode = PERSIST", "synchronous = NORMAL", "secure_delete = ON"):
            _insist(db, f"PRAGMA {pragma}")
    except BaseException:
        db.close()
        raise
    return db


def _insist(db: sqlite3.Connection, statement: str) -> None:
    """Wait for the lock in short naps: SQLite's own grow so long that a writer may never get a turn among many."""
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
    """Say what SQLite says of the disk in the words of the operating system."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in BROKEN:
            raise Unreadable(f"{path} is damaged: {error}", identity(path)) from error
        raise OSError(_ERRNO.get(code, errno.EIO), f"{path}: {error}") from error
