"""The writing of flags: files, rows and records, all or nothing."""

import json
import logging
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path, PurePath
from typing import Any

from minidemo.content.media import Media, files_of
from minidemo.flagging import _durable, _files, _ids, csv_cells
from minidemo.flagging.base import FlagRecord
from minidemo.flagging.store import _log, _reconcile, _tables, _values, _write_ahead
from minidemo.flagging.store._database import Transaction
from minidemo.flagging.store._log import Stamp
from minidemo.flagging.store._tables import NAME, Heading, LogEntry
from minidemo.flagging.store._values import Stored
from minidemo.flagging.store._write_ahead import PlannedChange

logger = logging.getLogger("minidemo")
TEXTS = (
    "run", "option", "comment", "error", "session", "username", "source", "version", "status", "note", "reviewer",
)  # fmt: skip
EXPECTED = ".minidemo/expected"
"""The folder of corrections' files that have no column."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A flag to write: its record, and a cell for each column.

    `corrections` are the cells of `record.expected` that no column holds; `sinks` are the names of the
    sinks to deliver to. Unless the values are `typed`, they are what the demo's components read in the cells.
    """

    record: FlagRecord
    headings: tuple[Heading, ...]
    cells: tuple[Any, ...]
    corrections: tuple[Any, ...] = ()
    sinks: tuple[str, ...] = ()
    typed: bool = True


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row with its number, and the paths of its files."""

    row: Row
    number: int
    paths: list[list[str]]

    def files(self) -> Iterator[tuple[str, Media]]:
        """Yield each file with its path."""
        cells = chain(self.row.cells, self.row.corrections)
        return zip(chain(*self.paths), (media for cell in cells for media in files_of(cell)), strict=True)


def write(transaction: Transaction, rows: Sequence[Row]) -> list[FlagRecord]:
    """Write and commit flags of the same columns, all or none."""
    log = _open(transaction, rows[0].headings)
    placed = _place(transaction, rows)
    lines = [_line(each, log.ending) for each in placed]
    plan = _plan(transaction, log, placed, lines)
    _write_ahead.write(transaction, plan)
    try:
        stored = [_store(transaction.folder, each) for each in placed]
        _sync(transaction, plan.files)
        log = _tables.save_log(transaction, _left(log, _append(transaction, plan), rows))
        records = [_number(transaction, each) for each in placed]
        described = zip(placed, records, stored, lines, strict=True)
        fields = [_fields(log, *each) for each in described]
        _tables.insert_flags(transaction, fields)
        if rows[0].sinks:
            _tables.add_deliveries(transaction, [(record.id, sink) for record in records for sink in rows[0].sinks])
        transaction.commit()
    except BaseException:
        _undo(transaction, plan)
        raise
    return records


def _left(log: LogEntry, stamp: Stamp | None, rows: Sequence[Row]) -> LogEntry:
    """Return the log's entry with its new stamp and number of inputs."""
    inputs = next((len(row.record.inputs) for row in rows if row.typed), log.inputs)
    return replace(log, inputs=inputs, stamp=stamp)


def _open(transaction: Transaction, headings: tuple[Heading, ...]) -> LogEntry:
    """Return the log for these columns; rename one with other columns."""
    log = _tables.current_log(transaction)
    fresh = LogEntry(headings=headings)
    if log is None:
        return fresh
    if log.stamp and not log.stamp.size:
        return replace(log, headings=headings)
    is_ours = log.delimiter.removeprefix("\ufeff") == ","
    if log.names == fresh.names and is_ours:
        log = _reconcile.reconcile(transaction, log) if log.unfinished else log
        return log if log.headings == headings else replace(log, headings=headings)
    names = (transaction.folder / f"logs-{n}.csv" for n in count(1))
    spare = next(name for name in names if not os.path.lexists(name))
    (transaction.folder / NAME).rename(spare)
    _tables.save_log(transaction, replace(log, name=spare.name))
    path = transaction.folder / NAME
    reason, advice = (
        (
            f"The columns of {path} have changed",
            "If two demos flag into this folder, give each a flagging_dir of its own.",
        )
        if is_ours
        else (f"{path} is no longer UTF-8 with commas", "In a spreadsheet, save it as 'CSV UTF-8', with commas.")
    )
    print(f"{reason}: the rows so far are kept as {spare.name}. {advice}")
    return fresh


def _place(transaction: Transaction, rows: Sequence[Row]) -> list[PlacedRow]:
    """Give each row a number and file paths; skip numbers in use."""
    placed = []
    number = transaction.number
    for row in rows:
        paths = _paths(row, number)
        while any(os.path.lexists(transaction.folder / path) for path in chain(*paths)):
            number += 1
            paths = _paths(row, number)
        placed.append(PlacedRow(row, number, paths))
        number += 1
    return placed


