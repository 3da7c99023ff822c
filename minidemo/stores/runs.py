"""Run: what happened once; and the bounded store of them."""

import sys
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import Any, NamedTuple

from minidemo.components.base import Held
from minidemo.content.media import Media
from minidemo.endpoints.endpoint import Endpoint
from minidemo.errors import Raised, RunExpired
from minidemo.i18n import Text
from minidemo.stores.disk_usage import Holdings
from minidemo.stores.files import MAX_DISK
from minidemo.stores.owner import Owner

EXPIRED = Text("result_gone")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, weakref_slot=True)
class Run:
    """One call of an endpoint: what came in, and what went out or went wrong.

    `error` says for the author what failed, `message` says it to the visitor; `raised` is what an
    `Error` says. `duration` is in seconds. `example` is the number of the example that it is a run of.
    """

    endpoint: Endpoint
    inputs: tuple[Held, ...]
    outputs: tuple[Held, ...]
    duration: float
    error: str | None = None
    message: str | None = None
    raised: Raised | None = None
    session: str | None = None
    username: str | None = None
    example: int | None = None
    id: str = field(default_factory=lambda: token_urlsafe(16))
    created: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def owner(self) -> Owner:
        """Whose it is."""
        return Owner(self.session, self.username)


class RunStore:
    """Keeps the latest runs in memory: at most `max_runs`, about `max_bytes` of values, and `max_disk` of files.

    `clock` tells seconds, and never goes back.
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
        self._runs: OrderedDict[str, _Kept] = OrderedDict()
        self._bytes = 0
        self._files = Holdings()

    def add(self, run: Run, *, like: Run | None = None) -> None:
        """Keep a run; the oldest make room for it. One that shows another again grows old `like` that."""
        found: list[Media] = []
        size = weigh(run.inputs, found) + weigh(run.outputs, found)
        since = self._runs[like.id].since if like is not None and like.id in self._runs else self._clock()
        self._runs[run.id] = _Kept(run, size, [part for media in found for part in media.parts], since)
        self._bytes += size
        self._files.add(self._runs[run.id].files)
        while len(self._runs) > 1 and self._is_full():
            self.forget(next(iter(self._runs)))

    def forget(self, run: str) -> None:
        """Keep a run no longer."""
        kept = self._runs.pop(run, None)
        if kept is not None:
            self._bytes -= kept.size
            self._files.remove(kept.files)

    def sweep(self, age: float, *, spared: Callable[[Run], bool]) -> list[Run]:
        """Forget the runs that are over since `age` seconds, but for those that are to be `spared`, and return them."""
        latest = self._clock() - age
        gone = [kept.run for kept in self._runs.values() if kept.since <= latest and not spared(kept.run)]
        for run in gone:
            self.forget(run.id)
        return gone

    def hold(self, file: Media) -> bool:
        """Tell whether one of the runs holds a file."""
        return file in self._files

    def get(self, run: str) -> Run:
        """Return a run by its id, or raise `RunExpired`."""
        if run not in self._runs:
            raise RunExpired(EXPIRED)
        return self._runs[run].run

    def get_for(self, username: str | None, run: str) -> Run:
        """Return a run of a user by its id, or raise `RunExpired`, as if those of others were not there."""
        found = self.get(run)
        if found.username != username:
            raise RunExpired(EXPIRED)
        return found

    def _is_full(self) -> bool:
        return len(self._runs) > self._max_runs or self._bytes > self._max_bytes or self._files.disk > self._max_disk


class _Kept(NamedTuple):
    """A run with what its values take in memory, its files, and when by the clock it was over."""

    run: Run
    size: int
    files: list[Media]
    since: float


def weigh(value: Any, files: list[Media] | None = None) -> int:
    """Return about how many bytes a held value takes; the files in it are added to `files`."""
    if isinstance(value, Media):
        if files is not None:
            files.append(value)
        return value.weight
    size = sys.getsizeof(value)
    if isinstance(value, list | tuple):
        return size + sum(weigh(item, files) for item in value)
    if isinstance(value, dict):
        return size + sum(weigh(item, files) for pair in value.items() for item in pair)
    return size
