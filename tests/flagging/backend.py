"""Backends that do what a test wants, and one that can be read back."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from minidemo import FlaggingCallback, FlagRecord
from minidemo.flagging.base import Column, Removed


class Backend(FlaggingCallback):
    """Stores a flag as `store` does, and counts the calls."""

    def __init__(self, store: Callable[[], int]) -> None:
        self.store, self.calls = store, 0

    def setup(self, components: Sequence[Column], flagging_dir: str | Path) -> None:
        """Nothing is needed."""

    def flag(self, flag_data: Sequence[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Store a flag."""
        self.calls += 1
        return self.store()


class Archive(Backend):
    """Keeps all that it is told, and cannot be read back."""

    def __init__(self) -> None:
        super().__init__(lambda: 0)
        self.kept: list[FlagRecord] = []

    def flag_record(self, record: FlagRecord) -> int:
        """Keep a record."""
        self.kept.append(record)
        return len(self.kept) - 1


class Shelf(Archive):
    """Keeps flags in memory, where they can be read, reviewed and removed; a row's number is never given again.

    `deleting` is called before a flag is removed.
    """

    def __init__(self, deleting: Callable[[], object] = bool) -> None:
        super().__init__()
        self.deleting = deleting
        self.gone: list[str] = []

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows that are there."""
        return [record.row or 0 for record in self.records()]

    def flag_record(self, record: FlagRecord) -> int:
        """Keep a record under an id of its own, with the number of its row."""
        row = len(self.kept)
        return super().flag_record(replace(record, row=row, id=f"{row}"))

    def records(self, *, row: int | None = None, **conditions: Any) -> Iterator[FlagRecord]:
        """Yield what is kept in a row, or in all."""
        yield from (kept for kept in self.kept if kept.id not in self.gone and row in (None, kept.row))

    def update(self, id: str, **review: Any) -> None: ...

    def delete(self, ids: Collection[str]) -> Removed:
        """Remove flags."""
        self.deleting()
        self.gone += ids
        return Removed(flags=len(ids))
