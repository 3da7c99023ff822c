"""Journals: files to which several threads and processes append records."""

import itertools
import json
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from minidemo.flagging import _durable, _lock, csv_cells
from minidemo.flagging.store import _log

LONGEST = 2**20
"""The maximum length of a header, in bytes."""
TAIL = 256
"""The number of bytes by which a file is known again."""


class Journal:
    """A file with a JSON object per line; torn ends are removed."""

    ending = "\n"
    """The line ending of a record."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._thread_lock = threading.Lock()  # threads wait for it without polling, unlike processes
        self._lead = b""
        self._restart()

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
        if not self._is_ours:
            self._set_aside()
            rest = b""
        kept = bool(rest) and self._mend(rest)
        self._lead = self.ending.encode() if kept else b""
        return self._records + kept

    def _read(self) -> bytes:
        """Count the records appended since the last call, and return the rest."""
        if not os.path.lexists(self.path):
            self._restart()
            return b""
        with open(_durable.open_plain(self.path, os.O_RDONLY), "rb") as file:
            file.seek(self._size - len(self._tail))
            if file.read(len(self._tail)) != self._tail:
                self._restart()
                file.seek(0)
            return b"".join(self._count(file))

    def _restart(self) -> None:
        """Count the records anew: the file is another than it was."""
        self._size = self._records = 0
        self._tail, self._is_ours = b"", True

    def _count(self, lines: Iterable[bytes]) -> list[bytes]:
        record: list[bytes] = []
        opened = False
        for line in lines:
            record.append(line)
            opened ^= self._opens(line)
            if line.endswith(b"\n") and not opened:
                whole = b"".join(record)
                self._is_ours &= self._fits(whole)
                self._records += bool(whole.strip())
                self._size += len(whole)
                self._tail = whole[-TAIL:]
                record = []
        return record

    def _fits(self, record: bytes) -> bool:
        """Tell whether a record is written as this journal writes."""
        try:
            record.decode()
        except UnicodeDecodeError:
            return False
        return True

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

    def _set_aside(self) -> None:
        """Rename the file, so that the next record begins a new one."""
        names = (self.path.with_stem(f"{self.path.stem}-{n}") for n in itertools.count(1))
        spare = next(name for name in names if not os.path.lexists(name))
        self.path.rename(spare)
        self.ending = "\n"
        self._restart()
        print(
            f"{self.path.name} has other columns, is not in UTF-8, or was cut off: its rows are kept as {spare.name}."
        )


class CSVJournal(Journal):
    """A CSV file, renamed if its header differs or quotes are open.

    Spreadsheets may put a BOM before the header. `width` is the number of columns where there is no header.
    """

    def __init__(self, path: Path, header: Sequence[str] = (), *, width: int = 1) -> None:
        super().__init__(path)
        self._width = width
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
            return file.readline(LONGEST).removeprefix(_log.BOM)

    def _fits(self, record: bytes) -> bool:
        is_first = self._records == 0 and bool(record.strip())
        return super()._fits(record) and not (is_first and len(_log.cells(record)) == 1 < self._width)

    def _opens(self, line: bytes) -> bool:
        return line.count(b'"') % 2 == 1

    def _mend(self, rest: bytes) -> bool:
        if self._opens(rest) or not self._fits(rest):
            self._set_aside()
            return False
        return True


def _is_object(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict)
    except ValueError:
        return False
