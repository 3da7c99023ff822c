"""Reads flags back as the documentation says, to compare them with what was stored."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pandas

from benchmarks.faults import stored
from minidemo.flagging import csv_cells

RECORD = re.compile(r'(?:[^"\r\n]|"[^"]*")*(?:\r\n|\n)')
FIELD = re.compile(r'((?:"[^"]*")+|[^",]*),')
TRIGGERS = tuple("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")
HIDERS = " \"'\u00a0\u3000\t\r\n\v\f"


def lines(folder: Path, subject: str) -> Iterator[dict[str, str]]:
    """Yield the rows of all logs, as the file has them."""
    for log in stored.logs(folder, subject):
        with log.open(encoding="utf-8", newline="", errors="surrogateescape") as file:
            yield from csv.DictReader(file, strict=True)


def decoded(row: dict[str, str], subject: str) -> dict[str, str]:
    """Return a row as the documented reader gives it; Gradio has none, its cells are as they are."""
    return {name: csv_cells.decode(cell) if subject == "minidemo" else cell for name, cell in row.items()}


def agree(folder: Path, subject: str) -> bool:
    """Tell whether csv, pandas and a plain reader of RFC 4180 see the same cells."""
    for log in stored.logs(folder, subject):
        text = log.read_bytes().decode()
        cells = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        frame = pandas.read_csv(log, dtype=str, keep_default_na=False, header=None)
        if not cells == frame.to_numpy().tolist() == list(plain(text)):
            return False
    return True


def plain(text: str) -> Iterator[list[str]]:
    """Read CSV as RFC 4180 says and spreadsheets do: quotes, commas, and line ends outside of quotes."""
    for record in RECORD.findall(text.removesuffix("\n").removesuffix("\r") + "\n"):
        yield [_unquoted(field) for field in FIELD.findall(record.rstrip("\r\n") + ",")]


def _unquoted(field: str) -> str:
    return field[1:-1].replace('""', '"') if field.startswith('"') else field


def may_run(cell: str) -> bool:
    """Tell whether a spreadsheet may run a cell; a number is none that it would."""
    if _is_number(cell):
        return False
    return cell.startswith(TRIGGERS) or (cell.lstrip(HIDERS).startswith(TRIGGERS) and not cell.startswith("'"))


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell.isascii()
