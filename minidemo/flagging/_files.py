"""The files of a row: which a flag has, where they go, and how they get there."""

import io
import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import Any, TypeAlias

from minidemo.content.media import Media
from minidemo.flagging import _cells, _durable
from minidemo.flagging.base import Column

Place: TypeAlias = str | list[str] | None
"""Where the files of a cell are, seen from the log; None for a cell without files."""


def folders(log: str, labels: Sequence[str | None]) -> list[str]:
    """Return the name of a folder for each column; none is that of the log."""
    return _cells.folders([log, *labels])[1:]


def cells(columns: Sequence[Column], values: Sequence[Any]) -> list[Any]:
    """Return what each column stores of its value; files that must be made are made now, before anybody waits."""
    found = [column.flag(value) for column, value in zip(columns, values, strict=True)]
    for item in media(found):
        if item.path is None:
            item.read()
    return found


def plain(columns: Sequence[Column], values: Sequence[Any]) -> tuple[Any, ...]:
    """Return the values as JSON has them, with files as the columns store them."""
    cells = [column.flag(value) for column, value in zip(columns, values, strict=True)]
    return tuple(cell if media([cell]) else value for cell, value in zip(cells, values, strict=True))


def media(cells: Sequence[Any]) -> list[Media]:
    """Return the files of all cells, in order."""
    return [item for cell in cells for item in (cell if isinstance(cell, list) else [cell]) if isinstance(item, Media)]


def numbered(folder: Path, names: Sequence[str], cells: Sequence[Any], number: int) -> list[Place]:
    """Return where the files of a row go; a number that other files bear is passed over."""
    while True:
        places = [_numbered(f"{name}/{number}", cell) for name, cell in zip(names, cells, strict=True)]
        if not any(os.path.lexists(folder / name) for name in flat(places)):
            return places
        number += 1


def flat(places: Sequence[Place]) -> list[str]:
    """Return the paths of all files, in order."""
    return [name for place in places for name in ([place] if isinstance(place, str) else place or [])]


@contextmanager
def stored(folder: Path, places: Sequence[Place], cells: Sequence[Any]) -> Iterator[None]:
    """Write the files of a row; if that or what follows fails, none of them is left."""
    written: list[Path] = []
    try:
        for name, item in zip(flat(places), media(cells), strict=True):
            for parent in PurePath(name).parents[:-1]:
                _durable.refuse_link(folder / parent)
            _create(folder / name, item, written)
        for parent in {path.parent for path in written}:
            _durable.sync_folder(parent)
        yield
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
            with suppress(OSError):
                path.parent.rmdir()
        raise


def suffix(item: Media) -> str:
    """Return the ending of a file's name, unless it is an odd one."""
    return item.suffix if re.fullmatch(r"\.[a-z0-9]{1,12}", item.suffix) else ""


def text(cell: Any, place: Place) -> object:
    """Return what stands in a CSV file: where the files are, a number, or text that no spreadsheet runs."""
    if isinstance(cell, list):
        return json.dumps(place, ensure_ascii=False)
    return _cells.protect(cell if place is None else place)


def _numbered(start: str, cell: Any) -> Place:
    if isinstance(cell, list):
        return [f"{start}/{i}{suffix(item)}" for i, item in enumerate(cell)]
    return start + suffix(cell) if isinstance(cell, Media) else None


def _create(path: Path, item: Media, written: list[Path]) -> None:
    """Create a file, note it, and wait for the disk; one that was there before is not touched."""
    _durable.make_folder(path.parent)
    source = item.path.open("rb") if item.path else io.BytesIO(item.read())
    with source, open(path, "xb", opener=_modest) as file:
        written.append(path)
        shutil.copyfileobj(source, file)
        file.flush()
        os.fsync(file.fileno())


def _modest(path: str, flags: int) -> int:
    """Open a file that others may read, but not write."""
    return os.open(path, flags, 0o644)
