"""The files of a row: their paths and their copies."""

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
from minidemo.flagging import _durable, csv_cells
from minidemo.flagging.base import Column

Place: TypeAlias = str | list[str] | None
"""The paths of a cell's files relative to the log, or None."""


def folders(log: str, labels: Sequence[str | None]) -> list[str]:
    """Return a folder name for each column, different from the log's."""
    return csv_cells.folders([log, *labels])[1:]


def cells(columns: Sequence[Column], values: Sequence[Any]) -> list[Any]:
    """Return each column's cell; encode files now, before the lock is taken."""
    found = [column.flag(value) for column, value in zip(columns, values, strict=True)]
    for item in media(found):
        if item.path is None:
            item.read()
    return found


def plain(columns: Sequence[Column], values: Sequence[Any]) -> tuple[Any, ...]:
    """Return the JSON values, with files as the columns store them."""
    cells = [column.flag(value) for column, value in zip(columns, values, strict=True)]
    return tuple(cell if media([cell]) else value for cell, value in zip(cells, values, strict=True))


def media(cells: Sequence[Any]) -> list[Media]:
    """Return the files of all cells, in order."""
    return [item for cell in cells for item in (cell if isinstance(cell, list) else [cell]) if isinstance(item, Media)]


def numbered(folder: Path, names: Sequence[str], cells: Sequence[Any], number: int) -> list[Place]:
    """Return the paths of a row's files; skip numbers in use."""
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
    """Write a row's files, and remove them if the block fails."""
    written: list[Path] = []
    try:
        for name, item in dict(zip(flat(places), media(cells), strict=True)).items():
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


def positions(files: Sequence[Media]) -> Iterator[tuple[int, Media]]:
    """Yield the files with their numbers; a file that is named twice has one."""
    first = {item: i for i, item in reversed([*enumerate(files)])}
    return ((first[item], item) for item in files)


def suffix(item: Media) -> str:
    """Return a file name's suffix, or "" for an unusual one."""
    return item.suffix if re.fullmatch(r"\.[a-z0-9]{1,12}", item.suffix) else ""


def text(cell: Any, place: Place) -> object:
    """Return a CSV cell's content: paths, a number or protected text."""
    if isinstance(cell, list):
        return json.dumps(place, ensure_ascii=False)
    return csv_cells.protect(cell if place is None else place)


def _numbered(start: str, cell: Any) -> Place:
    if isinstance(cell, list):
        return [f"{start}/{i}{suffix(item)}" for i, item in positions(cell)]
    return start + suffix(cell) if isinstance(cell, Media) else None


def _create(path: Path, item: Media, written: list[Path]) -> None:
    """Create a file, add it to `written`, and wait for the disk."""
    _durable.make_folder(path.parent)
    source = item.path.open("rb") if item.path else io.BytesIO(item.read())
    with source, open(path, "xb", opener=_durable.private) as file:
        written.append(path)
        shutil.copyfileobj(source, file)
        file.flush()
        os.fsync(file.fileno())
