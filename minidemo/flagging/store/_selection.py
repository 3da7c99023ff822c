"""Selection of flags to delete, and the content of `.minidemo/aside`."""

import json
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from minidemo.flagging import csv_cells
from minidemo.flagging.base import Removed
from minidemo.flagging.store import _database, _recovery, _tables


def is_there(folder: Path) -> bool:
    """Tell whether a folder holds flags."""
    return folder.is_dir() and (bool(_recovery.names(folder)) or (folder / ".minidemo" / "flags.db").exists())


def matching(
    folder: Path,
    *,
    ids: Collection[str] | None = None,
    username: str | None = None,
    session: str | None = None,
    before: datetime | None = None,
) -> tuple[list[str], Removed]:
    """Return the matching flags' ids, and their number and size."""
    conditions: dict[str, Any] = {
        "id IN (SELECT value FROM json_each(?))": None if ids is None else json.dumps(sorted(ids)),
        "username = ?": csv_cells.escape(username),
        "session = ?": csv_cells.escape(session),
        "created < ?": before and _tables.timestamp(before),
    }
    given = {sql: value for sql, value in conditions.items() if value is not None}
    query = f"SELECT id, files, length + nbytes FROM flags WHERE {' AND '.join(given)} ORDER BY row"
    with _database.reading(folder) as db:
        found = db.execute(query, [*given.values()]).fetchall()
    files = sum(len(json.loads(names or "[]")) for _, names, _ in found)
    size = sum(nbytes for *_, nbytes in found)
    return [id for id, *_ in found], Removed(flags=len(found), files=files, nbytes=size)


def aside(folder: Path) -> Removed:
    """Return the number and size of files in `.minidemo/aside`."""
    found = _kept(folder)
    return Removed(files=len(found), nbytes=sum(path.stat().st_size for path in found))


def clear_aside(folder: Path) -> Removed:
    """Delete the content of `.minidemo/aside`, whose owners are unknown."""
    removed = aside(folder)
    for path in _kept(folder):
        path.unlink()
    return removed


def labels(folder: Path, id: str) -> list[str]:
    """Return the names of the values of a flag."""
    with _database.reading(folder) as db:
        (log,) = db.execute("SELECT log FROM flags WHERE id = ?", (id,)).fetchone()
        return [heading.name for heading in _tables.all_logs(db)[log].headings if heading.kind == "value"]


def _kept(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / ".minidemo" / "aside").rglob("*") if path.is_symlink() or path.is_file())
