"""Flagger: flags a kept Run, once for each reason, and takes a flag back for a moment."""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from minidemo.components.base import Held
from minidemo.errors import FlaggingError, FlagGone, FlagStays, InputError, NotFound
from minidemo.files import FileStore
from minidemo.filing import Filing, Said
from minidemo.flagging.base import Readable, Source
from minidemo.runs import Run, RunStore
from minidemo.workers import Workers

P = ParamSpec("P")
T = TypeVar("T")
logger = logging.getLogger("minidemo")
UNDO = 10.0
"""For how many seconds the page offers to take a flag back."""
_GRACE = 5.0
"""For how many more the server does it: a click at the last moment is on its way for a while."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Flagged:
    """What became of a flag: its row, whether it is new, and for how many seconds yet it can be taken back."""

    row: int
    new: bool
    undo: float | None


@dataclass(kw_only=True, slots=True)
class _Save:
    """A flag on its way, or stored at a time by the clock; `undoing` takes it back out of `backend`, if it can be."""

    task: "asyncio.Task[int]"
    backend: Readable | None
    stored: float = float("inf")
    undoing: "asyncio.Task[int] | None" = None


_Saves: TypeAlias = dict[str | None, _Save]


class Flagger:
    """Flags runs by their id, so that a flag holds what the server computed, and nothing that a browser claims.

    `clock` tells seconds, and never goes back. `chance` draws the sample of the runs that are stored by themselves: a
    number from 0 to below 1.
    """

    def __init__(
        self,
        runs: RunStore,
        files: FileStore,
        *,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._runs = runs
        self._files = files
        self._clock = clock
        self._chance = chance
        self._filing = Filing()
        self._workers = Workers()  # of its own: a backend may store at once all that wait, and functions may be slow
        self._saves: WeakKeyDictionary[Run, _Saves] = WeakKeyDictionary()

    async def flag(
        self,
        run_id: str,
        option: str | None = None,
        *,
        comment: str | None = None,
        expected: Sequence[Held] | None = None,
        source: Source = "user",
    ) -> Flagged:
        """Store a run with a reason, a note, and for each output what it should have been, or None where it was right.

        The same run and reason again is the same row, whatever else is said. Raise `RunExpired` for an unknown run,
        `InputError` for what does not fit, `FlaggingError` if the flag could not be stored.
        """
        run = self._run(run_id)
        policy = run.endpoint.flagging
        option, comment = policy.check_option(option), policy.check_comment(comment)
        said = Said(option=option, comment=comment, expected=await self._expected(run, expected), source=source)
        await self._undone(run, option)
        save, new = self._save(run, said)
        return Flagged(row=await asyncio.shield(save.task), new=new, undo=self._left(save))

    async def flag_automatically(self, run: Run) -> None:
        """Store a run if its endpoint wants that; a failure is logged, and does not reach the visitor."""
        policy = run.endpoint.flagging
        if policy.mode != "auto" or not policy.auto.concerns(failed=run.error is not None, seconds=run.duration):
            return
        if self._chance() < policy.auto.sample:
            save, _ = self._save(run, Said(option="" if policy.options else None, source="auto"))
            try:
                await asyncio.shield(save.task)
            except (FlaggingError, InputError) as error:
                logger.error("%s: a run could not be saved. %s", run.endpoint.title, error)

    async def undo(self, run_id: str, option: str | None = None) -> int:
        """Take back a flag that was made by hand just now, and return the number of its row.

        Raise `FlagGone` for one that there is not, `FlagStays` for one that is too old, or that cannot be taken back.
        """
        run = self._run(run_id)
        save = self._saves.get(run, {}).get(option)
        if save is None:
            raise FlagGone("There is no such flag. It may have been taken back already.")
        if save.backend is None:
            raise FlagStays("This flag cannot be taken back.")
        if save.undoing is None:
            save.undoing = asyncio.create_task(self._take_back(run, option, save, save.backend))
            save.undoing.add_done_callback(partial(_let_undo_again, save))
        return await asyncio.shield(save.undoing)

    def _run(self, run_id: str) -> Run:
        run = self._runs.get(run_id)
        if run.endpoint.flagging.mode == "never":
            raise NotFound("This demo does not take flags.")
        return run

    async def _expected(self, run: Run, values: Sequence[Held] | None) -> tuple[Held, ...] | None:
        """Return what each output should have been, with the files in their places, or None if none is put right."""
        if values is None or all(value is None for value in values):
            return None
        endpoint = run.endpoint
        endpoint.check_corrections(values)
        held = tuple(
            self._files.hold(value, run.session, name) if component.takes_files else value
            for component, name, value in zip(endpoint.outputs, endpoint.output_names, values, strict=True)
        )
        await self._in_thread(endpoint.check_expected, held)
        return held

    async def _undone(self, run: Run, option: str | None) -> None:
        """Wait while the flag is just being taken back."""
        while (save := self._saves.get(run, {}).get(option)) and save.undoing:
            await asyncio.wait([save.undoing])

    def _save(self, run: Run, said: Said) -> tuple[_Save, bool]:
        """Begin to store a run with a reason, unless that was done before, and tell whether it is new."""
        saves = self._saves.setdefault(run, {})
        new = said.option not in saves
        if new:
            backend = run.endpoint.flagging.callback
            readable = backend if said.source != "auto" and isinstance(backend, Readable) else None
            task = asyncio.create_task(self._in_thread(self._filing.store, run, said))
            save = saves[said.option] = _Save(task=task, backend=readable)
            task.add_done_callback(partial(self._settle, saves, said.option, save))
        return saves[said.option], new

    def _settle(self, saves: _Saves, option: str | None, save: _Save, task: "asyncio.Task[int]") -> None:
        """Note when a flag was stored; let one that could not be stored be tried again."""
        if task.cancelled() or task.exception():
            del saves[option]
        else:
            save.stored = self._clock()

    def _left(self, save: _Save) -> float | None:
        """Return for how many seconds the page may offer to take a flag back."""
        left = UNDO - (self._clock() - save.stored)
        return left if save.backend and left > 0 else None

    async def _take_back(self, run: Run, option: str | None, save: _Save, backend: Readable) -> int:
        row = await asyncio.shield(save.task)
        if self._clock() - save.stored > UNDO + _GRACE:
            raise FlagStays("It is too late to take this flag back.")
        await self._in_thread(self._filing.remove, run, option, row=row, backend=backend)
        del self._saves[run][option]
        return row

    async def _in_thread(self, call: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        return await asyncio.wrap_future(self._workers.submit(call, *arguments, **options))


def _let_undo_again(save: _Save, task: "asyncio.Task[int]") -> None:
    """Let a flag that could not be taken back be tried again."""
    save.undoing = None
