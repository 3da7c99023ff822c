"""ClassicCSVLogger: flags in the layout of Gradio's logger of that name."""

import json
import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from minidemo.content.media import Media
from minidemo.flagging import _files, csv_cells
from minidemo.flagging._files import Place
from minidemo.flagging._journal import CSVJournal
from minidemo.flagging.base import Column, FlaggingCallback


class ClassicCSVLogger(FlaggingCallback):
    """Appends flags to `log.csv`, with `flag`, `username` and `timestamp`.

    A file keeps its name, in a new folder below the component's; the cell holds its path, including the directory.

    Args:
        simplify_file_data: False writes a JSON object with the file's size and type instead of its path.
    """

    def __init__(self, simplify_file_data: bool = True) -> None:
        self.simplify_file_data = simplify_file_data

    def setup(self, components: Sequence[Column], flagging_dir: str | Path) -> None:
        """Set the columns and the directory."""
        self._components = tuple(components)
        self._shown = Path(flagging_dir)
        self._folder = self._shown.absolute()
        labels = [component.label for component in components]
        self._names = _files.folders("log.csv", labels)
        header = csv_cells.unique([*csv_cells.header(labels), "flag", "username", "timestamp"])
        self._log = CSVJournal(self._folder / "log.csv", header)

    def flag(self, flag_data: Sequence[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Write a row and its files, and return its number, from 0."""
        cells = _files.cells(self._components, flag_data)
        places = [*map(_place, self._names, cells)]
        row = [self._cell(cell, place) for cell, place in zip(cells, places, strict=True)]
        row += [csv_cells.protect(flag_option), csv_cells.protect(username), datetime.now()]
        with self._log.locked() as number, _files.stored(self._folder, places, cells):
            self._log.append(csv_cells.row(row, self._log.ending))
        return number

    def _cell(self, cell: Any, place: Place) -> object:
        """Return the cell for a value."""
        if isinstance(cell, list):
            return json.dumps([*map(self._file, cell, place or [])], ensure_ascii=False)
        if isinstance(place, str):
            file = self._file(cell, place)
            return file if isinstance(file, str) else json.dumps(file, ensure_ascii=False)
        return csv_cells.protect(cell)

    def _file(self, item: Media, name: str) -> str | dict[str, Any]:
        path = str(self._shown / name)
        if self.simplify_file_data:
            return path
        return {
            "path": path,
            "url": None,
            "size": item.nbytes,
            "orig_name": item.name,
            "mime_type": item.mime,
            "is_stream": False,
            "meta": {"_type": "gradio.FileData"},
        }


def _place(folder: str, cell: Any) -> Place:
    """Return a new path for each file of a cell."""
    if isinstance(cell, list):
        paths = {item: _fresh(folder, item) for item in cell}
        return [paths[item] for item in cell]
    return _fresh(folder, cell) if isinstance(cell, Media) else None


def _fresh(folder: str, item: Media) -> str:
    stem = re.sub(r"[^\w -]", "", Path(item.name).stem)[:50].strip(" -")
    (safe,) = csv_cells.folders([stem or "file"])
    return f"{folder}/{secrets.token_hex(10)}/{safe}{_files.suffix(item)}"
