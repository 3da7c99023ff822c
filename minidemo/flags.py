"""Flagger: hands a kept Run to the flagging backend, once for each reason."""

import asyncio
import logging
from collections.abc import Sequence
from functools import partial
from typing import TypeAlias
from weakref import WeakKeyDictionary

from minidemo.components.base import Component, Held
from minidemo.errors import FlaggingError, InputError, NotFound
from minidemo.flagging.base import FlagRecord
from minidemo.runs import Run, RunStore

logger = logging.getLogger("minidemo")
Tasks: TypeAlias = "dict[str | None, asyncio.Task[int]]"


class Flagger:
    """Flags runs by their id, so that a flag holds what the server computed, and nothing that a browser claims."""

    def __init__(self, runs: RunStore) -> None:
        self._runs = runs
        self._saved: WeakKeyDictionary[Run, Tasks] = WeakKeyDictionary()

    async def flag(self, run_id: str, option: str | None = None) -> tuple[int, bool]:
        """Store a run with a reason, and return the number of its row, and whether it is new.

        The same run and reason again is the same row. Raise `RunExpired` for an unknown run, `InputError` for a reason
        that is not offered, `FlaggingError` if the flag could not be stored.
        """
        run = self._runs.get(run_id)
        policy = run.endpoint.flagging
        if policy.mode == "never":
            raise NotFound("This demo does not take flags.")
        task, new = self._save(run, policy.check_option(option))
        return await asyncio.shield(task), new

    async def flag_automatically(self, run: Run) -> None:
        """Store a run if its endpoint flags every run; a failure is logged, and does not reach the visitor."""
        policy = run.endpoint.flagging
        if policy.mode == "auto":
            task, _ = self._save(run, "" if policy.options else None)
            try:
                await asyncio.shield(task)
            except (FlaggingError, InputError) as error:
                logger.error("%s: a run could not be saved. %s", run.endpoint.title, error)

    def _save(self, run: Run, option: str | None) -> tuple["asyncio.Task[int]", bool]:
        """Begin to store a run with a reason, unless that was done before, and tell whether it is new."""
        tasks = self._saved.setdefault(run, {})
        new = option not in tasks
        if new:
            tasks[option] = asyncio.create_task(asyncio.to_thread(self._store, run, option))
            tasks[option].add_done_callback(partial(_forget_failure, tasks, option))
        return tasks[option], new

    def _store(self, run: Run, option: str | None) -> int:
        try:
            return run.endpoint.flagging.callback.flag_record(_record(run, option))
        except InputError:
            raise
        except Exception as error:
            logger.exception("%s: a flag could not be saved", run.endpoint.title)
            raise FlaggingError(
                "The flag could not be saved on the server. Nothing is lost: please try again."
            ) from error


def _forget_failure(tasks: Tasks, option: str | None, task: "asyncio.Task[int]") -> None:
    """Let a flag that could not be saved be tried again."""
    if task.cancelled() or task.exception():
        del tasks[option]


def _record(run: Run, option: str | None) -> FlagRecord:
    endpoint = run.endpoint
    outputs = run.outputs if run.error is None else (None,) * len(endpoint.outputs)
    return FlagRecord(
        run=run.id,
        inputs=_flagged(endpoint.inputs, run.inputs),
        outputs=_flagged(endpoint.outputs, outputs),
        option=option,
        username=run.username,
        session=run.session,
        duration=run.duration,
        error=run.error,
    )


def _flagged(components: Sequence[Component], values: Sequence[Held]) -> tuple[Held, ...]:
    return tuple(value for component, value in zip(components, values, strict=True) if component.flagged)
