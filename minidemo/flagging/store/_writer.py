"""Writing flags: their files, their rows and what the database says of them, all or nothing."""

import json
import logging
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path, PurePath
from typing import Any

from minidemo.content.media import Media
from minidemo.flagging import _cells, _durable, _ids
from minidemo.flagging.base import FlagRecord
from minidemo.flagging.store import _log, _reconcile, _tables, _values, _write_ahead
from minidemo.flagging.store._database import Turn
from minidemo.flagging.store._log import Stamp
from minidemo.flagging.store._tables import NAME, Heading, LogEntry
from minidemo.flagging.store._values import Stored
from minidemo.flagging.store._write_ahead import Intent

logger = logging.getLogger("minidemo")
TEXTS = (
    "run", "option", "comment", "error", "session", "username", "source", "version", "status", "note", "reviewer",
)  # fmt: skip
EXPECTED = ".minidemo/expected"
"""Where files of a correction lie that no column asks for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A flag that is ready to be written: its record, and a cell for each column.

    `corrections` are the cells of `record.expected` that no column holds; `sinks` are the names of those to whom the
    flag is to be handed on. Unless the values are `typed`, they are what the demo's components read in the cells.
    """

    record: FlagRecord
    headings: tuple[Heading, ...]
    cells: tuple[Any, ...]
    corrections: tuple[Any, ...] = ()
    sinks: tuple[str, ...] = ()
    typed: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """A draft with its number, and a path for each file of each of its cells and corrections."""

    draft: Draft
    number: int
    paths: list[list[str]]

    def files(self) -> Iterator[tuple[str, Media]]:
        """Yield each file with its path."""
        found = chain(self.draft.cells, self.draft.corrections)
        return zip(chain(*self.paths), (media for cell in found for media in _values.media(cell)), strict=True)


def write(turn: Turn, drafts: Sequence[Draft]) -> list[FlagRecord]:
    """Write flags of the same columns and commit them; on an error nothing is left of any of them."""
    log = _open(turn, drafts[0].headings)
    placed = _place(turn, drafts)
    rows = [_row(each, log.ending) for each in placed]
    plan = _plan(turn, log, placed, rows)
    _write_ahead.note(turn, plan)
    try:
        stored = [_store(turn.folder, each) for each in placed]
        _sync(turn, plan.files)
        log = _tables.save(turn, _left(log, _append(turn, plan), drafts))
        records = [_number(turn, each) for each in placed]
        described = zip(placed, records, stored, rows, strict=True)
        fields = [_fields(log, *each) for each in described]
        _tables.insert(turn, fields)
        if drafts[0].sinks:
            _tables.owe(turn, [(record.id, sink) for record in records for sink in drafts[0].sinks])
        turn.commit()
    except BaseException:
        _take_back(turn, plan)
        raise
    return records


def _left(log: LogEntry, stamp: Stamp | None, drafts: Sequence[Draft]) -> LogEntry:
    """Return what is known of the log now: how it is left, and how many of its columns are inputs."""
    inputs = next((len(draft.record.inputs) for draft in drafts if draft.typed), log.inputs)
    return replace(log, inputs=inputs, stamp=stamp)


def _open(turn: Turn, headings: tuple[Heading, ...]) -> LogEntry:
    """Return the log for these columns; one with other columns is renamed."""
    log = _tables.current(turn)
    fresh = LogEntry(headings=headings)
    if log is None:
        return fresh
    if log.stamp and not log.stamp.size:
        return replace(log, headings=headings)
    if log.names == fresh.names and log.delimiter == ",":
        log = _reconcile.reconcile(turn, log) if log.unfinished else log
        return log if log.headings == headings else replace(log, headings=headings)
    names = (turn.folder / f"logs-{n}.csv" for n in count(1))
    spare = next(name for name in names if not os.path.lexists(name))
    (turn.folder / NAME).rename(spare)
    _tables.save(turn, replace(log, name=spare.name))
    print(
        f"The columns of {turn.folder / NAME} have changed: the rows so far are kept as {spare.name}. "
        "If two demos flag into this folder, give each a flagging_dir of its own."
    )
    return fresh


def _place(turn: Turn, drafts: Sequence[Draft]) -> list[Placed]:
    """Give each flag a number, and its files their places; a number that other files bear is passed over."""
    placed = []
    number = turn.number
    for draft in drafts:
        paths = _paths(draft, number)
        while any(os.path.lexists(turn.folder / path) for path in chain(*paths)):
            number += 1
            paths = _paths(draft, number)
        placed.append(Placed(draft, number, paths))
        number += 1
    return placed


