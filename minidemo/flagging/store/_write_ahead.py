"""The plan of a change, written first and read after a crash."""

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
from minidemo.flagging.store._database import Transaction

_CHECKSUM_LENGTH = 32
_FIELDS = ("kind", "token", "serial", "log", "size", "files", "flags")


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedChange:
    """Rows and files to `add`, or flags to `delete` with their files.

    It belongs to the transaction with this `serial` of the database with this `token`. `size` is the length of the log
    before the change, or None if there was no log.
    """

    kind: Literal["add", "delete"]
    token: str
    serial: int
    log: str = ""
    size: int | None = None
    files: tuple[str, ...] = ()
    flags: tuple[int, ...] = ()
    data: bytes = b""


def write(transaction: Transaction, change: PlannedChange) -> None:
    """Write a plan, through to the disk if it concerns files."""
    head = {name: getattr(change, name) for name in _FIELDS} | {"length": len(change.data)}
    path = _path(transaction)
    fresh = not os.path.lexists(path)
    handle = os.open(path, os.O_WRONLY | (os.O_CREAT | os.O_EXCL if fresh else 0) | _durable.PLAIN, 0o600)
    with FileIO(handle, "w") as file:
        _overwrite(file, json.dumps(head).encode() + b"\n" + change.data)
        if change.files or change.kind == "delete":
            os.fsync(handle)
    if fresh:
        _durable.sync_folder(path.parent)


def read(transaction: Transaction) -> PlannedChange | None:
    """Return the plan of an unfinished change, if there is one."""
    try:
        with open(_path(transaction), "rb") as file:
            checksum, head = file.read(_CHECKSUM_LENGTH), file.readline()
            fields = json.loads(head)
            if (fields["token"], fields["serial"]) != (transaction.token, transaction.serial):
                return None
            data = file.read(fields.pop("length"))
            if checksum != _checksum(head + data):
                return None
            return PlannedChange(
                **fields | {"files": tuple(fields["files"]), "flags": tuple(fields["flags"]), "data": data}
            )
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None


def _overwrite(file: FileIO, data: bytes) -> None:
    """Write a plan and its checksum over the old one, without truncating."""
    data = _checksum(data) + data
    if file.write(data) < len(data):
        raise OSError(errno.ENOSPC, f"The disk took only a part of a note of {len(data)} bytes.")


def _checksum(data: bytes) -> bytes:
    return blake2b(data, digest_size=_CHECKSUM_LENGTH // 2).hexdigest().encode()


def clear(transaction: Transaction) -> None:
    """Remove the plan."""
    _path(transaction).unlink(missing_ok=True)


def remove_files(folder: Path, files: Sequence[str]) -> list[str]:
    """Remove a plan's files inside the folder, and return them."""
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
    """Remove an empty folder and its empty parents below the root."""
    while path != folder and not (path.exists() and any(path.iterdir())):
        if path.exists():
            path.rmdir()
        path = path.parent


def _path(transaction: Transaction) -> Path:
    return _durable.within(transaction.folder, ".minidemo/pending")
