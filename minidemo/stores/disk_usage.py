"""DiskUsage: the disk space of stored files."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from minidemo.content.media import Media

_Key: TypeAlias = Path | Media


class DiskUsage:
    """Counts references to files and the disk space of each path once."""

    def __init__(self) -> None:
        self.bytes = 0
        self._files: dict[_Key, tuple[int, int]] = {}
        """Number of references and bytes on disk, by file."""

    def add(self, files: Iterable[Media], *, others: int = 0) -> None:
        """Add a reference to each file, and the bytes of other files."""
        self.bytes += others
        for file in files:
            count, size = self._files.get(_key(file)) or (0, file.disk)
            self._files[_key(file)] = count + 1, size
            self.bytes += 0 if count else size

    def remove(self, files: Iterable[Media], *, others: int = 0) -> None:
        """Remove a reference from each file, and the bytes of other files."""
        self.bytes -= others
        for file in files:
            count, size = self._files.pop(_key(file))
            if count > 1:
                self._files[_key(file)] = count - 1, size
            else:
                self.bytes -= size

    def __contains__(self, file: Media) -> bool:
        return _key(file) in self._files


def _key(file: Media) -> _Key:
    return file.path if file.temporary and file.path else file
