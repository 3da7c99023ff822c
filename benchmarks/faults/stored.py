"""Reads a folder of flags as its reader would: strictly, and with more than one reader."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import pandas

from benchmarks.faults import tokens
from minidemo.flagging.store import FlagStore

FIRST = {"minidemo": "logs.csv", "gradio": "dataset1.csv", "naive": "logs.csv"}
"""The name of the first log of a folder."""
PATTERNS = {"minidemo": "logs*.csv", "gradio": "dataset*.csv", "naive": "logs*.csv"}
Media: TypeAlias = Callable[[int], bool]
csv.field_size_limit(2**31 - 1)


@dataclass(slots=True)
class Table:
    """A log: its rows, their tokens, and the files that they name; `others` is how many rows other readers see.

    `torn` counts the rows that are none of the header's width or lack their token.
    """

    header: list[str] = field(default_factory=list)
    rows: int = 0
    headers: int = 0
    torn: int = 0
    blank: int = 0
    tokens: list[str] = field(default_factory=list)
    named: list[tuple[str, str]] = field(default_factory=list)
    others: list[int] = field(default_factory=list)

    @property
    def files(self) -> list[str]:
        """The files that the rows name, from the folder."""
        return [name for name, _ in self.named]


def logs(folder: Path, subject: str) -> list[Path]:
    """Return the logs of a folder."""
    return sorted(path for path in folder.glob(PATTERNS[subject]) if path.is_file())


def files(folder: Path, subject: str) -> set[str]:
    """Return every file of a folder that is neither a log nor hidden in the store's own place."""
    kept = {log.name for log in logs(folder, subject)}
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return {name for name in found if not name.startswith(".minidemo/")} - kept


def records(folder: Path) -> Iterator[Any]:
    """Yield what minidemo's store remembers."""
    if (folder / ".minidemo" / "flags.db").exists():
        yield from FlagStore(folder).records()


def read(log: Path, media: Media | None = None) -> Table:
    """Read a log; `media` tells the columns with files by their place, else their labels do."""
    table = Table()
    text = log.read_bytes().decode(errors="replace").removeprefix("\ufeff")
    comma = ";" if text.startswith(("token;", '"token";')) else ","  # as some spreadsheets save it
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True))
    except csv.Error:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=comma))
        table.others.append(-1)
    if lines and "token" in lines[0]:
        table.header, table.headers = lines[0], lines.count(lines[0])
        lines = [line for line in lines if line != lines[0]]
    table.blank = sum(not line for line in lines)
    table.rows = len(lines) - table.blank
    for line in filter(None, lines):
        _take(table, line, log.parent, media)
    if lines and not text.endswith("\n"):
        table.torn += 1
    if table.headers:
        table.others.append(_pandas(log, comma))
    return table


def _take(table: Table, line: list[str], folder: Path, media: Media | None) -> None:
    at = table.header.index("token") if table.header else 0
    if len(line) != len(table.header or line) or not tokens.is_token(line[at]):
        table.torn += 1
        return
    table.tokens.append(line[at])
    for i, (label, cell) in enumerate(zip(table.header or line, line, strict=True)):
        if cell and (media(i) if media else label.startswith(("im", "file"))):
            table.named.extend((_relative(name, folder), line[at]) for name in _names(cell))


def _names(cell: str) -> list[str]:
    found: list[str] = json.loads(cell) if cell.startswith("[") else [cell]
    return found


def _relative(name: str, folder: Path) -> str:
    """Return a name seen from the folder; an absolute one may be from before the folder was copied."""
    parts = Path(name).parts
    if Path(name).is_absolute() and folder.name in parts:
        parts = parts[len(parts) - parts[::-1].index(folder.name) :]
    return Path(*parts).as_posix()


def _pandas(log: Path, comma: str) -> int:
    """Count the rows that pandas sees."""
    try:
        return len(pandas.read_csv(log, sep=comma, dtype=str, keep_default_na=False))
    except (ValueError, UnicodeError):
        return -1
