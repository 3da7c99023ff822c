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
from minidemo.engine.flag_record import Filing, Reason, Said
from minidemo.engine.workers import Workers
from minidemo.errors import FlaggingError, FlagGone, FlagStays, InputError, NotFound
from minidemo.flagging.base import Readable, Source
from minidemo.i18n import Text
from minidemo.schemas.flags import Item
from minidemo.stores.files import FileStore
from minidemo.stores.runs import Run, RunStore

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


_Saves: TypeAlias = dict[Reason, _Save]


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
        about: Item | None = None,
        comment: str | None = None,
        expected: Sequence[Held] | None = None,
        source: Source = "user",
    ) -> Flagged:
        """Store a run with a reason, a note, and for each output what it should have been, or None where it was right.

        A flag `about` one item of an output stores that output up to there. The same run, reason and item again is the
        same row, whatever else is said. Raise `RunExpired` for an unknown run, `InputError` for what does not fit,
        `FlaggingError` if the flag could not be stored.
        """
        run = self._run(run_id)
        reason = _reason(run, option, about)
        comment = run.endpoint.flagging.check_comment(comment)
        said = Said(reason=reason, comment=comment, expected=await self._expected(run, expected), source=source)
        await self._undone(run, reason)
        save, new = self._save(run, said)
        return Flagged(row=await asyncio.shield(save.task), new=new, undo=self._left(save))

    async def flag_automatically(self, run: Run) -> None:
        """Store a run if its endpoint wants that; a failure is logged, and does not reach the visitor."""
        policy = run.endpoint.flagging
        if policy.mode != "auto" or not policy.auto.concerns(failed=run.error is not None, seconds=run.duration):
            return
        if self._chance() < policy.auto.sample:
            save, _ = self._save(run, Said(source="auto"))
            try:
                await asyncio.shield(save.task)
            except (FlaggingError, InputError) as error:
                logger.error("%s: a run could not be saved. %s", run.endpoint.title, error)

    async def undo(self, run_id: str, option: str | None = None, about: Item | None = None) -> int:
        """Take back a flag that was made by hand just now, and return the number of its row.

        Raise `FlagGone` for one that there is not, `FlagStays` for one that is too old, or that cannot be taken back.
        """
        run = self._run(run_id)
        reason = Reason(option, about)
        save = self._saves.get(run, {}).get(reason)
        if save is None:
            raise FlagGone("There is no such flag. It may have been taken back already.")
        if save.backend is None:
            raise FlagStays(Text("flag_stays"))
        if save.undoing is None:
            save.undoing = asyncio.create_task(self._take_back(run, reason, save, save.backend))
            save.undoing.add_done_callback(partial(_let_undo_again, save))
        return await asyncio.shield(save.undoing)

    def can_undo(self, run: Run) -> bool:
        """Tell whether there is a flag of a run that can be taken back yet."""
        return any(self._left(save) for save in self._saves.get(run, {}).values())

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
            self._files.hold(value, run.owner, name) if component.takes_files else value
            for component, name, value in zip(endpoint.outputs, endpoint.output_names, values, strict=True)
        )
        await self._in_thread(endpoint.check_expected, held)
        return held

    async def _undone(self, run: Run, reason: Reason) -> None:
        """Wait while the flag is just being taken back."""
        while (save := self._saves.get(run, {}).get(reason)) and save.undoing:
            await asyncio.wait([save.undoing])

    def _save(self, run: Run, said: Said) -> tuple[_Save, bool]:
        """Begin to store a run with a reason, unless that was done before, and tell whether it is new."""
        saves = self._saves.setdefault(run, {})
        new = said.reason not in saves
        if new:
            backend = run.endpoint.flagging.callback
            readable = backend if said.source != "auto" and isinstance(backend, Readable) else None
            task = asyncio.create_task(self._in_thread(self._filing.store, run, said))
            save = saves[said.reason] = _Save(task=task, backend=readable)
            task.add_done_callback(partial(self._settle, saves, said.reason, save))
        return saves[said.reason], new

    def _settle(self, saves: _Saves, reason: Reason, save: _Save, task: "asyncio.Task[int]") -> None:
        """Note when a flag was stored; let one that could not be stored be tried again."""
        if task.cancelled() or task.exception():
            del saves[reason]
        else:
            save.stored = self._clock()

    def _left(self, save: _Save) -> float | None:
        """Return for how many seconds the page may offer to take a flag back."""
        left = UNDO - (self._clock() - save.stored)
        return left if save.backend and left > 0 else None

    async def _take_back(self, run: Run, reason: Reason, save: _Save, backend: Readable) -> int:
        row = await asyncio.shield(save.task)
        if self._clock() - save.stored > UNDO + _GRACE:
            raise FlagStays(Text("flag_too_late"))
        await self._in_thread(self._filing.remove, run, reason.option, row=row, backend=backend)
        del self._saves[run][reason]
        return row

    async def _in_thread(self, call: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        return await asyncio.wrap_future(self._workers.submit(call, *arguments, **options))


def _reason(run: Run, option: str | None, about: Item | None) -> Reason:
    """Return the reason that a visitor gives, or raise `InputError` for one that there is not."""
    if about is None:
        return Reason(run.endpoint.flagging.check_option(option))
    run.endpoint.check_item(about, option, run.outputs if run.error is None else ())
    return Reason(option, about)


def _let_undo_again(save: _Save, task: "asyncio.Task[int]") -> None:
    """Let a flag that could not be taken back be tried again."""
    save.undoing = None
