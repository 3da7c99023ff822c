"""Flagger: hands a kept Run to the flagging backend, once for each reason."""

import asyncio
import logging
from weakref import WeakKeyDictionary

from minidemo.errors import FlaggingError, InputError, NotFound
from minidemo.flagging.base import FlagRecord
from minidemo.runs import Run, RunStore

logger = logging.getLogger("minidemo")


class Flagger:
    """Flags runs by their id, so that a flag holds what the server computed, and nothing that a browser claims."""

    def __init__(self, runs: RunStore) -> None:
        self._runs = runs
        self._saved: WeakKeyDictionary[Run, dict[str | None, asyncio.Task[int]]] = WeakKeyDictionary()

    async def flag(self, run_id: str, option: str | None = None) -> tuple[int, bool]:
        """Store a run with a reason, and return the number of its row, and whether it is new.

        The same run and reason again is the same row. Raise `RunExpired` for an unknown run, `InputError` for a reason
        that is not offered, `FlaggingError` if the flag could not be stored.
        """
        run = self._runs.get(run_id)
        policy = run.endpoint.flagging
        if policy.mode == "never":
            raise NotFound("This demo does not take flags.")
        option = policy.check_option(option)
        tasks = self._saved.setdefault(run, {})
        new = option not in tasks
        if new:
            tasks[option] = asyncio.create_task(asyncio.to_thread(self._store, run, option))
        try:
            return await asyncio.shield(tasks[option]), new
        except (FlaggingError, InputError):
            tasks.pop(option, None)
            raise

    async def flag_automatically(self, run: Run) -> None:
        """Store a run if its endpoint flags every run; a failure is logged, and does not reach the visitor."""
        policy = run.endpoint.flagging
        if policy.mode == "auto":
            try:
                await asyncio.to_thread(self._store, run, "" if policy.options else None)
            except (FlaggingError, InputError) as error:
                logger.error("%s: a run could not be saved. %s", run.endpoint.title, error)

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


def _record(run: Run, option: str | None) -> FlagRecord:
    outputs = run.outputs if run.error is None else (None,) * len(run.endpoint.outputs)
    pairs = zip((*run.endpoint.inputs, *run.endpoint.outputs), (*run.inputs, *outputs), strict=True)
    return FlagRecord(
        run=run.id,
        created=run.created,
        data=tuple(value for component, value in pairs if component.flagged),
        option=option,
        username=run.username,
        session=run.session,
        duration=run.duration,
        error=run.error,
    )
