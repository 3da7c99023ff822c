"""Write files through to the disk, whole or not at all."""

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
    """Return a path in a folder from a cache; joining is slow."""
    return folder / name


def append(path: Path, data: bytes) -> int:
    """Append bytes to a file or create it, and return its size.

    On an error the file is as it was before.
    """
    if os.path.lexists(path):
        return extend(path, data).st_size
    write(path, data)
    return len(data)


def extend(path: Path, data: bytes) -> os.stat_result:
    """Append bytes to an existing file at once, and return its state.

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
    """Create a file from a medium, and return its SHA-256 and size.

    The name of the file is on the disk only after a `sync_folder`.
    """
    digest, size = hashlib.sha256(), 0
    with open(path, "xb", opener=private) as file:
        for chunk in _chunks(media):
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def replace(path: Path, chunks: Iterable[bytes], temporary: Path) -> None:
    """Replace a file atomically, and wait for the disk."""
    temporary.unlink(missing_ok=True)
    with open(temporary, "xb", opener=private) as file:
        file.writelines(chunks)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def keep_aside(hidden: Path, name: str, data: bytes) -> Path:
    """Store removed bytes in `.minidemo/aside`, under a free name."""
    place = free(hidden / "aside" / name)
    write(place, data)
    return place


def move_aside(hidden: Path, folder: Path, name: str) -> Path:
    """Move a file to `.minidemo/aside`, and return its new path."""
    place = free(hidden / "aside" / name)
    make_folder(place.parent)
    (folder / name).rename(place)
    return place


def free(path: Path) -> Path:
    """Return the path, numbered if it exists."""
    names = (path.with_name(f"{path.stem}-{n}{path.suffix}") for n in range(1, 1_000_000))
    return path if not os.path.lexists(path) else next(name for name in names if not os.path.lexists(name))


def cut(path: Path, size: int) -> None:
    """Truncate a file, and wait for the disk."""
    handle = open_plain(path, os.O_WRONLY)
    try:
        os.ftruncate(handle, size)
        os.fsync(handle)
    finally:
        os.close(handle)


def check_room(folder: Path, needed: int) -> None:
    """Raise `OSError` unless 64 MB, or 1 %, would stay free."""
    usage = shutil.disk_usage(folder)
    if usage.free - needed < min(64 * 2**20, usage.total // 100):
        raise OSError(errno.ENOSPC, f"The disk of {folder} is almost full: {usage.free} bytes are free.")


def write(path: Path, data: bytes) -> None:
    """Create a new file atomically, and wait for the disk."""
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    temporary.unlink(missing_ok=True)
    try:
        with open(temporary, "xb", opener=private) as file:
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
    """Open an existing plain file; refuse links, pipes and devices."""
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
    """Tell whether a name leads below the folder, through no symbolic link."""
    parts = Path(name).parts
    if not parts or Path(name).is_absolute() or ".." in parts:
        return False
    return not any((folder / Path(*parts[:n])).is_symlink() for n in range(1, len(parts) + 1))


def make_folder(folder: Path) -> None:
    """Create a folder and its parents for this user only, and wait for the disk."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(0o700, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk, if supported."""
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
    """Raise `OSError` unless the file is plain and has exactly one name."""
    state = os.fstat(handle)
    if not stat.S_ISREG(state.st_mode) or state.st_nlink != 1:
        raise OSError(f"{path} is not a plain file with this one name; flags are stored inside their directory alone.")
    return state


def _source(path: str, flags: int) -> int:
    """Open a source file to copy; refuse pipes and devices."""
    handle = os.open(path, flags | (PLAIN & ~getattr(os, "O_NOFOLLOW", 0)))
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise OSError(errno.EINVAL, f"{path} is no plain file, and cannot be stored.")


def private(path: str, flags: int) -> int:
    """Open a file that only its user can read."""
    return os.open(path, flags, 0o600)


def can_write(folder: Path) -> bool:
    """Tell whether a folder can be written to or created."""
    existing = next(place for place in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(place))
    return existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
