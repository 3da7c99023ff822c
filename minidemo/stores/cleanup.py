"""Sweeper: deletes what has not been used for long, now and then, while a demo is served."""

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import Callable
from weakref import WeakSet, ref

from minidemo.stores.files import FileStore
from minidemo.stores.retention import Keeping
from minidemo.stores.runs import Run, RunStore


class Sweeper:
    """Deletes files that nobody has used for long, and runs where that is wished, but for those to be `spared`."""

    def __init__(self, runs: RunStore, files: FileStore, *, keeping: Keeping, spared: Callable[[Run], bool]) -> None:
        self._runs = runs
        self._files = files
        self._keeping = keeping
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
        keeping = self._keeping
        gone: list[object] = [*self._runs.sweep(keeping.age, spared=self._spared)] if keeping.runs else []
        gone += self._files.sweep(keeping.age, spared=self._runs.hold)
        if gone:
            loop.run_in_executor(None, gone.clear)

    def _look_later(self, loop: AbstractEventLoop) -> None:
        loop.call_later(self._keeping.frequency, _look, ref(self), loop)


def _look(known: "ref[Sweeper]", loop: AbstractEventLoop) -> None:
    """Look for what is old, unless the demo has gone: a timer does not keep it."""
    sweeper = known()
    if sweeper is not None:
        sweeper.look(loop)