def _paths(draft: Draft, number: int) -> list[list[str]]:
    """Return where the files of each cell and of each correction go, seen from the log."""
    shown = [_names(heading.folder, number, cell) for heading, cell in zip(draft.headings, draft.cells, strict=True)]
    return shown + [_names(EXPECTED, f"{number}-{i}", cell) for i, cell in enumerate(draft.corrections)]


def _names(folder: str, number: int | str, cell: object) -> list[str]:
    if isinstance(cell, list):
        return [f"{folder}/{number}/{i}{_suffix(media)}" for i, media in enumerate(cell)]
    return [f"{folder}/{number}{_suffix(cell)}"] if isinstance(cell, Media) else []


def _suffix(media: Media) -> str:
    return media.suffix if re.fullmatch(r"\.[a-z0-9]{1,12}", media.suffix) else ""


def _row(placed: Placed, ending: str) -> bytes:
    return _cells.row(map(_cell, placed.draft.cells, placed.paths), ending)


def _cell(cell: object, paths: list[str]) -> object:
    """Return what stands in the log: text, a number, or where the files are."""
    if isinstance(cell, list):
        return json.dumps(paths, ensure_ascii=False)
    return paths[0] if isinstance(cell, Media) else _cells.protect(cell)


def _plan(turn: Turn, log: LogEntry, placed: Sequence[Placed], rows: Sequence[bytes]) -> Intent:
    size = log.stamp.size if log.stamp else None
    data = b"".join([b"" if size else _cells.row(log.names), *rows])
    _durable.check_room(turn.folder, len(data))
    return Intent(
        kind="add",
        token=turn.token,
        serial=turn.serial,
        log=NAME,
        size=size,
        files=tuple(path for each in placed for path in chain(*each.paths)),
        data=data,
    )


def _store(folder: Path, placed: Placed) -> list[list[Stored]]:
    """Write the files of a flag, and return where those of each cell are."""
    known: dict[str, Stored] = {}
    for path, media in placed.files() if any(placed.paths) else ():
        for above in PurePath(path).parents[:-1]:
            _durable.refuse_link(folder / above)
        _durable.make_folder((folder / path).parent, 0o700 if path.startswith(EXPECTED) else 0o755)
        known[path] = Stored(path, *_durable.create(folder / path, media))
    return [[known[path] for path in paths] for paths in placed.paths]


def _sync(turn: Turn, files: Sequence[str]) -> None:
    for above in {(turn.folder / path).parent for path in files}:
        _durable.sync_folder(above)


def _append(turn: Turn, plan: Intent) -> Stamp | None:
    """Write the rows, and return how the log is left."""
    path = _durable.within(turn.folder, NAME)
    if plan.size is None:
        _durable.replace(path, [plan.data], turn.hidden / "draft")
        return _log.stamp(path)
    return Stamp.of(_durable.extend(path, plan.data))


def _number(turn: Turn, placed: Placed) -> FlagRecord:
    """Return the record with its row, and an id that sorts after those before it."""
    turn.number = placed.number + 1
    turn.last = _ids.after(turn.last, placed.draft.record.id)
    return replace(placed.draft.record, row=placed.number, id=turn.last)


def _fields(
    log: LogEntry, placed: Placed, record: FlagRecord, stored: Sequence[Sequence[Stored]], row: bytes
) -> dict[str, Any]:
    """Return what the database keeps of a flag."""
    draft, values = placed.draft, len(record.data)
    asked = [places for heading, places in zip(draft.headings, stored, strict=False) if heading.kind == "expected"]
    corrected = asked if not draft.corrections else stored[len(draft.cells) :]
    files = [each for places in stored for each in places]
    return {
        "row": record.row,
        "id": record.id,
        "log": log.id,
        "digest": _log.digest(_log.cells(row)),
        "length": len(row),
        "nbytes": sum(each.size for each in files),
        "files": json.dumps([each.path for each in files]) if files else None,
        "inputs": len(record.inputs) if draft.typed else None,
        "data": _values.dump(record.data, stored[:values]) if draft.typed else None,
        "cells": None if draft.typed else json.dumps(_log.cells(row)),
        "expected": None if record.expected is None else _values.dump(record.expected, corrected),
        "created": _tables.moment(record.created),
        "duration": record.duration,
    } | {name: _cells.escape(getattr(record, name)) for name in TEXTS}


def _take_back(turn: Turn, plan: Intent) -> None:
    """Leave the folder as it was; what cannot be done now is done by the next turn."""
    path = turn.folder / NAME
    try:
        if plan.size is None:
            path.unlink(missing_ok=True)
        elif path.exists() and path.stat().st_size > plan.size:
            _durable.cut(path, plan.size)
        _write_ahead.remove(turn.folder, plan.files)
    except OSError:
        logger.warning("%s: what a failed flag left is taken back by the next one.", path, exc_info=True)