def _paths(row: Row, number: int) -> list[list[str]]:
    """Return the paths of each cell's and correction's files."""
    paths = [_names(heading.folder, number, cell) for heading, cell in zip(row.headings, row.cells, strict=True)]
    return paths + [_names(EXPECTED, f"{number}-{i}", cell) for i, cell in enumerate(row.corrections)]


def _names(folder: str, number: int | str, cell: object) -> list[str]:
    if isinstance(cell, list):
        return [f"{folder}/{number}/{i}{_suffix(media)}" for i, media in _files.positions(cell)]
    return [f"{folder}/{number}{_suffix(cell)}"] if isinstance(cell, Media) else []


def _suffix(media: Media) -> str:
    return media.suffix if re.fullmatch(r"\.[a-z0-9]{1,12}", media.suffix) else ""


def _line(placed: PlacedRow, ending: str) -> bytes:
    return csv_cells.row(map(_cell, placed.row.cells, placed.paths), ending)


def _cell(cell: object, paths: list[str]) -> object:
    """Return the content of a CSV cell: text, a number or paths."""
    if isinstance(cell, list):
        return json.dumps(paths, ensure_ascii=False)
    return paths[0] if isinstance(cell, Media) else csv_cells.protect(cell)


def _plan(
    transaction: Transaction, log: LogEntry, placed: Sequence[PlacedRow], lines: Sequence[bytes]
) -> PlannedChange:
    size = log.stamp.size if log.stamp else None
    data = b"".join([b"" if size else csv_cells.row(log.names), *lines])
    _durable.check_room(transaction.folder, len(data))
    return PlannedChange(
        kind="add",
        token=transaction.token,
        serial=transaction.serial,
        log=NAME,
        size=size,
        files=tuple(dict.fromkeys(path for each in placed for path in chain(*each.paths))),
        data=data,
    )


def _store(folder: Path, placed: PlacedRow) -> list[list[Stored]]:
    """Write a row's files, and return the stored files of each cell."""
    known: dict[str, Stored] = {}
    for path, media in dict(placed.files()).items() if any(placed.paths) else ():
        for above in PurePath(path).parents[:-1]:
            _durable.refuse_link(folder / above)
        _durable.make_folder((folder / path).parent)
        known[path] = Stored(path, *_durable.create(folder / path, media))
    return [[known[path] for path in paths] for paths in placed.paths]


def _sync(transaction: Transaction, files: Sequence[str]) -> None:
    for above in {(transaction.folder / path).parent for path in files}:
        _durable.sync_folder(above)


def _append(transaction: Transaction, plan: PlannedChange) -> Stamp | None:
    """Append the planned bytes to the log, and return its stamp."""
    path = _durable.within(transaction.folder, NAME)
    if plan.size is None:
        _durable.replace(path, [plan.data], transaction.hidden / "draft")
        return _log.stamp(path)
    return Stamp.of(_durable.extend(path, plan.data))


def _number(transaction: Transaction, placed: PlacedRow) -> FlagRecord:
    """Return the record with its row number and an increasing id."""
    transaction.number = placed.number + 1
    transaction.last = _ids.after(transaction.last, placed.row.record.id)
    return replace(placed.row.record, row=placed.number, id=transaction.last)


def _fields(
    log: LogEntry, placed: PlacedRow, record: FlagRecord, stored: Sequence[Sequence[Stored]], line: bytes
) -> dict[str, Any]:
    """Return the flag's fields in the database."""
    row, values = placed.row, len(record.data)
    in_columns = [places for heading, places in zip(row.headings, stored, strict=False) if heading.kind == "expected"]
    corrections = in_columns if not row.corrections else stored[len(row.cells) :]
    files = list({each.path: each for places in stored for each in places}.values())
    return {
        "row": record.row,
        "id": record.id,
        "log": log.id,
        "digest": _log.digest(_log.cells(line)),
        "length": len(line),
        "nbytes": sum(each.size for each in files),
        "files": json.dumps([each.path for each in files]) if files else None,
        "inputs": len(record.inputs) if row.typed else None,
        "data": _values.dump(record.data, stored[:values]) if row.typed else None,
        "cells": None if row.typed else json.dumps(_log.cells(line)),
        "expected": None if record.expected is None else _values.dump(record.expected, corrections),
        "created": _tables.timestamp(record.created),
        "duration": record.duration,
    } | {name: csv_cells.escape(getattr(record, name)) for name in TEXTS}


def _undo(transaction: Transaction, plan: PlannedChange) -> None:
    """Undo a failed change; the next transaction undoes the rest."""
    path = transaction.folder / NAME
    try:
        if plan.size is None:
            path.unlink(missing_ok=True)
        elif path.exists() and path.stat().st_size > plan.size:
            _durable.cut(path, plan.size)
        _write_ahead.remove_files(transaction.folder, plan.files)
    except OSError:
        logger.warning("%s: what a failed flag left is taken back by the next one.", path, exc_info=True)
