"""Labels, numbers and text as cells of a CSV file."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

_START = r"[\s\0'\"]*[=+\-@\uff1d\uff0b\uff0d\uff20]"
FORMULA = re.compile(rf"{_START}|'*[\t\r\n\0]")
"""The start of text that a spreadsheet might run, or protected text."""
RESERVED = re.compile(r"logs(-\d+)?\.csv|(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Folder names that collide with a log, or that Windows refuses."""
_INNER_FORMULA = re.compile(_START)
_INNER_CELL = re.compile(r"(?<=[;\t\r\n])")
"""The places in a cell where spreadsheets with another delimiter begin one."""
_HALF = re.compile(r"(?<!\\)(\\*+)([\ud800-\udfff]|(?<=\\)u[dD][89a-fA-F][0-9a-fA-F]{2})")
_ESCAPED = re.compile(r"(?<!\\)(\\++)(u[dD][89a-fA-F][0-9a-fA-F]{2})")
T = TypeVar("T")


def row(cells: Iterable[object], ending: str = "\n") -> bytes:
    """Return one CSV record, quoted only where the format requires it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(["" if cell is None else escape(cell) for cell in cells])
    record = file.getvalue()[:-2]
    if record.isspace():  # readers would take it for a blank line
        record = f'"{record}"'
    return (record + ending).encode()


def escape(cell: T) -> T | str:
    r"""Write lone surrogates as `\udc00`, and double backslashes before such text."""
    if not isinstance(cell, str) or (cell.isascii() and "\\u" not in cell):
        return cell
    return _HALF.sub(_half, cell)


def decode(cell: str) -> str:
    """Return the text of a cell that `protect` and `row` have written."""
    return unprotect(unescape(cell))


def unescape(text: str) -> str:
    """Undo `escape`."""
    return _ESCAPED.sub(_whole, text) if "\\u" in text else text


def protect(cell: object) -> object:
    """Put quotes before text that a spreadsheet might run, except numbers.

    A spreadsheet with another delimiter splits the cell at semicolons, tabs and new lines.
    """
    if not isinstance(cell, str) or (FORMULA.match(cell) and _is_number(cell)):
        return cell
    first, *rest = _INNER_CELL.split(cell)
    quoted = "".join("'" + part if _INNER_FORMULA.match(part) else part for part in rest)
    return ("'" if FORMULA.match(cell) else "") + first + quoted


def unprotect(text: str) -> str:
    """Undo `protect`."""
    first, *rest = _INNER_CELL.split(text[1:] if text[:1] == "'" and FORMULA.match(text) else text)
    return first + "".join(part[1:] if part[:1] == "'" and _INNER_FORMULA.match(part) else part for part in rest)


def header(labels: Sequence[str | None]) -> list[str]:
    """Return a unique, non-empty, single-line name for each column."""
    return unique([_heading(label or "") or f"component {i}" for i, label in enumerate(labels)])


def folders(labels: Sequence[str | None]) -> list[str]:
    """Return a folder name for each column.

    It holds letters, digits, space, `. _ -`, and is neither hidden nor a path.
    """
    return unique([_folder(label or "") or f"component {i}" for i, label in enumerate(labels)], fold=True)


def unique(names: Sequence[str], *, fold: bool = False) -> list[str]:
    """Add ` 2`, ` 3` … to repeated names; `fold` ignores case."""
    taken: set[str] = set()
    counts: Counter[str] = Counter()
    result = []
    for name in names:
        fresh, key = name, name.casefold() if fold else name
        while (fresh.casefold() if fold else fresh) in taken:
            counts[key] += 1
            fresh = f"{name} {counts[key] + 1}"
        taken.add(fresh.casefold() if fold else fresh)
        result.append(fresh)
    return result


def _half(match: re.Match[str]) -> str:
    backslashes, rest = match.groups()
    return backslashes * 2 + (rest if len(rest) > 1 else f"\\u{ord(rest):x}")


def _whole(match: re.Match[str]) -> str:
    backslashes, rest = match.groups()
    kept = "\\" * (len(backslashes) // 2)
    return kept + (chr(int(rest[1:], 16)) if len(backslashes) % 2 else rest)


def _heading(label: str) -> str:
    """Return the label on one line, without lone surrogates and BOM."""
    text = label.encode("utf-8", "replace").decode().replace("\ufeff", "")
    return str(protect(" ".join(text.split())))


def _folder(label: str) -> str:
    kept = re.sub(r"[^\w. -]", "", label).strip(" .").lstrip("._- ")
    kept = kept.encode()[:100].decode(errors="ignore").rstrip(" .")
    return f"{kept.replace('.', ' ')} files" if RESERVED.fullmatch(kept) else kept


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii() and not re.search(r"[^\S ]", text)
