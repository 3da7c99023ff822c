"""Temporary files: one folder per process, locked while the process lives.

A killed process leaves its folder behind. The next one removes it, because nobody holds its lock.
"""

import atexit
import os
import re
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from threading import Lock, current_thread, main_thread
from types import FrameType

PREFIX = "minidemo-process-"
_SUFFIX = re.compile(r"\.[a-z0-9]{1,12}")
_folders: dict[tuple[int, str], tuple[Path, sqlite3.Connection]] = {}
"""Folders and their locks, by process and temporary directory."""
_guard = Lock()


def new_file(suffix: str = "", *, folder: Path | None = None) -> Path:
    """Return the path of a new, empty file."""
    known = suffix if _SUFFIX.fullmatch(suffix) else ""
    handle, name = tempfile.mkstemp(suffix=known, dir=_process_folder() if folder is None else folder)
    os.close(handle)
    return Path(name)


def new_folder() -> Path:
    """Return the path of a new folder."""
    return Path(tempfile.mkdtemp(dir=_process_folder()))


def remove_abandoned() -> None:
    """Delete the folders of processes that were killed."""
    own = [folder for folder, _ in _folders.values()]
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/"):
        if folder not in own and not folder.is_symlink() and _lock_file(folder).exists():
            with suppress(sqlite3.Error):  # its process lives, or is another user's
                _delete(folder, _lock(folder))


def remove_own() -> None:
    """Delete the folders of this process."""
    for key in [key for key in _folders if key[0] == os.getpid()]:  # forks inherit the dictionary, not the folders
        _delete(*_folders.pop(key))


@contextmanager
def removed_on_sigterm() -> Iterator[None]:
    """Delete this process's folders if SIGTERM ends it in the block."""
    if current_thread() is not main_thread():  # which alone may set handlers
        yield
        return
    before = signal.getsignal(signal.SIGTERM) or signal.SIG_DFL

    def end(number: int, _: FrameType | None) -> None:
        remove_own()
        signal.signal(number, before)
        signal.raise_signal(number)

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _process_folder() -> Path:
    """Return the folder of this process, made when first needed."""
    key = os.getpid(), tempfile.gettempdir()
    with _guard:
        if key in _folders and not _folders[key][0].is_dir():  # some clear the temporary directory
            _delete(*_folders.pop(key))
        if key not in _folders:
            folder = Path(key[1]).resolve() / f"{PREFIX}{token_hex(8)}"
            lock = _lock(folder)
            folder.mkdir(0o700)  # after the lock, so that no other process removes it
            _folders[key] = folder, lock
        return _folders[key][0]


def _lock(folder: Path) -> sqlite3.Connection:
    """Lock a folder, or raise `sqlite3.Error` if another process holds the lock.

    SQLite locks files on every system, and the system unlocks them when a process ends.
    """
    lock = sqlite3.connect(_lock_file(folder), timeout=0, isolation_level=None, check_same_thread=False)
    try:
        lock.execute("PRAGMA journal_mode = OFF")  # nothing is written
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        lock.close()
        raise
    return lock


def _delete(folder: Path, lock: sqlite3.Connection) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    lock.close()
    with suppress(OSError):
        _lock_file(folder).unlink()


def _lock_file(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")


atexit.register(remove_own)
