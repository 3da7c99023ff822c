"""Runner: takes a job through the queue, and makes a Run of it."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from minidemo.components.base import Held
from minidemo.context.alerts import Stopped
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine import codec
from minidemo.engine.caller import Caller
from minidemo.engine.job import Job, Visit
from minidemo.engine.queue import Queue
from minidemo.engine.workers import Workers
from minidemo.errors import Defect, Error, OutputError, QueueFull, VisitorError, raised_by
from minidemo.i18n import Text
from minidemo.stores.files import FileStore
from minidemo.stores.owner import Owner
from minidemo.stores.runs import Run, RunStore
from minidemo.stores.sessions import Sessions

logger = logging.getLogger("minidemo")
STOPPED = Text("was_stopped")


class Runner:
    """Runs endpoints, each within its concurrency limit, off the event loop, and keeps what happened.

    With `show_error` the visitor reads the message of any exception, else only that of an `Error`. At most `max_size`
    calls of an endpoint wait (None: any number), and `usual_limit` run at once where it has no limit of its own.
    `after` are told of each run before those who follow it are. `sessions` keep what stays of each visitor; every
    `sweep` seconds, those that nobody uses are dropped.
    """

    def __init__(
        self,
        *,
        runs: RunStore,
        files: FileStore,
        workers: Workers,
        show_error: bool = False,
        max_size: int | None = None,
        sessions: Sessions | None = None,
        sweep: float = 30.0,
        usual_limit: int | None = 1,
        after: Sequence[Callable[[Run], Awaitable[None]]] = (),
    ) -> None:
        self._runs = runs
        self._files = files
        self._caller = Caller(files, workers)
        self._show_error = show_error
        self._max_size = max_size
        self._sessions = Sessions() if sessions is None else sessions
        self._interval = sweep
        self._sweeper: asyncio.TimerHandle | None = None
        self._usual_limit = usual_limit
        self._after = [*after]
        self._queues: dict[str, Queue] = {}
        self._jobs: dict[str, tuple[Job, asyncio.Task[None]]] = {}

    def job(self, endpoint: Endpoint, data: Sequence[Any], visit: Visit | None = None) -> Job:
        """Return a call to make, on wire values; raise `InputError` if they do not fit."""
        data = codec.fill(endpoint, data)
        visit = visit or Visit()
        inputs = self._hold(endpoint, data, visit.owner)
        if not endpoint.has_state:
            return Job(endpoint, inputs, visit)
        self._sweep_later()
        return Job(endpoint, inputs, visit, kept=self._sessions.of(visit.owner.key))

    async def run(self, job: Job) -> Run:
        """Run a job to its end, and return the kept Run, also of a function that failed or was stopped.

        Raise `InputError` if a value does not fit, `QueueFull` if too many wait.
        """
        failure = await self._caller.check(job)
        job.checked.set()
        if failure is None:
            failure = await self._take_turn(job)
        if isinstance(failure, VisitorError):
            raise failure
        if job.kept is not None:
            self._sessions.keep(job.visit.owner.key, job.kept)
            self._sweep_later()
        run = self._keep(job, failure)
        for tell in self._after:
            await tell(run)
        job.end(run)
        return run

    def start(self, job: Job) -> None:
        """Run a job for those who follow it; it goes on for a while if nobody does."""
        task = asyncio.create_task(self._run_alone(job))
        self._jobs[job.id] = job, task
        task.add_done_callback(lambda _: self._jobs.pop(job.id))

    def get(self, id: str) -> Job | None:
        """Return a job that somebody can follow, if it is under way."""
        return self._jobs[id][0] if id in self._jobs else None

    def tell(self, listener: Callable[[Run], Awaitable[None]]) -> None:
        """Tell of each run from now on, as those are told who are named `after`."""
        self._after.append(listener)

    @property
    def waiting(self) -> int:
        """How many calls wait for their turn."""
        return sum(queue.waiting for queue in self._queues.values())

    def remember(self, owner: Owner) -> None:
        """Keep the states of a page load for another while, if there are any."""
        self._sessions.touch(owner.key)

    async def _run_alone(self, job: Job) -> None:
        try:
            await self.run(job)
        except VisitorError as error:
            job.end(error)
        except Exception:
            logger.exception("A run could not be answered")
            job.end(Defect())

    async def _take_turn(self, job: Job) -> BaseException | None:
        """Wait for a turn, call the function in it, and return its failure, if it fails."""
        queue = self._queue(job.endpoint)
        self._caller.expect(job)
        try:
            with job.interruptible():
                await queue.take(job.wait)
        except (Stopped, QueueFull) as error:
            self._caller.forget(job)
            return error
        job.begin()
        started = time.perf_counter()
        try:
            return await self._caller.call(job)
        finally:
            job.seconds = time.perf_counter() - started
            queue.give_back(job.seconds)

    def _keep(self, job: Job, failure: BaseException | None) -> Run:
        error, message = self._told(job.endpoint, failure) if failure is not None else (None, None)
        run = Run(
            id=job.id,
            endpoint=job.endpoint,
            inputs=job.inputs,
            outputs=job.outputs or (() if error else (None,) * len(job.endpoint.outputs)),
            duration=job.seconds,
            error=error,
            message=message,
            raised=raised_by(failure),
            session=job.visit.session,
            username=job.visit.username,
            example=job.visit.example,
        )
        self._runs.add(run)
        return run

    def _told(self, endpoint: Endpoint, failure: BaseException) -> tuple[str, str]:
        """Say what went wrong: all of it to the author, and to the visitor what is meant for visitors."""
        if isinstance(failure, Stopped):
            return STOPPED, STOPPED
        if isinstance(failure, OutputError):
            logger.error("%s", failure)
        elif not isinstance(failure, Error):
            logger.error("%s: the function failed", endpoint.title, exc_info=failure)
            detail = str(failure) or type(failure).__name__
            return _named(failure), Text("fn_failed_so", detail=detail) if self._show_error else Text("fn_failed")
        return _named(failure), failure.told if isinstance(failure, Error) else str(failure)

    def _sweep_later(self) -> None:
        """Forget states in a while that are not used any longer."""
        if self._sweeper is None:
            self._sweeper = asyncio.get_running_loop().call_later(self._interval, self._sweep)

    def _sweep(self) -> None:
        self._sweeper = None
        self._sessions.sweep()
        if len(self._sessions):
            self._sweep_later()

    def _hold(self, endpoint: Endpoint, data: Sequence[Any], owner: Owner) -> tuple[Held, ...]:
        pairs = zip(endpoint.inputs, endpoint.input_names, data, strict=True)
        return tuple(
            self._files.hold(value, owner, name) if component.takes_files else value for component, name, value in pairs
        )

    def _queue(self, endpoint: Endpoint) -> Queue:
        if endpoint.name not in self._queues:
            limit = self._usual_limit if endpoint.usual_limit else endpoint.concurrency_limit
            self._queues[endpoint.name] = Queue(limit, max_size=self._max_size)
        return self._queues[endpoint.name]


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
