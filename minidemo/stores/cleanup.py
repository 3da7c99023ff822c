"""Cleanup: deletes old files and runs while a demo is served."""

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import Callable
from weakref import WeakSet, ref

from minidemo.stores.base import BaseFileStore, BaseRunStore
from minidemo.stores.retention import RetentionPolicy
from minidemo.stores.runs import Run


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
