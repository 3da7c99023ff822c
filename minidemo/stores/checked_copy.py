"""Copies of files whose paths were checked."""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def copy_checked(path: Path, target: Path) -> None:
    """Copy the file at a resolved path that was checked.

    Raise `FileNotFoundError` unless it is a plain file. A link that takes the place of the file, or of a folder above
    it, after the check is not followed.
    """
    with _open_plain(path) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy, 2**20)


@contextmanager
def _open_plain(path: Path) -> Iterator[BinaryIO]:
    try:
        handle = os.open(path, os.O_RDONLY | _PLAIN)
    except OSError as error:
        raise FileNotFoundError(f"{path} cannot be read: {error}") from error
    with open(handle, "rb") as file:
        state = os.fstat(handle)
        if not (stat.S_ISREG(state.st_mode) and path.resolve() == path and os.path.samestat(state, path.lstat())):
            raise FileNotFoundError(f"{path} is no plain file, or was replaced while it was read.")
        yield file
