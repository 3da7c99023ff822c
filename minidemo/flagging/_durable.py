"""Writing files so that they are on the disk, whole, before anybody is told."""

import os
from pathlib import Path


def append(path: Path, data: bytes) -> int:
    """Append bytes in one write, wait for the disk, and return the new length of the file.

    On an error the file is cut back to the length it had. A symbolic link is refused.
    """
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        before = os.fstat(handle).st_size
        try:
            if os.write(handle, data) < len(data):
                raise OSError(f"The disk took only a part of a row of {len(data)} bytes.")
            os.fsync(handle)
        except BaseException:
            os.ftruncate(handle, before)
            raise
        return before + len(data)
    finally:
        os.close(handle)


def write(path: Path, data: bytes) -> None:
    """Create a file with these bytes, whole or not at all, and wait for the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can say so."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
