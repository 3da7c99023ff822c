"""The contract of a flagging backend."""

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
    """The part of a component that a backend uses."""

    label: str | None

    def flag(self, value: Any) -> str | int | float | Media | list[Media] | None:
        """Return the cell for a value."""

    def read_from_flag(self, cell: Any) -> Any:
        """Return the value of a cell that `flag` has made."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FlagRecord:
    """A flag, with everything the server knows about its run.

    Args:
        run: The id of the run.
        created: The time of the flag, in UTC.
        inputs: The values of the input columns.
        outputs: The values of the output columns.
        option: The reason; "" if none was chosen, None if the demo offers none.
        comment: The user's note.
        expected: The correct output for each output column, or None.
        username: The user; None in a demo without login.
        session: A random word for the page load.
        duration: The duration of the run, in seconds.
        error: The message of a failed run.
        source: The origin: a user, automatic, an API client, or an import.
        version: The demo's version, and a hash of its function's source.
        status: The result of the review.
        note: The reviewer's note.
        reviewer: The reviewer.
        row: The row number, once stored.
        id: The id; a backend may replace it by a later one, so that ids are in row order.
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
        """The inputs, then the outputs: a value for each column."""
        return self.inputs + self.outputs


class FlaggingCallback(ABC):
    """Stores flags.

    Override `setup` and `flag`, or `flag_record` for more than the values. `flag` is called from several threads, and
    returns the row number. Raise `OSError` if the flag could not be stored: the user is told, and may try again. A
    backend whose flags can be read back also has the methods of `Readable`.
    """

    @abstractmethod
    def setup(self, components: Sequence[Column], flagging_dir: str | Path) -> None:
        """Prepare to store flags of these components in a directory."""

    @abstractmethod
    def flag(self, flag_data: Sequence[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Store a value for each component, and return the row number."""

    def flag_record(self, record: FlagRecord) -> int:
        """Store a flag with all its details, and return the row number."""
        return self.flag(record.data, record.option, record.username)


@dataclass(frozen=True, kw_only=True, slots=True)
class Removed:
    """The number of removed flags and files, and their size in bytes."""

    flags: int = 0
    files: int = 0
    nbytes: int = 0

    def __add__(self, other: "Removed") -> "Removed":
        return Removed(
            flags=self.flags + other.flags, files=self.files + other.files, nbytes=self.nbytes + other.nbytes
        )


@runtime_checkable
class Readable(Protocol):
    """A backend whose flags can be read, reviewed and deleted."""

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

    def update(
        self, id: str, *, status: Status | None = None, note: str | None = None, reviewer: str | None = None
    ) -> FlagRecord:
        """Set a flag's review, and return it; raise `KeyError` for unknown ids."""

    def delete(self, ids: Collection[str]) -> Removed:
        """Delete flags and their files; ignore unknown ids."""
