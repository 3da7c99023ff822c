"""Run: one call that ended; RunStore: the latest runs, in memory."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from secrets import token_urlsafe
from typing import Any, NamedTuple

from minidemo.components.base import Held
from minidemo.content.media import Media
from minidemo.errors import Raised, RunExpired
from minidemo.i18n import Text
from minidemo.stores.disk_usage import DiskUsage
from minidemo.stores.files import MAX_DISK
from minidemo.stores.owner import Owner
from minidemo.utils.lru import LRU

EXPIRED = Text("result_gone")
_LEAVES = frozenset({str, int, float, bool, type(None)})


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, weakref_slot=True)
class Run:
    """One call of an endpoint, with its inputs and its outputs or error.

    Args:
        endpoint: Name of the endpoint on the page.
        inputs: A value for each input.
        outputs: A value for each output; empty after a failure without outputs.
        duration: Seconds that the function took.
        error: The error for the author, or None.
        message: The error for the visitor, or None.
        raised: The fields of an `Error`, or None.
        session: Id of the page load, or None.
        username: Name of the logged-in user, or None.
        example: Number of the example that was run, or None.
        client: User or address that the run counts for.
        copied: Bytes of the copies that the function got, which are deleted with this object.
        id: Id that cannot be guessed.
        created: Time of the end of the call.
    """

    endpoint: str
    inputs: tuple[Held, ...]
    outputs: tuple[Held, ...]
    duration: float
    error: str | None = None
    message: str | None = None
    raised: Raised | None = None
    session: str | None = None
    username: str | None = None
    example: int | None = None
    client: str = ""
    copied: int = 0
    id: str = field(default_factory=partial(token_urlsafe, 16))
    created: datetime = field(default_factory=partial(datetime.now, UTC))

    @property
    def owner(self) -> Owner:
        """The owner of the run."""
        return Owner(self.session, self.username, self.client)


class RunStore:
    """Stores the latest runs in memory.

    Args:
        max_runs: The largest number of runs.
        max_bytes: The approximate bytes of all values.
        max_disk: The bytes of all files.
        clock: Returns seconds, never going back.
    """

    def __init__(
        self,
        *,
        max_runs: int = 10_000,
        max_bytes: int = 256 * 2**20,
        max_disk: int = MAX_DISK,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_runs = max_runs
        self._max_bytes = max_bytes
        self._max_disk = max_disk
        self._clock = clock
        self._disk = disk = DiskUsage()
        self._runs: LRU[str, _Entry] = LRU(
            max_runs,
            max_weight=max_bytes,
            on_remove=lambda _, entry: disk.remove(entry.files, others=entry.run.copied),
        )

    def add(self, run: Run, *, same_age_as: Run | None = None) -> None:
        """Store a run; a copy has the age of its original."""
        files: list[Media] = []
        size = weigh([*run.inputs, *run.outputs, run.error, run.message, run.raised], files)
        original = None if same_age_as is None else self._runs.get(same_age_as.id)
        added = self._clock() if original is None else original.added
        entry = _Entry(run, [*dict.fromkeys(part for media in files for part in media.parts)] if files else [], added)
        self._disk.add(entry.files, others=run.copied)
        disk = run.copied + sum([file.disk for file in entry.files])
        cost = 1 / self._max_runs + size / self._max_bytes + disk / self._max_disk
        self._runs.put(run.id, entry, weight=size, share=run.client, cost=cost)
        while self._disk.bytes > self._max_disk and len(self._runs) > 1:
            self._runs.pop_oldest()

    def remove(self, run: str) -> None:
        """Delete a run, if it is stored."""
        self._runs.pop(run)

    def sweep(self, age: float, *, keep: Callable[[Run], bool]) -> list[Run]:
        """Delete and return the runs of at least `age` seconds that `keep` refuses."""
        latest = self._clock() - age
        old = [entry.run for _, entry in self._runs.items() if entry.added <= latest and not keep(entry.run)]
        for run in old:
            self._runs.pop(run.id)
        return old

    def holds(self, file: Media) -> bool:
        """Return True for a file of a stored run."""
        return file in self._disk

    async def get(self, run: str) -> Run:
        """Return a run by its id, or raise `RunExpired`."""
        entry = self._runs.get(run)
        if entry is None:
            raise RunExpired(EXPIRED)
        return entry.run

    async def get_for(self, username: str | None, run: str) -> Run:
        """Return a user's run by its id, or raise `RunExpired`."""
        found = await self.get(run)
        if found.username != username:
            raise RunExpired(EXPIRED)
        return found


class _Entry(NamedTuple):
    """A run, its files, and the clock time of its end."""

    run: Run
    files: list[Media]
    added: float


def weigh(value: Any, files: list[Media] | None = None) -> int:
    """Return the approximate bytes of a value and collect its files."""
    size, parts = 0, [value]
    for part in parts:  # also those that are added in the loop
        if type(part) in _LEAVES:
            size += sys.getsizeof(part)
        elif isinstance(part, Media):
            size += part.weight
            if files is not None:
                files.append(part)
        else:
            size += sys.getsizeof(part)
            if isinstance(part, (list, tuple)):
                parts += part
            elif isinstance(part, dict):
                parts += [*part, *part.values()]
    return size
