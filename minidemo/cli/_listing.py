"""`minidemo flags list` and `minidemo flags show`."""

import errno
import json
import shutil
import sys
from argparse import Namespace
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from minidemo.cli._text import count_phrase, escape_controls, print_line, truncate
from minidemo.content.media import Media
from minidemo.content.tree import map_tree
from minidemo.flagging.base import FlagRecord
from minidemo.flagging.store import FlagStore, _selection

_MAX_VALUE_CHARACTERS = 40
"""Characters of a value in the list."""
_MAX_NOTE_CHARACTERS = 40
"""Characters of a visitor's note in the list."""
_VALUES = ("inputs", "outputs", "expected")


def open_store(folder: Path) -> FlagStore:
    """Return the store in a folder; raise `FileNotFoundError` if there is none."""
    if not _selection.is_there(folder):
        raise FileNotFoundError(
            errno.ENOENT, f"There are no flags in {folder}. Name the demo's flagging_dir, in which logs.csv is"
        )
    return FlagStore(folder)


def list_flags(options: Namespace) -> int:
    """List the flags that fit, the newest last."""
    store = open_store(options.directory)
    matches = store.records(
        username=options.user,
        session=options.session,
        before=options.before,
        status=options.status,
        source=options.source,
    )
    records: deque[FlagRecord] = deque(maxlen=options.limit or None)
    total = 0
    for total, record in enumerate(matches, 1):  # noqa: B007 - the number of the last one is wanted
        records.append(record)
    for line in _json_lines(store, records) if options.json else _table(store, records):
        print_line(line)
    if total > len(records):
        print(
            f"These are the last {len(records):,} of {count_phrase(total, 'flag')}. --limit 0 lists all.",
            file=sys.stderr,
        )
    return 0


def show_flag(options: Namespace) -> int:
    """Print all data of a flag; its row and the directory may be in either order."""
    flag, directory = options.flag, options.directory
    if _selection.is_there(Path(flag)) and not _selection.is_there(directory):
        flag, directory = str(directory), Path(flag)
    store = open_store(directory)
    conditions: dict[str, Any] = {"row": int(flag)} if flag.isdecimal() else {"ids": [flag]}
    for record in store.records(**conditions):
        labels = _selection.labels(store.folder, record.id)
        record_json = _record_json(store.folder, record)
        lines = (
            [json.dumps(record_json | {"labels": labels}, indent=2)] if options.json else _sheet(record_json, labels)
        )
        for line in lines:
            print_line(line)
        return 0
    raise FileNotFoundError(
        errno.ENOENT,
        f"There is no flag {flag} in {directory}. minidemo flags list tells which there are",
    )


def _json_lines(store: FlagStore, records: deque[FlagRecord]) -> Iterator[str]:
    return (json.dumps(_record_json(store.folder, record)) for record in records)


def _table(store: FlagStore, records: deque[FlagRecord]) -> Iterator[str]:
    """Yield the lines of a table; it has a column of notes if there are any."""
    if not records:
        yield "No flags."
        return
    rows = [("row", "time", "reason", "note", "values"), *(_line(store.folder, record) for record in records)]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    noted = any(record.comment for record in records)
    room = shutil.get_terminal_size((120, 24)).columns
    for number, time, reason, note, values in rows:
        start = f"{number:>{widths[0]}}  {time:<{widths[1]}}  {reason:<{widths[2]}}  "
        start += f"{note:<{widths[3]}}  " if noted else ""
        yield truncate(f"{start}{values}", max(room, len(start) + 20)).rstrip()


def _line(folder: Path, record: FlagRecord) -> tuple[str, str, str, str, str]:
    sides = [", ".join(_summary(folder, value) for value in side) for side in (record.inputs, record.outputs)]
    if record.error is not None:
        sides[1] = f"failed: {escape_controls(record.error)}"
    values = " -> ".join(filter(None, sides))
    reason = truncate(escape_controls(record.option or ""), 20)
    note = truncate(escape_controls(record.comment or ""), _MAX_NOTE_CHARACTERS)
    return str(record.row), _time(record.created), reason, note, values


def _time(when: datetime) -> str:
    return when.astimezone().isoformat(" ", "seconds")[:19]


def _sheet(entry: Mapping[str, Any], labels: list[str]) -> Iterator[str]:
    """Yield the lines of a sheet, without missing values."""
    for name, value in entry.items():
        if name not in _VALUES and value is not None:
            yield f"{name:<10}{_text(float(f'{value:.3g}') if name == 'duration' else value)}"
    names = [
        *labels,
        *(f"value {i}" for i in range(len(labels), len(entry["inputs"]) + len(entry["outputs"]))),
    ]
    outputs = names[len(entry["inputs"]) :]
    for name, side in zip(_VALUES, (names, outputs, outputs), strict=True):
        if entry[name]:
            yield from ("", name)
            for label, value in zip(side, entry[name], strict=False):
                yield f"  {escape_controls(label)}: {_text(value)}"


def _record_json(folder: Path, record: FlagRecord) -> dict[str, Any]:
    """Return all that is known of a flag, as JSON has it."""
    data = {field.name: _to_json(folder, getattr(record, field.name)) for field in fields(record)}
    first = ("row", "id", "created", "source", "status")
    return {name: data[name] for name in (*first, *(name for name in data if name not in first))}


def _to_json(folder: Path, value: Any) -> Any:
    """Return a value as JSON, with files as relative paths."""

    def tell(media: Media) -> dict[str, Any]:
        path = media.path.relative_to(folder).as_posix() if media.path else None
        return {"path": path, "name": media.name, "mime": media.mime, "size": media.nbytes}

    return map_tree(map_tree(value, Media, tell), datetime, datetime.isoformat)


def _summary(folder: Path, value: Any) -> str:
    """Return a value as the list shows it: of files their paths."""
    matches = _to_json(folder, value)
    if isinstance(value, list):
        matches = [item["path"] if isinstance(each, Media) else item for each, item in zip(value, matches, strict=True)]
    return truncate(_text(matches["path"] if isinstance(value, Media) else matches), _MAX_VALUE_CHARACTERS)


def _text(value: Any) -> str:
    return escape_controls(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
