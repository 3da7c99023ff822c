"""Sweeper: deletes what has not been used for long, now and then, while a demo is served."""

import asyncio
import math
from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakSet, ref

from minidemo.errors import ConfigurationError
from minidemo.stores.files import FileStore
from minidemo.stores.runs import Run, RunStore

HOUR = 3_600.0
DAY = 24 * HOUR


@dataclass(frozen=True, kw_only=True, slots=True)
class RetentionPolicy:
    """For how long a demo keeps what is a visitor's: it is looked for what is over `age`, every `frequency` seconds.

    Files that a kept run holds stay. With `runs`, these are forgotten at that age, too.
    """

    frequency: float = HOUR
    age: float = DAY
    runs: bool = False


def retention_policy(wish: object) -> RetentionPolicy:
    """Return what `delete_cache` asks for, or raise `ConfigurationError`."""
    if wish is None:
        return RetentionPolicy()
    pair = list(wish) if isinstance(wish, Sequence) and not isinstance(wish, str) else []
    if len(pair) != 2 or not all(map(_is_time, pair)):
        raise ConfigurationError(
            f"delete_cache is {wish!r}; expected (frequency, age), two numbers of seconds above 0. "
            "For example, (3600, 86400) looks every hour for what is a day old; leave it out for the default."
        )
    return RetentionPolicy(frequency=pair[0], age=pair[1], runs=True)


def strictest(retentions: Iterable[RetentionPolicy]) -> RetentionPolicy:
    """Return what keeps the promises of several demos: those of the authors, if any of them made one."""
    known = list(retentions)
    made = [retention for retention in known if retention.runs] or known
    return RetentionPolicy(
        frequency=min(retention.frequency for retention in made),
        age=min(retention.age for retention in made),
        runs=made[0].runs,
    )


class Sweeper:
    """Deletes files that nobody has used for long, and runs where that is wished, but for those to be `spared`."""

    def __init__(self, runs: RunStore, files: FileStore, *, retention: RetentionPolicy, keep: Callable[[Run], bool]) -> None:
        self._runs = runs
        self._files = files
        self._keeping = retention
        self._spared = spared
        self._loops: WeakSet[AbstractEventLoop] = WeakSet()

    def wake(self) -> None:
        """Look for what is old from now on, in the event loop that this is called in."""
        loop = asyncio.get_running_loop()
        if loop not in self._loops:
            self._loops.add(loop)
            self._look_later(loop)

    def look(self, loop: AbstractEventLoop) -> None:
        """Delete what is old; the files go from the disk in a thread, for that may take long."""
        self._look_later(loop)
        retention = self._keeping
        gone: list[object] = [*self._runs.sweep(retention.age, keep=self._spared)] if retention.runs else []
        gone += self._files.sweep(retention.age, keep=self._runs.hold)
        if gone:
            loop.run_in_executor(None, gone.clear)

    def _look_later(self, loop: AbstractEventLoop) -> None:
        loop.call_later(self._keeping.frequency, _look, ref(self), loop)


def _look(known: "ref[Sweeper]", loop: AbstractEventLoop) -> None:
    """Look for what is old, unless the demo has gone: a timer does not keep it."""
    sweeper = known()
    if sweeper is not None:
        sweeper.sweep(loop)


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < math.inf
