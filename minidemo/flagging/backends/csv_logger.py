"""CSVLogger: flags as rows of logs.csv, with a folder of files beside it for each column that has files."""

import logging
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minidemo.content.media import files_of
from minidemo.errors import ConfigurationError, InputError, did_you_mean
from minidemo.flagging import _cells, _durable, _place
from minidemo.flagging import store as flag_store
from minidemo.flagging._group import Group
from minidemo.flagging._retention import Retention
from minidemo.flagging.base import Column, FlaggingCallback, FlagRecord, Removed, Status

if TYPE_CHECKING:
    from minidemo.flagging.store import Draft, FlagStore, Heading

COLUMNS = ("id", "run", "created", "comment", "expected", "error", "duration", "session", "source", "version")
"""What else a row may hold, beside the values, the reason and the user."""
logger = logging.getLogger("minidemo")


class CSVLogger(FlaggingCallback):
    """Appends each flag to `logs.csv`: the components' labels, then `flag` where reasons are offered.

    Files go to a folder that bears the component's label, numbered by row; the cell holds their path from the CSV. Any
    number of threads and processes may write to one folder. A flag is on the disk when `flag` returns, with all that is
    known of it in `.minidemo/flags.db`; `columns` asks for some of that in the CSV, too: names out of `COLUMNS`.

    Flags that were made by themselves are removed after `retention`, a number of days or a `timedelta`, and when all
    flags together take more than `max_mb` megabytes, the oldest first. Flags of visitors are never removed: if there
    is no room left, a new one is refused. `store` is the folder; `sinks` are the names of those to whom each flag is
    owed, until the store is told that it was handed on.
    """

    def __init__(
        self, *, columns: Sequence[str] = (), retention: float | timedelta | None = None, max_mb: float | None = None
    ) -> None:
        for name in columns:
            if name not in COLUMNS:
                raise ConfigurationError(f"CSVLogger got the column {name!r}. {did_you_mean(name, COLUMNS)}")
        self._columns = tuple(columns)
        self.sinks: tuple[str, ...] = ()
        self._retention = Retention(retention, max_mb)

    def setup(self, components: Sequence[Column], flagging_dir: str | Path) -> None:
        """Remember where to write; the directory is created by the first flag, or warned of if it cannot be."""
        self._components = tuple(components)
        labels = [component.label for component in components]
        self._values = list(zip(_cells.header(labels), _cells.folders(labels), strict=True))
        self._latest: tuple[tuple[bool, bool, int], tuple[Heading, ...]] | None = None
        self._folder = Path(flagging_dir).absolute()
        self._group: Group[Draft, FlagRecord] = Group(self._write, lambda one, other: one.headings == other.headings)
        self.__dict__.pop("store", None)
        if not _durable.can_write(self._folder):
            logger.warning("Flags cannot be saved: %s is no directory that may be written to.", self._folder)
        _place.warn_of_network(self._folder)

    @cached_property
    def store(self) -> "FlagStore":
        """The folder, whose code is loaded with the first flag."""
        return flag_store.FlagStore(self._folder, read=self._read)

    def flag(self, flag_data: Sequence[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Write one row and its files, and return the row's number, counted from 0."""
        return self.flag_record(FlagRecord(inputs=tuple(flag_data), option=flag_option, username=username))

    def flag_record(self, record: FlagRecord) -> int:
        """Write one row and its files, with all that is known of the flag, and return the row's number."""
        return int(self._group.add(self._draft(record)).row or 0)

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
        """Yield the flags that fit all of the conditions, in the order of their rows."""
        return self.store.records(ids=ids, row=row, username=username, session=session, before=before, status=status)

    def update(
        self, id: str, *, status: Status | None = None, note: str | None = None, reviewer: str | None = None
    ) -> FlagRecord:
        """Set what a review found out about a flag, and return it; raise `KeyError` for an unknown id."""
        return self.store.update(id, status=status, note=note, reviewer=reviewer)

    def delete(self, ids: Collection[str]) -> Removed:
        """Remove flags for good, with their files; ids that are not there are passed over."""
        return self.store.delete(ids)

    def _write(self, drafts: Sequence["Draft"]) -> list[FlagRecord]:
        self._retention.make_room(self.store)
        return self.store.add(drafts)

    def _draft(self, record: FlagRecord) -> "Draft":
        """Get a record ready: what takes long, such as the encoding of pictures, is done before a turn is asked for."""
        cells = [component.flag(value) for component, value in zip(self._components, record.data, strict=True)]
        right = self._right(record)
        own = [text for text in (record.option, record.username) if text is not None]
        asked = [cell for name in self._columns for cell in (right if name == "expected" else [_told(record, name)])]
        draft = flag_store.Draft(
            record=record,
            headings=self._headings(record.option is not None, record.username is not None, len(record.outputs)),
            cells=(*cells, *own, *asked),
            sinks=self.sinks,
            corrections=() if "expected" in self._columns or record.expected is None else tuple(right),
        )
        for file in files_of([draft.cells, draft.corrections]):
            if file.path is None:
                file.read()
        return draft

    def _right(self, record: FlagRecord) -> list[Any]:
        """Return a cell for what each output should have been."""
        outputs = self._components[len(record.inputs) :]
        expected = record.expected or (None,) * len(outputs)
        return [
            None if value is None else component.flag(value) for component, value in zip(outputs, expected, strict=True)
        ]

    def _headings(self, option: bool, username: bool, outputs: int) -> tuple["Heading", ...]:
        """Return the columns of a row, which are those of the last one as a rule."""
        kind, latest = (option, username, outputs), self._latest
        if latest is None or latest[0] != kind:
            latest = self._latest = kind, self._make_headings(*kind)
        return latest[1]

    def _make_headings(self, option: bool, username: bool, outputs: int) -> tuple["Heading", ...]:
        """Return the columns of a row: the values, the reason and the user if there are any, and what was asked for."""
        given = [("flag", "option")] * option + [("username", "username")] * username
        labels = [component.label or "" for component in self._components][len(self._components) - outputs :]
        right = ["expected"] if outputs == 1 else [f"expected {label}" for label in labels]
        for name in self._columns:
            given += [(each, name) for each in (right if name == "expected" else [name])]
        names = _cells.unique([*(name for name, _ in self._values), *_cells.header([name for name, _ in given])])
        folders = _cells.unique(
            [*(folder for _, folder in self._values), *_cells.folders([name for name, _ in given])], fold=True
        )
        kinds = ["value"] * len(self._values) + [kind for _, kind in given]
        return tuple(map(flag_store.Heading, names, folders, kinds))

    def _read(self, heading: "Heading", cell: Any) -> Any:
        """Return the value in a cell that somebody else wrote; what the component cannot read stays as it is."""
        columns = zip(self._values, self._components, strict=True)
        component = next((component for (name, _), component in columns if name == heading.name), None)
        try:
            return cell if component is None else component.read_from_flag(cell)
        except (InputError, ValueError):
            return cell


def _told(record: FlagRecord, name: str) -> Any:
    """Return what a column of our own holds."""
    value = getattr(record, name)
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value
