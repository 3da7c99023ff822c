"""Run: what happened once; and the bounded store of them."""

import sys
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import Any

from minidemo.components.base import Held
from minidemo.endpoint import Endpoint
from minidemo.errors import RunExpired
from minidemo.files import Owner
from minidemo.media import Media
from minidemo.words import Word

EXPIRED = Word("result_gone")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, weakref_slot=True)
class Run:
    """One call of an endpoint: what came in, and what went out or went wrong.

    `error` says for the author what failed, `message` says it to the visitor. `duration` is in seconds. `example` is
    the number of the example that it is a run of.
    """

    endpoint: Endpoint
    inputs: tuple[Held, ...]
    outputs: tuple[Held, ...]
    duration: float
    error: str | None = None
    message: str | None = None
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
    """Keeps the latest runs in memory: at most `max_runs`, and about `max_bytes` of values."""

    def __init__(self, *, max_runs: int = 10_000, max_bytes: int = 256 * 2**20) -> None:
        self._max_runs = max_runs
        self._max_bytes = max_bytes
        self._runs: OrderedDict[str, tuple[Run, int]] = OrderedDict()
        self._bytes = 0

    def add(self, run: Run) -> None:
        """Keep a run; the oldest make room for it."""
        size = weigh(run.inputs) + weigh(run.outputs)
        self._runs[run.id] = run, size
        self._bytes += size
        while len(self._runs) > 1 and (len(self._runs) > self._max_runs or self._bytes > self._max_bytes):
            self._bytes -= self._runs.popitem(last=False)[1][1]

    def forget(self, run: str) -> None:
        """Keep a run no longer."""
        self._bytes -= self._runs.pop(run, (None, 0))[1]

    def get(self, run: str) -> Run:
        """Return a run by its id, or raise `RunExpired`."""
        if run not in self._runs:
            raise RunExpired(EXPIRED)
        return self._runs[run][0]

    def get_for(self, username: str | None, run: str) -> Run:
        """Return a run of a user by its id, or raise `RunExpired`, as if those of others were not there."""
        found = self.get(run)
        if found.username != username:
            raise RunExpired(EXPIRED)
        return found


def weigh(value: Any) -> int:
    """Return about how many bytes a held value takes."""
    if isinstance(value, Media):
        return value.weight
    size = sys.getsizeof(value)
    if isinstance(value, list | tuple):
        return size + sum(map(weigh, value))
    if isinstance(value, dict):
        return size + sum(map(weigh, value.values())) + sum(map(weigh, value))
    return size
