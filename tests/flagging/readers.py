"""The readers that a log of flags is made for: each returns its rows as text, None and NaN being an empty cell."""

import csv
import importlib
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import pandas
import pytest

Rows: TypeAlias = list[tuple[Any, ...]]
DIALECT = "delim = ',', quote = '\"', escape = '\"', header = true, max_line_size = 50000000"
"""What DuckDB must be told: it guesses the signs of a CSV file from its first rows, and some texts lead it astray."""


def with_csv(log: Path) -> Rows:
    """Read a log with the standard library."""
    limit = csv.field_size_limit(2**31 - 1)
    try:
        with log.open(encoding="utf-8", newline="") as file:
            return [tuple(record) for record in csv.reader(file, strict=True)][1:]
    finally:
        csv.field_size_limit(limit)


def with_pandas(log: Path) -> Rows:
    """Read a log with pandas."""
    return [*pandas.read_csv(log, dtype=str, keep_default_na=False).itertuples(index=False, name=None)]


def with_duckdb(log: Path) -> Rows:
    """Read a log with DuckDB."""
    with duckdb.connect() as database:
        query = f"SELECT * FROM read_csv($log, {DIALECT}, all_varchar = true)"
        return [tuple(cell or "" for cell in row) for row in database.execute(query, {"log": str(log)}).fetchall()]


def with_datasets(log: Path) -> Rows:
    """Read a log with Hugging Face's `datasets`, which guesses the types of columns."""
    datasets = importlib.import_module("datasets")
    found = datasets.load_dataset(
        str(log.parent), data_files=log.name, split="train", keep_default_na=False, cache_dir="cache"
    )
    return [tuple(row.values()) for row in found]


def json_with_pandas(lines: Path) -> list[str]:
    """Return the column `t` of a file of JSON objects, read with pandas."""
    return [*pandas.read_json(lines, lines=True, dtype=False)["t"]]


def json_with_duckdb(lines: Path) -> list[str]:
    """Return the column `t` of a file of JSON objects, read with DuckDB."""
    with duckdb.connect() as database:
        query = "SELECT t FROM read_json($lines, maximum_object_size = 50000000)"
        return [t for (t,) in database.execute(query, {"lines": str(lines)}).fetchall()]


def json_with_datasets(lines: Path) -> list[str]:
    """Return the column `t` of a file of JSON objects, read with Hugging Face's `datasets`."""
    datasets = importlib.import_module("datasets")
    return [*datasets.load_dataset("json", data_files=str(lines), split="train", cache_dir="cache")["t"]]


READERS: list[Callable[[Path], Rows]] = [with_csv, with_pandas, with_duckdb, with_datasets]


@contextmanager
def offline(home: Path) -> Iterator[None]:
    """Keep `datasets` from asking other hosts, and from writing outside a folder."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
            patch.setenv(name, "1")
        patch.setenv("HF_HOME", str(home))
        patch.setattr(socket.socket, "connect", None)
        importlib.import_module("datasets").disable_progress_bars()
        yield
