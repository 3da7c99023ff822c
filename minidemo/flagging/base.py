"""The contract of a flagging backend: what it is told, and what it must give back."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias, runtime_checkable

from minidemo.content.media import Media
from minidemo.flagging import _ids

Source: TypeAlias = Literal["user", "auto", "api", "import"]
Status: TypeAlias = Literal["new", "accepted", "rejected", "fixed"]


class Column(Protocol):
    """What a backend needs of a component: its label, and what a cell holds of a value."""

    label: str | None

    def flag(self, value: Any) -> str | int | float | Media | list[Media] | None:
        """Return what the column's cell holds of the value."""

    def read_from_flag(self, cell: Any) -> Any:
        """Return the value of which `flag` made the cell."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FlagRecord:
    """One flag, with all that the server knows of the run that it names.

    `inputs` and `outputs` hold the values that the backend's columns store, in the same order; `expected` holds, for
    each of the outputs, what it should have been, or None. `option` is None where the demo offers no reasons, and empty
    where none was chosen. `username` is None where the demo has no login. `duration` is that of the run, in seconds.
    `version` is the version of the demo, and a hash of its function's source. `row` is the number of the row, once
    there is one; a backend may give the record a later `id`, so that ids are in the order of the rows.
    """

    run: str = ""
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    inputs: tuple[Any, ...] = ()
    outputs: tuple[Any, ...] = ()
    option: str | None = None
    comment: str | None = None
    expected: tuple[Any, ...] | None = None
    username: str | None = None
    session: str | None = None
    duration: float = 0.0
    error: str | None = None
    source: Source = "user"
    version: str | None = None
    status: Status = "new"
    note: str | None = None
    reviewer: str | None = None
    row: int | None = None
    id: str = field(default_factory=_ids.fresh)

    @property
    def data(self) -> tuple[Any, ...]:
        """A value for each of the backend's columns: the inputs, then the outputs."""
        return self.inputs + self.outputs


class FlaggingCallback(ABC):
    """Stores flags.

    Override `setup` and `flag`, or `flag_record` where more than the values is wanted. `flag` is called from several
    threads; what it returns is the number of the row. Raise `OSError` if the flag could not be stored: the visitor is
    told, and may try again. A backend whose flags can be read back also has the methods of `Readable`.
    """

    @abstractmethod
    def setup(self, components: Sequence[Column], flagging_dir: str | Path) -> None:
        """Get ready to store a value of each component in a directory, which need not exist yet."""

    @abstractmethod
    def flag(self, flag_data: Sequence[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Store one value for each component, and return the number of the row."""

    def flag_record(self, record: FlagRecord) -> int:
        """Store a flag with all that is known of it, and return the number of the row."""
        return self.flag(record.data, record.option, record.username)


@dataclass(frozen=True, kw_only=True, slots=True)
class Removed:
    """What was removed for good: how many flags, how many of their files, and how many bytes these had."""

    flags: int = 0
    files: int = 0
    nbytes: int = 0

    def __add__(self, other: "Removed") -> "Removed":
        return Removed(
            flags=self.flags + other.flags, files=self.files + other.files, nbytes=self.nbytes + other.nbytes
        )


@runtime_checkable
class Readable(Protocol):
    """A backend whose flags can be read back: reviewed, put right and taken away."""

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

    def update(
        self, id: str, *, status: Status | None = None, note: str | None = None, reviewer: str | None = None
    ) -> FlagRecord:
        """Set what a review found out about a flag, and return it; raise `KeyError` for an unknown id."""

    def delete(self, ids: Collection[str]) -> Removed:
        """Remove flags for good, with their files; ids that are not there are passed over."""
