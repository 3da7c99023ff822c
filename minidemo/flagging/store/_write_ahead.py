"""What a writer is about to do, noted before it begins, so that the next one can undo or finish it after a crash."""

import errno
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from io import FileIO
from pathlib import Path
from typing import Literal

from minidemo.flagging import _durable
from minidemo.flagging.store._database import Turn

_SEAL = 32
_HEAD = ("kind", "token", "serial", "log", "size", "files", "flags")


@dataclass(frozen=True, kw_only=True, slots=True)
class Intent:
    """A change of a folder: rows and files to `add`, or flags to `delete` together with their files.

    It belongs to the turn with this `serial` of the database with this `token`. `size` is the length of the log before,
    or None if there was no log.
    """

    kind: Literal["add", "delete"]
    token: str
    serial: int
    log: str = ""
    size: int | None = None
    files: tuple[str, ...] = ()
    flags: tuple[int, ...] = ()
    data: bytes = b""


def note(turn: Turn, intent: Intent) -> None:
    """Note an intent; one that concerns files is on the disk before the first of them is touched."""
    head = {name: getattr(intent, name) for name in _HEAD} | {"length": len(intent.data)}
    path = _path(turn)
    fresh = not os.path.lexists(path)
    handle = os.open(path, os.O_WRONLY | (os.O_CREAT | os.O_EXCL if fresh else 0) | _durable.PLAIN, 0o600)
    with FileIO(handle, "w") as file:
        _write(file, json.dumps(head).encode() + b"\n" + intent.data)
        if intent.files or intent.kind == "delete":
            os.fsync(handle)
    if fresh:
        _durable.sync_folder(path.parent)


def pending(turn: Turn) -> Intent | None:
    """Return what a writer did not bring to an end, if there is such a thing."""
    try:
        with open(_path(turn), "rb") as file:
            seal, head = file.read(_SEAL), file.readline()
            told = json.loads(head)
            if (told["token"], told["serial"]) != (turn.token, turn.serial):
                return None
            data = file.read(told.pop("length"))
            if seal != _seal(head + data):
                return None
            return Intent(**told | {"files": tuple(told["files"]), "flags": tuple(told["flags"]), "data": data})
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None


def _write(file: FileIO, data: bytes) -> None:
    """Write a sealed note over what is there: to cut that off first would take time."""
    data = _seal(data) + data
    if file.write(data) < len(data):
        raise OSError(errno.ENOSPC, f"The disk took only a part of a note of {len(data)} bytes.")


def _seal(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SEAL // 2).hexdigest().encode()


def forget(turn: Turn) -> None:
    """Take the note away: there is nothing left to do."""
    _path(turn).unlink(missing_ok=True)


def remove(folder: Path, files: Sequence[str]) -> list[str]:
    """Remove files that an intent names, and return which there were; names that lead elsewhere are passed over."""
    safe = [name for name in files if _durable.inside(folder, name)]
    removed = [name for name in safe if (folder / name).is_file()]
    for name in removed:
        (folder / name).unlink()
    for above in {(folder / name).parent for name in safe}:
        _prune(above, folder)
    if removed:
        _durable.sync_folder(folder)
    return removed


def _prune(path: Path, folder: Path) -> None:
    """Remove a folder once it is empty, and those above it, up to that of the flags."""
    while path != folder and not (path.exists() and any(path.iterdir())):
        if path.exists():
            path.rmdir()
        path = path.parent


def _path(turn: Turn) -> Path:
    return _durable.within(turn.folder, ".minidemo/pending")
