"""The formats of imported logs: Gradio's of all versions, and our own."""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from minidemo.flagging import csv_cells
from minidemo.flagging.store import _log

logger = logging.getLogger("minidemo")
_NAME = re.compile(r"(log|logs|dataset)(-?(\d+))?\.csv")
_KINDS = ("log", "logs", "dataset")
_UNSAFE = re.compile(r"[=+\-@\t\n]|.*,[=+\-@\t\n]", re.DOTALL)
"""The text that Gradio protects with a quote."""
_STAMP = "timestamp"
_GIVEN = re.compile(r"component \d+")
"""The name of a component without a label."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedRow:
    """A row of an imported log.

    `raw` are its cells as written. `labels` are the names that are known to be components'. `mark` identifies the row,
    so that it is not imported twice.
    """

    raw: list[str]
    names: tuple[str, ...]
    labels: tuple[str | None, ...]
    values: tuple[str, ...]
    option: str | None
    username: str | None
    created: datetime
    mark: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Log:
    """A log: its header, the names of its values and its records."""

    headed: bool
    ours: bool
    names: list[str]
    own: list[str]
    lines: list[_log.Line]

    def decode(self, cell: str) -> str:
        """Return the text of a cell."""
        if self.ours:
            return csv_cells.decode(cell)
        return cell[1:] if cell[:1] == "'" and _UNSAFE.match(cell[1:]) else cell


def logs(directory: Path) -> list[Path]:
    """Return the logs of a directory, by kind and age."""
    found = [(match, path) for path in directory.iterdir() if (match := _NAME.fullmatch(path.name))]
    plain = [(match, path) for match, path in found if path.is_file() and not path.is_symlink()]
    return [path for _, path in sorted(plain, key=lambda pair: (_KINDS.index(pair[0][1]), int(pair[0][3] or 10**9)))]


def rows(path: Path, columns: Sequence[str] = ()) -> Iterator[ImportedRow]:
    """Yield the rows of a log; `columns` names values without a header."""
    log = _open(path, columns)
    used = {name for row in log.lines for name, cell in zip(log.own, _split(log, row.cells)[1], strict=True) if cell}
    seen: Counter[bytes] = Counter()
    written = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    for line in log.lines:
        values, told = _split(log, line.cells)
        own = dict(zip(log.own, map(log.decode, told), strict=True))
        content = "\x1f".join(line.cells).encode("utf-8", "surrogateescape")
        seen[content] += 1
        names = (*log.names, *(f"component {i}" for i in range(len(log.names), len(values))))
        yield ImportedRow(
            raw=line.cells,
            names=names,
            labels=tuple(None if not log.headed or _GIVEN.fullmatch(name) else name for name in names),
            values=(*map(log.decode, values), *[""] * (len(log.names) - len(values))),
            option=own.get("flag") if "flag" in used else None,
            username=own.get("username") if "username" in used else None,
            created=_moment(own.get(_STAMP, "")) or written,
            mark=_mark(path, content, seen[content]),
        )


def _open(path: Path, columns: Sequence[str]) -> Log:
    """Read a log, without a last record that ends within quotes."""
    with open(path, "rb") as file:
        if not _log.is_text(file):
            raise _log.NotText(path)
        file.seek(0)
        first = _log.header(file)
        delimiter = _delimiter(path, first, columns)
        names = _log.cells(first, delimiter)
        ours = path.name.startswith("logs") and names[-1] != _STAMP
        headed = _is_headed(path, names)
        file.seek(len(first) if headed else 0)
        lines = list(_log.lines(file, delimiter))
    if lines and (not lines[-1].closed or _log.has_stray_bytes(lines[-1].cells)):
        logger.warning("%s ends in the middle of a row, which is not imported.", path)
        lines.pop()
    if not headed:
        return Log(headed=headed, ours=False, names=list(columns), own=[], lines=lines)
    log = Log(headed=headed, ours=ours, names=[], own=[], lines=lines)
    names = [log.decode(cell) for cell in _log.cells(first, delimiter)]
    for word in ("username", "flag") if ours else (_STAMP, "username", "flag"):
        if names[-1:] == [word]:
            log.own.insert(0, names.pop())
    log.names.extend(names)
    return log


def is_headed(path: Path) -> bool:
    """Tell whether the first record of a log is a header."""
    with open(path, "rb") as file:
        first = _log.header(file)
    return _is_headed(path, _log.cells(first, _delimiter(path, first, ())))


def _delimiter(path: Path, first: bytes, columns: Sequence[str]) -> str:
    """Return the delimiter by the first record, as a spreadsheet may have saved it."""
    records = {sign: _log.cells(first, sign) for sign in _log.SEPARATORS}
    stamped = (sign for sign, cells in records.items() if cells[-1] == _STAMP)
    fitting = (sign for sign, cells in records.items() if len(records[","]) == 1 < len(cells) == len(columns))
    if path.name.startswith("logs"):
        return next(stamped, _log.delimiter(first, ()))
    return next(stamped, next(fitting, ","))


def _is_headed(path: Path, first: Sequence[str]) -> bool:
    return path.name != "log.csv" or first[-1] == _STAMP


def _split(log: Log, cells: list[str]) -> tuple[list[str], list[str]]:
    """Return a row's values and further cells, the time being the last."""
    own = len(log.own)
    if len(cells) != len(log.names) + own:
        stamped = log.own[-1:] == [_STAMP] and _moment(cells[-1]) is not None
        own = own if stamped and len(cells) > len(log.names) + own else int(stamped)
    first = len(cells) - own
    return cells[:first], [""] * (len(log.own) - own) + cells[first:]


def _moment(text: str) -> datetime | None:
    """Return the time that Gradio wrote in local time."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        return None


def _mark(path: Path, content: bytes, count: int) -> str:
    place = str(path.resolve()).encode("utf-8", "surrogateescape")
    told = b"\0".join([place, b"%d" % count, content])
    return f"import {blake2b(told, digest_size=16).hexdigest()}"
