"""Journals: files to which several threads and processes append records."""

import itertools
import json
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from minidemo.flagging import _durable, _lock, csv_cells

LONGEST = 2**20
"""The maximum length of a header, in bytes."""


class Journal:
    """A file with a JSON object per line; torn ends are removed."""

    ending = "\n"
    """The line ending of a record."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._thread_lock = threading.Lock()  # threads wait for it without polling, unlike processes
        self._lead = b""
        self._size = self._records = 0

    @contextmanager
    def locked(self) -> Iterator[int]:
        """Hold the lock, and yield the number of the next record."""
        with self._thread_lock, _lock.held(self.path.parent):
            yield self._look()

    def append(self, record: bytes) -> None:
        """Append a record while holding the lock, and wait for the disk."""
        _durable.append(self.path, self._lead + record)

    def _look(self) -> int:
        """Set the prefix of the next record, and return its number."""
        rest = self._read()
        kept = bool(rest) and self._mend(rest)
        self._lead = self.ending.encode() if kept else b""
        return self._records + kept

    def _read(self) -> bytes:
        """Count the records appended since the last call, and return the rest."""
        if not os.path.lexists(self.path):
            self._size = self._records = 0
            return b""
        with open(_durable.open_plain(self.path, os.O_RDONLY), "rb") as file:
            if file.seek(0, os.SEEK_END) < self._size:
                self._size = self._records = 0
            file.seek(self._size)
            return b"".join(self._count(file))

    def _count(self, lines: Iterable[bytes]) -> list[bytes]:
        record: list[bytes] = []
        opened = False
        for line in lines:
            record.append(line)
            opened ^= self._opens(line)
            if line.endswith(b"\n") and not opened:
                self._records += any(part.strip() for part in record)
                self._size += sum(map(len, record))
                record = []
        return record

    def _opens(self, line: bytes) -> bool:
        """Tell whether this line opens or closes a record of several lines."""
        return False

    def _mend(self, rest: bytes) -> bool:
        """Tell whether only the ending is missing; move torn records aside."""
        if _is_object(rest):
            return True
        _durable.keep_aside(self.path.parent / ".minidemo", self.path.name, rest)
        _durable.cut(self.path, self._size)
        return False


class CSVJournal(Journal):
    """A CSV file, renamed if its header differs or quotes are open."""

    def __init__(self, path: Path, header: Sequence[str] = ()) -> None:
        super().__init__(path)
        self._header = csv_cells.row(header) if header else b""

    def _look(self) -> int:
        first = self._first()
        self.ending = "\r\n" if first.endswith(b"\r\n") else "\n"
        if first and self._header and first.rstrip(b"\r\n") != self._header.rstrip(b"\n"):
            self._set_aside()
        number = super()._look()
        self._lead = self._lead if number else self._header
        return max(number - bool(self._header), 0)

    def _first(self) -> bytes:
        if not os.path.lexists(self.path):
            return b""
        with open(_durable.open_plain(self.path, os.O_RDONLY), "rb") as file:
            return file.readline(LONGEST)

    def _opens(self, line: bytes) -> bool:
        return line.count(b'"') % 2 == 1

    def _mend(self, rest: bytes) -> bool:
        if self._opens(rest):
            self._set_aside()
            return False
        return True

    def _set_aside(self) -> None:
        names = (self.path.with_stem(f"{self.path.stem}-{n}") for n in itertools.count(1))
        spare = next(name for name in names if not os.path.lexists(name))
        self.path.rename(spare)
        self.ending, self._size, self._records = "\n", 0, 0
        print(f"{self.path.name} has other columns, or was cut off: its rows are kept as {spare.name}.")


def _is_object(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict)
    except ValueError:
        return False
