"""Cleanup: deletes old files and runs while a demo is served."""

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakSet, ref

from minidemo.errors import ConfigurationError
from minidemo.stores.base import BaseFileStore, BaseRunStore
from minidemo.stores.runs import Run
from minidemo.utils.checks import is_number

HOUR = 3_600.0
DAY = 24 * HOUR


@dataclass(frozen=True, kw_only=True, slots=True)
class RetentionPolicy:
    """The age, in seconds, at which visitors' files are deleted.

    The stores are swept every `frequency` seconds. Files of a stored run stay. With `runs`, old runs are deleted too.
    """

    frequency: float = HOUR
    age: float = DAY
    runs: bool = False


def retention_policy(delete_cache: object) -> RetentionPolicy:
    """Return the policy of a `delete_cache` argument, or raise `ConfigurationError`."""
    if delete_cache is None:
        return RetentionPolicy()
    pair = list(delete_cache) if isinstance(delete_cache, Sequence) and not isinstance(delete_cache, str) else []
    if len(pair) != 2 or not all(is_number(value, above=0) for value in pair):
        raise ConfigurationError(
            f"delete_cache is {delete_cache!r}; expected (frequency, age), two numbers of seconds above 0. "
            "For example, (3600, 86400) looks every hour for what is a day old; leave it out for the default."
        )
    return RetentionPolicy(frequency=pair[0], age=pair[1], runs=True)


def strictest(policies: Iterable[RetentionPolicy]) -> RetentionPolicy:
    """Return the policy that fulfils all policies of authors, or the default."""
    known = list(policies)
    explicit = [policy for policy in known if policy.runs] or known
    return RetentionPolicy(
        frequency=min(policy.frequency for policy in explicit),
        age=min(policy.age for policy in explicit),
        runs=explicit[0].runs,
    )


class Sweeper:
    """Deletes old files and, depending on the policy, old runs.

    Args:
        runs: The store of runs.
        files: The store of files.
        retention: The policy.
        keep: Returns True for a run that must stay.
    """

    def __init__(
        self, runs: BaseRunStore, files: BaseFileStore, *, retention: RetentionPolicy, keep: Callable[[Run], bool]
    ) -> None:
        self._runs = runs
        self._files = files
        self._retention = retention
        self._keep = keep
        self._loops: WeakSet[AbstractEventLoop] = WeakSet()

    def start(self) -> None:
        """Sweep regularly in the running event loop; a second start changes nothing."""
        loop = asyncio.get_running_loop()
        if loop not in self._loops:
            self._loops.add(loop)
            self._schedule(loop)

    def sweep(self, loop: AbstractEventLoop) -> None:
        """Delete old runs and files; the disk is freed in a thread."""
        self._schedule(loop)
        policy = self._retention
        removed: list[object] = [*self._runs.sweep(policy.age, keep=self._keep)] if policy.runs else []
        removed += self._files.sweep(policy.age, keep=self._runs.holds)
        if removed:
            loop.run_in_executor(None, removed.clear)

    def _schedule(self, loop: AbstractEventLoop) -> None:
        loop.call_later(self._retention.frequency, _sweep, ref(self), loop)


def _sweep(reference: "ref[Sweeper]", loop: AbstractEventLoop) -> None:
    """Sweep an app that still exists; the timer does not keep it."""
    sweeper = reference()
    if sweeper is not None:
        sweeper.sweep(loop)
