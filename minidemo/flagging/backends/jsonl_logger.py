"""JSONLLogger: flags as JSON objects, one per line of flags.jsonl."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from minidemo.content.media import Media
from minidemo.flagging import _files, csv_cells
from minidemo.flagging._journal import Journal
from minidemo.flagging.base import Column, FlaggingCallback, FlagRecord

OURS = (
    *("row", "id", "run", "created", "option", "comment", "expected", "username", "session", "duration", "error"),
    *("source", "version"),
)
"""The keys beside the labels; an equal label gets ` 2`."""


class JSONLLogger(FlaggingCallback):
    """Appends flags to `flags.jsonl`, with the details of their runs.

    Numbers stay numbers, lists stay lists. Files go to a folder named after the component's label, numbered by row; the
    value is their path from `flags.jsonl`. Lone surrogates, which some readers refuse, are escaped as in `CSVLogger`.

    Args:
        directory: The directory to write to, by default the demo's `flagging_dir`. Tools that load a folder of CSV
            files stumble over a JSON file in it.
    """

    def __init__(self, directory: str | Path | None = None) -> None:
        self.directory = directory

    def setup(self, components: Sequence[Column], flagging_dir: str | Path) -> None:
        """Set the columns and the directory."""
        self._components = tuple(components)
        self._folder = Path(self.directory or flagging_dir).absolute()
        self._log = Journal(self._folder / "flags.jsonl")
        labels = [component.label or f"component {i}" for i, component in enumerate(components)]
        self._labels = csv_cells.unique([*OURS, *labels])[len(OURS) :]
        self._names = _files.folders(self._log.path.name, [*labels, *(f"{label} expected" for label in labels)])

    def flag(self, flag_data: Sequence[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Write a line and its files, and return its number, from 0."""
        return self.flag_record(FlagRecord(inputs=tuple(flag_data), option=flag_option, username=username))

    def flag_record(self, record: FlagRecord) -> int:
        """Write a line and its files, and return its number, from 0."""
        count = len(self._components)
        expected = record.expected or ()
        values = (*record.data, *(None,) * (count - len(expected)), *expected)
        cells = _files.cells(self._components * 2, values)
        with self._log.locked() as number:
            places = _files.numbered(self._folder, self._names, cells, number)
            kept = [value if place is None else place for value, place in zip(values, places, strict=True)]
            line = _line(self._named(kept[:count]), self._named(kept[count:]), replace(record, row=number))
            with _files.stored(self._folder, places, cells):
                self._log.append(line)
        return number

    def _named(self, values: Sequence[Any]) -> dict[str, Any]:
        return dict(zip(self._labels, values, strict=True))


def _line(values: Mapping[str, Any], expected: Mapping[str, Any], record: FlagRecord) -> bytes:
    given = {label: value for label, value in expected.items() if value is not None}
    known = {key: getattr(record, key) for key in OURS}
    known |= {"created": record.created.isoformat(), "expected": given or None}
    text = json.dumps(_plain({**values, **known}), ensure_ascii=False)
    # JSON needs no escape for these, but many readers take them for the end of a line.
    for sign in "\x85\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text.encode() + b"\n"


def _plain(value: Any) -> Any:
    """Return a JSON value; files and non-finite numbers become names."""
    if isinstance(value, Mapping):
        return {_text(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [*map(_plain, value)]
    if isinstance(value, float):
        return value if math.isfinite(value) else json.dumps(value)
    return value if value is None or isinstance(value, int) else _text(value)


def _text(value: object) -> str:
    """Return text without lone surrogates, which some readers refuse."""
    return str(csv_cells.escape(value.name if isinstance(value, Media) else str(value)))
