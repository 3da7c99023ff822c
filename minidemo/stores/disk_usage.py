"""Holdings: files that are kept, and what they take on the disk."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from minidemo.content.media import Media

_Key: TypeAlias = Path | Media


class Holdings:
    """Counts files, each as often as it is held; what lies at one place of the disk takes its room once."""

    def __init__(self) -> None:
        self.disk = 0
        self._known: dict[_Key, tuple[int, int]] = {}
        """How often a file is held, and what it takes."""

    def add(self, files: Iterable[Media]) -> None:
        """Hold files."""
        for file in files:
            times, disk = self._known.get(_key(file)) or (0, file.disk)
            self._known[_key(file)] = times + 1, disk
            self.disk += 0 if times else disk

    def remove(self, files: Iterable[Media]) -> None:
        """Let go of files, as often as they were added."""
        for file in files:
            times, disk = self._known.pop(_key(file))
            if times > 1:
                self._known[_key(file)] = times - 1, disk
            else:
                self.disk -= disk

    def __contains__(self, file: Media) -> bool:
        return _key(file) in self._known


def _key(file: Media) -> _Key:
    return file.path if file.temporary and file.path else file
