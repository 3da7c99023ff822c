"""CSVLogger: flags as rows of logs.csv, with a folder of files beside it for each column that has files."""

import json
import logging
import os
import re
import threading
from collections.abc import Sequence
from itertools import chain
from pathlib import Path, PurePath
from typing import Any

from minidemo.flagging import _cells, _durable, _ledger, _log
from minidemo.flagging.base import Column, FlaggingCallback
from minidemo.media import Media

NAME = "logs.csv"
logger = logging.getLogger("minidemo")


class CSVLogger(FlaggingCallback):
    """Appends each flag to `logs.csv`: the components' labels, then `flag` where reasons are offered.

    Files go to a folder that bears the component's label, numbered by row; the cell holds their path from the CSV. Any
    number of threads and processes may write to one folder. A flag is on the disk when `flag` returns.
    """

    def setup(self, components: Sequence[Column], flagging_dir: str | Path) -> None:
        """Remember where to write; the directory is created by the first flag, or warned of if it cannot be."""
        self._components = tuple(components)
        self._folder = Path(flagging_dir).absolute()
        self._turn = threading.Lock()  # threads of one process need not take naps, as processes do
        labels = [component.label for component in components]
        self._header = _cells.header(labels)
        self._folders = _cells.folders(labels)
        if not _durable.can_write(self._folder):
            logger.warning("Flags cannot be saved: %s is no directory that may be written to.", self._folder)

    def flag(self, flag_data: Sequence[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Write one row and its files, and return the row's number, counted from 0."""
        cells = [component.flag(value) for component, value in zip(self._components, flag_data, strict=True)]
        for media in _media(cells):
            media.read()
        extra = {"flag": flag_option, "username": username}
        given = {name: value for name, value in extra.items() if value is not None}
        names = _cells.unique([*self._header, *given])
        with self._turn, _ledger.transaction(self._folder) as entry:
            end = _log.prepare(self._folder / NAME, names, entry)
            entry.size = self._write(cells, [*given.values()], entry, end)
            entry.number += 1
        return entry.number - 1

    def _write(self, cells: Sequence[object], given: Sequence[str], entry: _ledger.Entry, end: _log.End) -> int:
        """Write the files and then the row, all or nothing, and return the new length of the log."""
        places = self._places(cells, entry)
        written: list[Path] = []
        try:
            for name, media in zip(chain(*places), _media(cells), strict=True):
                written.append(self._store(name, media))
            row = [*map(_cell, cells, places), *map(_cells.protect, given)]
            return _durable.append(self._folder / NAME, end.lead + _cells.row(row, end.ending))
        except BaseException:
            for path in written:
                path.unlink(missing_ok=True)
            raise

    def _places(self, cells: Sequence[object], entry: _ledger.Entry) -> list[list[str]]:
        """Return where the files of each cell go; a number that other files bear is passed over."""
        while True:
            starts = [f"{folder}/{entry.number}" for folder in self._folders]
            places = list(map(_names, starts, cells))
            if not any(os.path.lexists(self._folder / name) for name in chain(*places)):
                return places
            entry.number += 1

    def _store(self, name: str, media: Media) -> Path:
        for folder in PurePath(name).parents:
            if folder.name:
                _durable.refuse_link(self._folder / folder)
        _durable.write(self._folder / name, media.read())
        return self._folder / name


def _media(cells: Sequence[object]) -> list[Media]:
    return [item for cell in cells for item in (cell if isinstance(cell, list) else [cell]) if isinstance(item, Media)]


def _names(start: str, cell: object) -> list[str]:
    """Return a name for each file of a cell, seen from the log."""
    if isinstance(cell, list):
        return [f"{start}/{i}{_suffix(media)}" for i, media in enumerate(cell)]
    return [start + _suffix(cell)] if isinstance(cell, Media) else []


def _suffix(media: Media) -> str:
    return media.suffix if re.fullmatch(r"\.[a-z0-9]{1,12}", media.suffix) else ""


def _cell(cell: object, names: list[str]) -> object:
    """Return what stands in the log: text, a number, or where the files are."""
    if isinstance(cell, list):
        return json.dumps(names, ensure_ascii=False)
    return names[0] if isinstance(cell, Media) else _cells.protect(cell)
