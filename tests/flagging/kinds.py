"""All backends: how to make each, and how its flags are read back. Run as a program, it flags from another process.

python -m tests.flagging.backends NAME FOLDER WRITER FLAGS
"""

import csv
import importlib
import inspect
import json
import pkgutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import minidemo.flagging.backends
from minidemo import FlaggingCallback, Number, Textbox
from minidemo.flagging import csv_cells
from minidemo.flagging.backends.classic_csv_logger import ClassicCSVLogger
from minidemo.flagging.backends.csv_logger import CSVLogger
from minidemo.flagging.backends.fanout import FanOut
from minidemo.flagging.backends.function import FunctionLogger
from minidemo.flagging.backends.jsonl_logger import JSONLLogger
from minidemo.flagging.backends.simple_csv_logger import SimpleCSVLogger
from minidemo.flagging.base import FlagRecord
from tests.flagging.folder import FOLDER

Rows = list[list[Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A backend, and what a reader finds: one value for each column, text where the backend has but text."""

    make: Callable[[], FlaggingCallback]
    rows: Callable[[Path, int], Rows]
    typed: bool = False

    def __str__(self) -> str:
        """Return the name of the backend."""
        return type(self.make()).__name__

    def set_up(self, *components: minidemo.Component, folder: Path = FOLDER) -> FlaggingCallback:
        """Return a backend that stores a value of each component."""
        backend = self.make()
        backend.setup(components, folder)
        return backend


def table(log: Path) -> Rows:
    """Return the records of a CSV file, with the text as it was flagged."""
    with log.open(encoding="utf-8", newline="") as file:
        return [[csv_cells.decode(cell) for cell in record] for record in csv.reader(file, strict=True)]


def objects(log: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSONL file, with the text as it was flagged."""
    with log.open(encoding="utf-8", newline="\n") as file:
        return [decoded(json.loads(line)) for line in file]


def decoded(value: Any) -> Any:
    """Return a value of JSON with whole characters in the place of their halves' escapes."""
    if isinstance(value, dict):
        return {csv_cells.unescape(key): decoded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [decoded(item) for item in value]
    return csv_cells.unescape(value) if isinstance(value, str) else value


ON_DISK = [
    Kind(make=CSVLogger, rows=lambda folder, count: [row[:count] for row in table(folder / "logs.csv")[1:]]),
    Kind(
        make=lambda: FanOut([CSVLogger()]),
        rows=lambda folder, count: [row[:count] for row in table(folder / "logs.csv")[1:]],
    ),
    Kind(make=SimpleCSVLogger, rows=lambda folder, count: table(folder / "log.csv")),
    Kind(make=ClassicCSVLogger, rows=lambda folder, count: [row[:count] for row in table(folder / "log.csv")[1:]]),
    Kind(
        make=JSONLLogger,
        rows=lambda folder, count: [[*entry.values()][:count] for entry in objects(folder / "flags.jsonl")],
        typed=True,
    ),
]
SEEN: list[FlagRecord] = []
"""What a function was called with, latest last."""
KINDS = [
    *ON_DISK,
    Kind(
        make=lambda: FunctionLogger(SEEN.append),
        rows=lambda folder, count: [[*record.data] for record in SEEN],
        typed=True,
    ),
]


def backends() -> Iterator[type[FlaggingCallback]]:
    """Yield every backend that has a file in `minidemo/flagging/backends`, whether somebody imports it or not."""
    for found in pkgutil.iter_modules(minidemo.flagging.backends.__path__, "minidemo.flagging.backends."):
        module = importlib.import_module(found.name)
        for _, member in inspect.getmembers(module, inspect.isclass):
            if issubclass(member, FlaggingCallback) and member.__module__ == module.__name__:
                yield member


def main(name: str, folder: str, writer: str, flags: str) -> None:
    """Say that it is ready, wait for a line, flag, and tell the numbers of the rows."""
    kind = next(kind for kind in ON_DISK if str(kind) == name)
    backend = kind.set_up(Textbox(label="writer"), Number(label="count"), folder=Path(folder))
    print("ready", flush=True)
    sys.stdin.readline()
    print(*(backend.flag([f"writer {writer}", count]) for count in range(int(flags))))


if __name__ == "__main__":
    main(*sys.argv[1:])
