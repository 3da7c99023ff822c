"""CSVLogger: flags as rows of logs.csv, with a folder of files beside it for each column that has files."""

import csv
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from minidemo.flagging import _cells, _durable, _ledger
from minidemo.flagging.base import Column, FlaggingCallback
from minidemo.media import Media

NAME = "logs.csv"


class CSVLogger(FlaggingCallback):
    """Appends each flag to `logs.csv`: the components' labels, then `flag` where reasons are offered.

    Files go to a folder that bears the component's label, numbered by row; the cell holds their path from the CSV. Any
    number of threads and processes may write to one folder. A flag is on the disk when `flag` returns.
    """

    def setup(self, components: Sequence[Column], flagging_dir: str | Path) -> None:
        """Remember where to write; the directory is created by the first flag."""
        self._components = tuple(components)
        self._folder = Path(flagging_dir)
        labels = [component.label for component in components]
        self._header = _cells.header(labels)
        self._folders = _cells.folders(labels)

    def flag(self, flag_data: Sequence[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Write one row and its files, and return the row's number, counted from 0."""
        cells = [component.flag(value) for component, value in zip(self._components, flag_data, strict=True)]
        for media in _media(cells):
            media.read()
        extra = {"flag": flag_option, "username": username}
        given = {name: value for name, value in extra.items() if value is not None}
        names = _cells.unique([*self._header, *given])
        with _ledger.transaction(self._folder) as entry:
            log = self._folder / NAME
            self._open(log, names, entry)
            number = entry.number
            written: list[Path] = []
            try:
                row = [self._cell(i, cell, number, written) for i, cell in enumerate(cells)]
                row += [_cells.protect(value) for value in given.values()]
                entry.size = _durable.append(log, _cells.row(row, _ending(log)))
            except BaseException:
                for path in written:
                    path.unlink(missing_ok=True)
                raise
            entry.number = number + 1
        return number

    def _cell(self, column: int, cell: object, number: int, written: list[Path]) -> object:
        """Write the files of a cell, and return what stands in the CSV."""
        folder = self._folders[column]
        if isinstance(cell, Media):
            return self._store(f"{folder}/{number}{cell.suffix}", cell, written)
        if isinstance(cell, list):
            names = [f"{folder}/{number}/{i}{media.suffix}" for i, media in enumerate(cell)]
            return json.dumps([self._store(name, media, written) for name, media in zip(names, cell, strict=True)])
        return _cells.protect(cell)

    def _store(self, name: str, media: Media, written: list[Path]) -> str:
        path = self._folder / name
        if path.parent.is_symlink():
            raise OSError(f"{path.parent} is a symbolic link; flags are stored inside their directory alone.")
        written.append(path)
        _durable.write(path, media.read())
        return name

    def _open(self, log: Path, names: list[str], entry: _ledger.Entry) -> None:
        """Make sure that the log has this header, and that the entry counts its rows."""
        size = log.stat().st_size if log.exists() else 0
        if size and size == entry.size and _first_record(log) == names:
            return
        if size and _first_record(log) != names:
            spare = _spare(log)
            log.rename(spare)
            print(f"The columns of {log.name} have changed: the rows so far are kept as {spare.name}.")
            size = 0
        if size:
            entry.number = max(entry.number, _count(log))
            if not _ends_with_newline(log):
                _durable.append(log, _ending(log).encode())
        else:
            entry.size = _durable.append(log, _cells.row(names))
            _durable.sync_folder(log.parent)


def _media(cells: Sequence[object]) -> list[Media]:
    return [item for cell in cells for item in (cell if isinstance(cell, list) else [cell]) if isinstance(item, Media)]


def _first_record(log: Path) -> list[str]:
    with log.open(encoding="utf-8", errors="replace", newline="") as file:
        return next(csv.reader(file), [])


def _ending(log: Path) -> str:
    """Return the row ending that the file has."""
    with log.open("rb") as file:
        return "\r\n" if file.readline().endswith(b"\r\n") else "\n"


def _ends_with_newline(log: Path) -> bool:
    with log.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"


def _count(log: Path) -> int:
    """Count the rows below the header, by the line ends outside quotes; needed when somebody else wrote the file."""
    data = log.read_bytes().rstrip(b"\r\n")
    return sum(part.count(b"\n") for part in data.split(b'"')[::2])


def _spare(log: Path) -> Path:
    names = (log.with_stem(f"{log.stem}-{n}") for n in range(1, 1_000_000))
    return next(name for name in names if not name.exists())
