"""CSVLogger: flags as rows of logs.csv, with their files beside it."""

import logging
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minidemo.content.media import files_of
from minidemo.errors import ConfigurationError, InputError, did_you_mean
from minidemo.flagging import _durable, csv_cells, directory
from minidemo.flagging import store as flag_store
from minidemo.flagging._retention import Retention
from minidemo.flagging.base import Column, FlaggingCallback, FlagRecord, Removed, Status
from minidemo.flagging.group import Group

if TYPE_CHECKING:
    from minidemo.flagging.store import FlagStore, Heading, Row

COLUMNS = ("id", "run", "created", "comment", "expected", "error", "duration", "session", "source", "version")
"""The names of the extra columns."""
logger = logging.getLogger("minidemo")


class CSVLogger(FlaggingCallback):
    """Appends flags to `logs.csv`, with a column for each component.

    Files go to a folder named after the component's label, numbered by row; the cell holds their path from the CSV.
    Any number of threads and processes may write to one folder. A flag is on the disk when `flag` returns, with all
    its details in `.minidemo/flags.db`. Users' flags are never removed automatically: without room a new one is
    refused. `store` is the folder; `sinks` are the names of the sinks to deliver each flag to.

    Args:
        simplify_file_data: Accepted without effect.
        verbose: Accepted without effect.
        dataset_file_name: Accepted without effect: the file is `logs.csv`.
        columns: Details to write to the CSV as well, names from `COLUMNS`; none by default.
        retention: Age at which automatic flags are removed, a number of days or a `timedelta`; unlimited by default.
        max_mb: Limit for all flags in megabytes; the oldest automatic flags are removed first. Unlimited by default.
    """

    def __init__(
        self,
        simplify_file_data: bool = True,
        verbose: bool = True,
        dataset_file_name: str | None = None,
        *,
        columns: Sequence[str] = (),
        retention: float | timedelta | None = None,
        max_mb: float | None = None,
    ) -> None:
        for name in columns:
            if name not in COLUMNS:
                raise ConfigurationError(f"CSVLogger got the column {name!r}. {did_you_mean(name, COLUMNS)}")
        self._columns = tuple(columns)
        self.sinks: tuple[str, ...] = ()
        self._retention = Retention(retention, max_mb)

    def setup(self, components: Sequence[Column], flagging_dir: str | Path) -> None:
        """Set the columns and the directory, which the first flag creates."""
        self._components = tuple(components)
        labels = [component.label for component in components]
        self._values = list(zip(csv_cells.header(labels), csv_cells.folders(labels), strict=True))
        self._latest: tuple[tuple[bool, bool, int], tuple[Heading, ...]] | None = None
        self._folder = Path(flagging_dir).absolute()
        self._group: Group[Row, FlagRecord] = Group(self._write, lambda one, other: one.headings == other.headings)
        self.__dict__.pop("store", None)
        if not _durable.can_write(self._folder):
            logger.warning("Flags cannot be saved: %s is no directory that may be written to.", self._folder)
        directory.warn_of_network(self._folder)

    @cached_property
    def store(self) -> "FlagStore":
        """The folder; its code is loaded with the first flag."""
        return flag_store.FlagStore(self._folder, read=self._read)

    def flag(self, flag_data: Sequence[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Write a row and its files, and return its number, from 0."""
        return self.flag_record(FlagRecord(inputs=tuple(flag_data), option=flag_option, username=username))

    def flag_record(self, record: FlagRecord) -> int:
        """Write a row, its files and its details, and return its number."""
        return int(self._group.add(self._row(record)).row or 0)

    def records(
        self,
        *,
        ids: Collection[str] | None = None,
        row: int | None = None,
        username: str | None = None,
        session: str | None = None,
        before: datetime | None = None,
        status: Status | None = None,
    ) -> Iterator[FlagRecord]:
        """Yield the flags that match all conditions, in row order."""
        return self.store.records(ids=ids, row=row, username=username, session=session, before=before, status=status)

    def update(
        self, id: str, *, status: Status | None = None, note: str | None = None, reviewer: str | None = None
    ) -> FlagRecord:
        """Set a flag's review, and return it; raise `KeyError` for unknown ids."""
        return self.store.update(id, status=status, note=note, reviewer=reviewer)

    def delete(self, ids: Collection[str]) -> Removed:
        """Delete flags and their files; ignore unknown ids."""
        return self.store.delete(ids)

    def _write(self, rows: Sequence["Row"]) -> list[FlagRecord]:
        self._retention.make_room(self.store)
        return self.store.add(rows)

    def _row(self, record: FlagRecord) -> "Row":
        """Return a record's row; encode files before the lock is taken."""
        cells = [component.flag(value) for component, value in zip(self._components, record.data, strict=True)]
        right = self._right(record)
        own = [text for text in (record.option, record.username) if text is not None]
        asked = [cell for name in self._columns for cell in (right if name == "expected" else [_told(record, name)])]
        row = flag_store.Row(
            record=record,
            headings=self._headings(record.option is not None, record.username is not None, len(record.outputs)),
            cells=(*cells, *own, *asked),
            sinks=self.sinks,
            corrections=() if "expected" in self._columns or record.expected is None else tuple(right),
        )
        for file in files_of([row.cells, row.corrections]):
            if file.path is None:
                file.read()
        return row

    def _right(self, record: FlagRecord) -> list[Any]:
        """Return a cell for each expected output."""
        outputs = self._components[len(record.inputs) :]
        expected = record.expected or (None,) * len(outputs)
        return [
            None if value is None else component.flag(value) for component, value in zip(outputs, expected, strict=True)
        ]

    def _headings(self, option: bool, username: bool, outputs: int) -> tuple["Heading", ...]:
        """Return the columns of a row, usually those of the last."""
        kind, latest = (option, username, outputs), self._latest
        if latest is None or latest[0] != kind:
            latest = self._latest = kind, self._make_headings(*kind)
        return latest[1]

    def _make_headings(self, option: bool, username: bool, outputs: int) -> tuple["Heading", ...]:
        """Return the columns: values, reason and user if any, extra columns."""
        given = [("flag", "option")] * option + [("username", "username")] * username
        labels = [component.label or "" for component in self._components][len(self._components) - outputs :]
        right = ["expected"] if outputs == 1 else [f"expected {label}" for label in labels]
        for name in self._columns:
            given += [(each, name) for each in (right if name == "expected" else [name])]
        names = csv_cells.unique([*(name for name, _ in self._values), *csv_cells.header([name for name, _ in given])])
        folders = csv_cells.unique(
            [*(folder for _, folder in self._values), *csv_cells.folders([name for name, _ in given])], fold=True
        )
        kinds = ["value"] * len(self._values) + [kind for _, kind in given]
        return tuple(map(flag_store.Heading, names, folders, kinds))

    def _read(self, heading: "Heading", cell: Any) -> Any:
        """Return a foreign cell's value, or the cell if it is unreadable."""
        columns = zip(self._values, self._components, strict=True)
        component = next((component for (name, _), component in columns if name == heading.name), None)
        try:
            return cell if component is None else component.read_from_flag(cell)
        except (InputError, ValueError):
            return cell


def _told(record: FlagRecord, name: str) -> Any:
    """Return the cell of an extra column."""
    value = getattr(record, name)
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value
