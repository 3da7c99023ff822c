"""The contract of a flagging backend: what it is told, and what it must give back."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from minidemo.media import Media


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

    `data` holds a value for each of the backend's columns: the inputs, then the outputs. `option` is None where the
    demo offers no reasons, and empty where none was chosen. `username` is None where the demo has no login.
    """

    run: str
    created: datetime
    data: tuple[Any, ...]
    option: str | None = None
    username: str | None = None
    session: str | None = None
    duration: float = 0.0
    error: str | None = None


class FlaggingCallback(ABC):
    """Stores flags.

    Override `setup` and `flag`, or `flag_record` where more than the values is wanted. `flag` is called from several
    threads; what it returns is the number of the row. Raise `OSError` if the flag could not be stored: the visitor is
    told, and may try again.
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
