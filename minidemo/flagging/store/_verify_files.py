"""The check that all stored files exist unchanged."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from minidemo.content.tagged import descriptions
from minidemo.flagging import _durable
from minidemo.flagging.store import _database, _manual_rows, _tables
from minidemo.flagging.store._checks import Trouble
from minidemo.flagging.store._tables import LogEntry

PAGE = 500
"""The number of flags per page: writers wait for a reader."""


class _Flag(NamedTuple):
    row: int
    log: int
    nbytes: int
    files: str | None
    data: str | None
    expected: str | None
    cells: str | None


def verify(folder: Path) -> Iterator[Trouble]:
    """Check the files of all flags; skip flags deleted meanwhile."""
    last = -1
    while True:
        with _database.reading(folder) as db:
            logs = _tables.all_logs(db)
            query = f"SELECT {', '.join(_Flag._fields)} FROM flags WHERE gone IS NULL AND row > ? ORDER BY row LIMIT ?"
            page = [_Flag(*row) for row in db.execute(query, (last, PAGE))]
        for flag in page:
            troubles = list(_files(folder, flag, logs[flag.log]))
            if troubles and _is_there(folder, flag.row):
                yield from troubles
        if len(page) < PAGE:
            return
        last = page[-1].row


def _files(folder: Path, flag: _Flag, log: LogEntry) -> Iterator[Trouble]:
    """Compare a row's files with the database."""
    named = json.loads(flag.files or "[]")
    if flag.data is None:
        pairs = zip(log.headings, json.loads(flag.cells or "[]"), strict=False)
        named += [
            name for heading, cell in pairs for name in _manual_rows.named_files(heading, cell) if name not in named
        ]
    missing = [name for name in named if not (_durable.inside(folder, name) and (folder / name).is_file())]
    yield from (
        Trouble("dangling", f"Row {flag.row}: {name} is not there, and cannot be brought back.") for name in missing
    )
    stored = [file for text in (flag.data, flag.expected) if text for file in descriptions(json.loads(text))]
    details = {file["path"]: file for file in stored if "sha256" in file}
    altered = [
        name for name in details.keys() & set(named) - set(missing) if not _is_same(folder / name, details[name])
    ]
    if not details and not missing and sum((folder / name).stat().st_size for name in named) != flag.nbytes:
        altered = named
    for name in sorted(altered):
        yield Trouble("altered", f"Row {flag.row}: {name} is not what was stored, which cannot be brought back.")


def _is_same(path: Path, details: dict[str, Any]) -> bool:
    if path.stat().st_size != details["size"]:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == str(details["sha256"])


def _is_there(folder: Path, row: int) -> bool:
    with _database.reading(folder) as db:
        return db.execute("SELECT 1 FROM flags WHERE row = ? AND gone IS NULL", (row,)).fetchone() is not None
