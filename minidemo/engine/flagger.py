"""Flagger: flags a stored run once per reason, and undoes recent flags."""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from minidemo.components.base import Held
from minidemo.content.copies import Copies
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine.flag_record import FlagDetails, FlagRecorder, Reason
from minidemo.engine.workers import Workers
from minidemo.errors import FlaggingError, FlagGone, FlagStays, InputError, NotFound
from minidemo.flagging.base import Readable, Source
from minidemo.i18n import Text
from minidemo.schemas.flags import Item
from minidemo.stores.base import BaseFileStore, BaseRunStore
from minidemo.stores.runs import Run

P = ParamSpec("P")
T = TypeVar("T")
logger = logging.getLogger("minidemo")
UNDO = 10.0
"""Seconds that the page offers to undo a flag."""
_GRACE = 5.0
"""Extra seconds on the server, for a late click on its way."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredFlag:
    """Row of a flag, and the seconds left to undo it."""

    row: int
    new: bool
    undo: float | None


@dataclass(kw_only=True, slots=True)
class _Save:
    """The tasks that store and undo a flag."""

    task: "asyncio.Task[int]"
    backend: Readable | None
    stored_at: float = float("inf")
    undo_task: "asyncio.Task[int] | None" = None


_Saves: TypeAlias = dict[Reason, _Save]


class Flagger:
    """Flags runs by id, with the server's values, not the browser's.

    Args:
        runs: The store of runs.
        files: The store of files.
        endpoint_of: Returns the endpoint with a name.
        clock: Returns seconds, never going back.
        chance: Returns a random number from 0 to below 1, for the sample of automatic flags.
        announce: Prints where flags are saved, with the first one of each folder. By default nothing does.
    """

    def __init__(
        self,
        runs: BaseRunStore,
        files: BaseFileStore,
        *,
        endpoint_of: Callable[[str], Endpoint],
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
        announce: Callable[[str], object] | None = None,
    ) -> None:
        self._runs = runs
        self._files = files
        self._clock = clock
        self._chance = chance
        self._announce = announce
        self._announced = set[Path]()
        self._endpoint_of = endpoint_of
        self._recorder = FlagRecorder(endpoint_of)
        self._workers = Workers()  # separate from slow functions
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
    ) -> StoredFlag:
        """Store a run as a flag, once per reason and item.

        Raise `RunExpired` for an unknown run, `InputError` for invalid values, `FlaggingError` if storing fails.

        Args:
            run_id: The id of the run.
            option: The reason, or None.
            about: The flagged item of an output, which is cut after it; None: the whole run.
            comment: The visitor's comment, or None.
            expected: The right value of each output, or None where it was right.
            source: The origin of the flag.
        """
        run = await self._run(run_id)
        endpoint = self._endpoint_of(run.endpoint)
        reason = _reason(run, endpoint, option, about)
        comment = endpoint.flagging.check_comment(comment)
        held = await self._expected(run, endpoint, expected)
        await self._wait_for_undo(run, reason)
        save, new = self._save(run, FlagDetails(reason=reason, comment=comment, expected=held, source=source))
        return StoredFlag(row=await asyncio.shield(save.task), new=new, undo=self._seconds_to_undo(save))

    async def flag_automatically(self, run: Run) -> None:
        """Store a run of an endpoint with automatic flagging; log failures."""
        endpoint = self._endpoint_of(run.endpoint)
        policy = endpoint.flagging.auto
        if policy.concerns(failed=run.error is not None, seconds=run.duration) and self._chance() < policy.sample:
            save, _ = self._save(run, FlagDetails(source="auto"))
            try:
                await asyncio.shield(save.task)
            except (FlaggingError, InputError) as error:
                logger.error("%s: a run could not be saved. %s", endpoint.title, error)

    async def undo(self, run_id: str, option: str | None = None, about: Item | None = None) -> int:
        """Undo a recent flag of a visitor and return its row.

        Raise `FlagGone` for an unknown flag, `FlagStays` for one that is too old or cannot be removed.
        """
        run = await self._run(run_id)
        reason = Reason(option, about)
        save = self._saves.get(run, {}).get(reason)
        if save is None:
            raise FlagGone("There is no such flag. It may have been undone already.")
        if save.backend is None:
            raise FlagStays(Text("flag_stays"))
        if save.undo_task is None:
            save.undo_task = asyncio.create_task(self._undo(run, reason, save, save.backend))
            save.undo_task.add_done_callback(partial(_reset_undo, save))
        return await asyncio.shield(save.undo_task)

    def can_undo(self, run: Run) -> bool:
        """Return True for a run with a flag that can be undone."""
        return any(self._seconds_to_undo(save) for save in self._saves.get(run, {}).values())

    async def _run(self, run_id: str) -> Run:
        run = await self._runs.get(run_id)
        if self._endpoint_of(run.endpoint).flagging.mode == "never":
            raise NotFound("This demo does not take flags.")
        return run

    async def _expected(self, run: Run, endpoint: Endpoint, values: Sequence[Held] | None) -> tuple[Held, ...] | None:
        """Return the expected outputs with their files, or None without any."""
        if values is None or all(value is None for value in values):
            return None
        endpoint.check_corrections(values)
        held = tuple(
            self._files.resolve(value, run.owner, name) if component.takes_files else value
            for component, name, value in zip(endpoint.outputs, endpoint.output_names, values, strict=True)
        )
        copies = Copies(partial(self._files.reserve, client=run.client))
        await self._in_thread(_check_expected, endpoint, held, copies)
        return held

    async def _wait_for_undo(self, run: Run, reason: Reason) -> None:
        """Wait for a running undo of the flag."""
        while (save := self._saves.get(run, {}).get(reason)) and save.undo_task:
            await asyncio.wait([save.undo_task])

    def _save(self, run: Run, details: FlagDetails) -> tuple[_Save, bool]:
        """Start to store a flag; return it, and True if new."""
        saves = self._saves.setdefault(run, {})
        new = details.reason not in saves
        if new:
            backend = self._endpoint_of(run.endpoint).flagging.callback
            readable = backend if details.source != "auto" and isinstance(backend, Readable) else None
            task = asyncio.create_task(self._in_thread(self._recorder.store, run, details))
            save = saves[details.reason] = _Save(task=task, backend=readable)
            task.add_done_callback(partial(self._finish, run.endpoint, saves, details.reason, save))
        return saves[details.reason], new

    def _finish(self, endpoint: str, saves: _Saves, reason: Reason, save: _Save, task: "asyncio.Task[int]") -> None:
        """Record the time of storage, or allow another try."""
        if task.cancelled() or task.exception():
            del saves[reason]
            return
        save.stored_at = self._clock()
        folder = self._endpoint_of(endpoint).flagging.directory.absolute()
        if self._announce and folder not in self._announced and folder.is_dir():
            self._announced.add(folder)
            self._announce(f"Flags are saved in {folder}")

    def _seconds_to_undo(self, save: _Save) -> float | None:
        """Return the seconds left to undo a flag, or None."""
        left = UNDO - (self._clock() - save.stored_at)
        return left if save.backend and left > 0 else None

    async def _undo(self, run: Run, reason: Reason, save: _Save, backend: Readable) -> int:
        row = await asyncio.shield(save.task)
        if self._clock() - save.stored_at > UNDO + _GRACE:
            raise FlagStays(Text("flag_too_late"))
        await self._in_thread(self._recorder.remove, run, reason.option, row=row, backend=backend)
        del self._saves[run][reason]
        return row

    async def _in_thread(self, call: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        return await asyncio.wrap_future(self._workers.submit(call, *arguments, **options))


def _reason(run: Run, endpoint: Endpoint, option: str | None, about: Item | None) -> Reason:
    """Return the visitor's reason, or raise `InputError` for an unknown one."""
    if about is None:
        return Reason(endpoint.flagging.check_option(option))
    endpoint.check_item(about, option, run.outputs if run.error is None else ())
    return Reason(option, about)


def _check_expected(endpoint: Endpoint, values: Sequence[Held], copies: Copies) -> None:
    """Raise `InputError` for a value that does not fit; its copies are of no further use."""
    try:
        with copies.collecting():
            endpoint.check_expected(values)
    finally:
        copies.delete()


def _reset_undo(save: _Save, task: "asyncio.Task[int]") -> None:
    """Let an undo be tried again after a failure."""
    save.undo_task = None
