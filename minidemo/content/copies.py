"""Copies: the files that the function of one call gets, each written once."""

import shutil
import tempfile
import weakref
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import Lock

from minidemo.content import temporary

_current: ContextVar["Copies | None"] = ContextVar("copies", default=None)


class Copies:
    """Files for the function of one call, deleted with this object.

    Args:
        reserve: Reserves bytes on the disk, or raises `StoreFull`; a negative number frees them.
    """

    def __init__(self, reserve: Callable[[int], object] = lambda size: None) -> None:
        self.bytes = 0
        self._reserve = reserve
        self._folder: Path | None = None
        self._finalizer: Callable[[], object] = lambda: None
        self._paths: dict[Hashable, Path] = {}
        self._lock = Lock()

    @classmethod
    def current(cls) -> "Copies | None":
        """Return the copies of the call whose inputs are being decoded, or None."""
        return _current.get()

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Collect the files that are given away in the block."""
        token = _current.set(self)
        try:
            yield
        finally:
            _current.reset(token)

    def path(self, source: Hashable, name: str, write: Callable[[Path], object], *, size: int = 0) -> Path:
        """Return the path of a file made from a source, written the first time.

        Args:
            source: The file that it is made from.
            name: The name of the new file.
            write: Writes it to a path.
            size: The bytes that are known in advance.
        """
        with self._lock:
            key = source, name
            if key not in self._paths:
                self._paths[key] = self._write(name, write, size)
            return self._paths[key]

    @property
    def used(self) -> bool:
        """Whether a file was given away."""
        return bool(self._paths)

    def release(self) -> None:
        """Free the reserved bytes: from now on the run counts them."""
        with self._lock:
            if self.bytes:
                self._reserve(-self.bytes)
            self._reserve = lambda size: None

    def delete(self) -> None:
        """Free the reserved bytes, and delete the files."""
        self.release()
        self._finalizer()

    def _write(self, name: str, write: Callable[[Path], object], size: int) -> Path:
        if self._folder is None:
            self._folder = temporary.new_folder()
            self._finalizer = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._count(size)
        path = Path(tempfile.mkdtemp(dir=self._folder), name)
        try:
            write(path)
            self._count(path.stat().st_size - size)
        except BaseException:
            self._count(-size)
            shutil.rmtree(path.parent, ignore_errors=True)
            raise
        return path

    def _count(self, size: int) -> None:
        self._reserve(size)
        self.bytes += size
