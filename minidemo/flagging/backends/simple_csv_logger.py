"""SimpleCSVLogger: the values of each flag as a row of log.csv."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from minidemo.flagging import _files, csv_cells
from minidemo.flagging._journal import CSVJournal
from minidemo.flagging.base import Column, FlaggingCallback


class SimpleCSVLogger(FlaggingCallback):
    """Appends values to `log.csv`, without header, reasons and users."""

    def setup(self, components: Sequence[Column], flagging_dir: str | Path) -> None:
        """Set the columns and the directory."""
        self._components = tuple(components)
        self._folder = Path(flagging_dir).absolute()
        self._names = _files.folders("log.csv", [component.label for component in components])
        self._log = CSVJournal(self._folder / "log.csv", width=len(self._components))

    def flag(self, flag_data: Sequence[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Write a row and its files, and return its number, from 0."""
        cells = _files.cells(self._components, flag_data)
        with self._log.locked() as number:
            places = _files.numbered(self._folder, self._names, cells, number)
            with _files.stored(self._folder, places, cells):
                self._log.append(csv_cells.row(map(_files.text, cells, places), self._log.ending))
        return number
