"""Writing files so that they are on the disk, whole, before anybody is told."""

import os
import stat
from pathlib import Path

_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def append(path: Path, data: bytes) -> int:
    """Append bytes in one write, or create the file with them; wait for the disk, and return the length of the file.

    On an error the file is as it was before.
    """
    if not os.path.lexists(path):
        write(path, data)
        return len(data)
    handle = open_plain(path, os.O_WRONLY | os.O_APPEND)
    try:
        before = os.fstat(handle).st_size
        try:
            if os.write(handle, data) < len(data):
                raise OSError(f"The disk took only a part of a row of {len(data)} bytes.")
            os.fsync(handle)
            _check(handle, path)
        except BaseException:
            os.ftruncate(handle, before)
            raise
        return before + len(data)
    finally:
        os.close(handle)


def write(path: Path, data: bytes) -> None:
    """Create a file with these bytes, whole or not at all, and wait for the disk. There must be none of that name."""
    make_folder(path.parent)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    draft.unlink(missing_ok=True)
    try:
        with open(draft, "xb", opener=_modest) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        raise


def open_plain(path: Path, flags: int) -> int:
    """Open a file that is there; refuse a link, a pipe and whatever else would lead out of the folder."""
    refuse_link(path)
    handle = os.open(path, flags | _PLAIN)
    try:
        _check(handle, path)
    except BaseException:
        os.close(handle)
        raise
    return handle


def refuse_link(path: Path) -> None:
    """Raise `OSError` for a symbolic link."""
    if path.is_symlink():
        raise OSError(f"{path} is a symbolic link; flags are stored inside their directory alone.")


def make_folder(folder: Path, mode: int = 0o755) -> None:
    """Create a folder, and those above it, unless they are there; wait until their names are on the disk."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(mode, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can say so."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _check(handle: int, path: Path) -> None:
    """Raise `OSError` unless the file is a plain one, has no other name elsewhere, and was not deleted."""
    state = os.fstat(handle)
    if not stat.S_ISREG(state.st_mode) or state.st_nlink != 1:
        raise OSError(f"{path} is not a plain file with this one name; flags are stored inside their directory alone.")


def _modest(path: str, flags: int) -> int:
    """Open a file that others may read, but not write."""
    return os.open(path, flags, 0o644)


def can_write(folder: Path) -> bool:
    """Tell whether a folder can be written to, or made where it is not there yet."""
    existing = next(place for place in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(place))
    return existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
