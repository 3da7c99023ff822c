"""What stands in a log already, and what must come before its next row."""

import csv
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from minidemo.flagging import _cells, _durable, _ledger

LONGEST = 2**20
"""How much of a file is read in search of a header, in bytes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class End:
    """Where the next row goes: `lead` is what is missing before it, a header or the end of the last row."""

    lead: bytes
    ending: str


def prepare(log: Path, names: list[str], entry: _ledger.Entry) -> End:
    """Find the end of a log with this header, and make the entry count its rows.

    A log with another header is renamed. One that was last written by the ledger is not read beyond its header.
    """
    if os.path.lexists(log):
        with open(_durable.open_plain(log, os.O_RDONLY), "rb") as file:
            first, size = file.readline(LONGEST), file.seek(0, os.SEEK_END)
            if first and _names(first) == names:
                ending = "\r\n" if first.endswith(b"\r\n") else "\n"
                unfinished = size != entry.size and _recount(file, entry)
                return End(lead=ending.encode() if unfinished else b"", ending=ending)
        if first:
            _set_aside(log)
    return End(lead=_cells.row(names), ending="\n")


def _names(line: bytes) -> list[str]:
    """Return the names in a header; a line that is none has no names."""
    try:
        return next(csv.reader([line.decode(errors="replace")]), [])
    except csv.Error:
        return []


def _recount(file: BinaryIO, entry: _ledger.Entry) -> bool:
    """Count the rows of a log that somebody else wrote, and tell whether its last line lacks an end."""
    file.seek(0)
    rows, quoted, line = -1, False, b""
    for line in file:
        quoted ^= line.count(b'"') % 2 == 1
        rows += not quoted and not line.isspace()
    entry.number = max(entry.number, rows)
    return not line.endswith(b"\n")


def _set_aside(log: Path) -> None:
    names = (log.with_stem(f"{log.stem}-{n}") for n in range(1, 1_000_000))
    spare = next(name for name in names if not os.path.lexists(name))
    log.rename(spare)
    print(f"The columns of {log.name} have changed: the rows so far are kept as {spare.name}.")
