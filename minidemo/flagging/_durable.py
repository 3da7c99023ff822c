"""Writing files so that they are on the disk, whole, before anybody is told."""

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from minidemo.content.media import Media

CHUNK = 2**20
PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@lru_cache(maxsize=256)
def within(folder: Path, name: str) -> Path:
    """Return a path in a folder that is asked for again and again: to put it together anew takes long."""
    return folder / name


def append(path: Path, data: bytes) -> int:
    """Append bytes in one write, or create the file with them; wait for the disk, and return the length of the file.

    On an error the file is as it was before.
    """
    if os.path.lexists(path):
        return extend(path, data).st_size
    write(path, data)
    return len(data)


def extend(path: Path, data: bytes) -> os.stat_result:
    """Append bytes to a file that is there, in one write; wait for the disk, and return the state of the file.

    On an error the file is as it was before.
    """
    handle = open_plain(path, os.O_WRONLY | os.O_APPEND)
    try:
        before = os.fstat(handle).st_size
        try:
            if os.write(handle, data) < len(data):
                raise OSError(f"The disk took only a part of a row of {len(data)} bytes.")
            os.fsync(handle)
            return _check(handle, path)
        except BaseException:
            os.ftruncate(handle, before)
            raise
    finally:
        os.close(handle)


def create(path: Path, media: Media) -> tuple[str, int]:
    """Create a file with what a medium holds, wait for the disk, and return its SHA-256 and its size in bytes.

    The name of the file is on the disk only after a `sync_folder`.
    """
    digest, size = hashlib.sha256(), 0
    with open(path, "xb", opener=_modest) as file:
        for chunk in _chunks(media):
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def replace(path: Path, chunks: Iterable[bytes], temporary: Path) -> None:
    """Put a new file in the place of another, whole or not at all, and wait for the disk."""
    temporary.unlink(missing_ok=True)
    with open(temporary, "xb", opener=_modest) as file:
        file.writelines(chunks)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def keep_aside(hidden: Path, name: str, data: bytes) -> Path:
    """Keep a copy of what is taken out of a folder, under a free name."""
    place = free(hidden / "aside" / name)
    write(place, data)
    return place


def move_aside(hidden: Path, folder: Path, name: str) -> Path:
    """Move a file out of a folder, and return where it is kept."""
    place = free(hidden / "aside" / name)
    make_folder(place.parent)
    (folder / name).rename(place)
    return place


def free(path: Path) -> Path:
    """Return the path, or the first of its like with a number that does not exist."""
    names = (path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(1, 1_000_000))
    return path if not os.path.lexists(path) else next(name for name in names if not os.path.lexists(name))


def cut(path: Path, size: int) -> None:
    """Cut a file off, and wait for the disk."""
    handle = open_plain(path, os.O_WRONLY)
    try:
        os.ftruncate(handle, size)
        os.fsync(handle)
    finally:
        os.close(handle)


def check_room(folder: Path, needed: int) -> None:
    """Raise `OSError` if a disk would be left with less than 64 MB free, or 1 % of it where that is less."""
    usage = shutil.disk_usage(folder)
    if usage.free - needed < min(64 * 2**20, usage.total // 100):
        raise OSError(errno.ENOSPC, f"The disk of {folder} is almost full: {usage.free} bytes are free.")


def write(path: Path, data: bytes) -> None:
    """Create a file with these bytes, whole or not at all, and wait for the disk. There must be none of that name."""
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    temporary.unlink(missing_ok=True)
    try:
        with open(temporary, "xb", opener=_modest) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        raise


def open_plain(path: Path, flags: int) -> int:
    """Open a file that is there; refuse a link, a pipe and whatever else would lead out of the folder."""
    refuse_link(path)
    handle = os.open(path, flags | PLAIN)
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


def inside(folder: Path, name: str) -> bool:
    """Tell whether a name leads to a place below the folder, and through no link."""
    parts = Path(name).parts
    if not parts or Path(name).is_absolute() or ".." in parts:
        return False
    return not any((folder / Path(*parts[:n])).is_symlink() for n in range(1, len(parts) + 1))


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


def _chunks(media: Media) -> Iterator[bytes]:
    if media.path is None:
        yield media.read()
        return
    with open(media.path, "rb", opener=_source) as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _check(handle: int, path: Path) -> os.stat_result:
    """Raise `OSError` unless the file is a plain one, has no other name elsewhere, and was not deleted."""
    state = os.fstat(handle)
    if not stat.S_ISREG(state.st_mode) or state.st_nlink != 1:
        raise OSError(f"{path} is not a plain file with this one name; flags are stored inside their directory alone.")
    return state


def _source(path: str, flags: int) -> int:
    """Open a file to be copied; refuse what is none, such as a pipe that nobody writes to."""
    handle = os.open(path, flags | (PLAIN & ~getattr(os, "O_NOFOLLOW", 0)))
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise OSError(errno.EINVAL, f"{path} is no plain file, and cannot be stored.")


def _modest(path: str, flags: int) -> int:
    """Open a file that others may read, but not write."""
    return os.open(path, flags, 0o644)


def can_write(folder: Path) -> bool:
    """Tell whether a folder can be written to, or made where it is not there yet."""
    existing = next(place for place in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(place))
    return existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
