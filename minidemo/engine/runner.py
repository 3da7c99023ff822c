"""Runner: takes jobs through the queue and stores them as runs."""

import asyncio
import logging
import time
import weakref
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

from minidemo.components.base import Held
from minidemo.content.copies import Copies
from minidemo.context.alerts import Cancelled
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine import codec
from minidemo.engine.caller import Caller
from minidemo.engine.job import CallContext, Job
from minidemo.engine.queue import Queue
from minidemo.engine.workers import Workers
from minidemo.errors import Defect, Error, OutputError, QueueFull, VisitorError, raised_by, text_of
from minidemo.i18n import Text
from minidemo.stores.base import BaseFileStore, BaseQueue, BaseRunStore, BaseSessionStore
from minidemo.stores.owner import Owner
from minidemo.stores.runs import Run, weigh
from minidemo.stores.sessions import SessionStore
from minidemo.utils.client_budget import ClientBudget
from minidemo.utils.failures import propagates

logger = logging.getLogger("minidemo")
Listener: TypeAlias = Callable[[Run], Awaitable[None]]
"""Receives a run before its followers do."""
STOPPED = Text("was_stopped")


class Runner:
    """Runs jobs within their concurrency limits and stores the runs.

    Args:
        runs: The store of runs.
        files: The store of files.
        workers: The threads for functions.
        show_error: True shows visitors the message of any exception, not only of an `Error`.
        max_size: The largest number of waiting calls of each endpoint; None: no limit.
        sessions: The store of visitors' states, in memory by default.
        sweep: Seconds between two deletions of expired states, 30 by default.
        default_limit: Concurrent calls of an endpoint without its own limit, 1 by default; None: no limit.
        listeners: Receive the runs of the endpoints with these names.
        queue: Makes the queue of an endpoint from its limit and `max_size`.
    """

    max_inputs = 2**30
    """Bytes of the inputs of all calls that wait or run; those of a client take half of them at most."""

    def __init__(
        self,
        *,
        runs: BaseRunStore,
        files: BaseFileStore,
        workers: Workers,
        show_error: bool = False,
        max_size: int | None = None,
        sessions: BaseSessionStore | None = None,
        sweep: float = 30.0,
        default_limit: int | None = 1,
        listeners: Mapping[str, Sequence[Listener]] | None = None,
        queue: Callable[..., BaseQueue] = Queue,
    ) -> None:
        self._runs = runs
        self._files = files
        self._caller = Caller(files, workers)
        self._show_error = show_error
        self._max_size = max_size
        self._sessions = SessionStore() if sessions is None else sessions
        self._interval = sweep
        self._sweeper: asyncio.TimerHandle | None = None
        self._default_limit = default_limit
        self._listeners = listeners or {}
        self._listeners_to_all: list[Listener] = []
        self._make_queue = queue
        self._queues: dict[str, BaseQueue] = {}
        self._jobs: dict[str, tuple[Job, asyncio.Task[None]]] = {}
        self._memory = ClientBudget(self.max_inputs, per_client=self.max_inputs // 2)

    def job(self, endpoint: Endpoint, data: Sequence[Any], context: CallContext | None = None) -> Job:
        """Return a job for wire values, or raise `InputError`."""
        data = codec.fill(endpoint, data)
        context = context or CallContext()
        inputs = self._resolve(endpoint, data, context.owner)
        copies = Copies(partial(self._files.reserve, client=context.client))
        if not endpoint.has_state:
            return Job(endpoint, inputs, context, copies=copies)
        self._sweep_later()
        session = self._sessions.of(context.owner.key, context.client)
        return Job(endpoint, inputs, context, session=session, copies=copies)

    async def run(self, job: Job) -> Run:
        """Run a job and return its run, also after a failure.

        Raise `InputError` for invalid values, `QueueFull` if too many or too large calls wait, `StoreFull` if there is
        no room for copies of its files.
        """
        size, client = weigh(job.inputs), job.context.client
        if not self._memory.take(size, client):
            raise QueueFull(Text("queue_full"))
        try:
            return await self._run(job, size)
        except VisitorError:
            job.copies.delete()
            raise
        finally:
            job.copies.release()
            self._memory.give_back(size, client)

    async def _run(self, job: Job, size: int) -> Run:
        failure = await self._caller.check(job)
        job.validated.set()
        if failure is None:
            failure = await self._call_in_turn(job)
        if isinstance(failure, VisitorError):
            raise failure
        if job.session is not None:
            self._sessions.keep(job.context.owner.key, job.session, job.context.client, size=size)
            self._sweep_later()
        run = self._store(job, failure)
        for listener in (*self._listeners.get(run.endpoint, ()), *self._listeners_to_all):
            await listener(run)
        job.end(run)
        return run

    def start(self, job: Job) -> None:
        """Run a job for its followers, in a task."""
        task = asyncio.create_task(self._run_task(job))
        self._jobs[job.id] = job, task
        task.add_done_callback(lambda _: self._forget(job))

    def get(self, id: str) -> Job | None:
        """Return a running job by its id, or None."""
        return self._jobs[id][0] if id in self._jobs else None

    def listen(self, listener: Listener) -> None:
        """Send all runs of all endpoints to a listener from now on."""
        self._listeners_to_all.append(listener)

    @property
    def waiting(self) -> int:
        """The number of waiting calls of all endpoints."""
        return sum(queue.waiting for queue in self._queues.values())

    def remember(self, owner: Owner) -> None:
        """Postpone the expiry of a page load's states, if it has any."""
        self._sessions.touch(owner.key)

    def _forget(self, job: Job) -> None:
        """Forget an ended job; a client that reads no results may keep it for long."""
        del self._jobs[job.id]
        if job.refusal is not None:
            job.inputs = ()

    async def _run_task(self, job: Job) -> None:
        try:
            await self.run(job)
        except VisitorError as error:
            job.end(error)
        except BaseException as error:
            job.end(Defect())
            if propagates(error):
                raise
            logger.exception("A run could not be answered")

    async def _call_in_turn(self, job: Job) -> BaseException | None:
        """Call the function in its turn, and return its failure, if any."""
        queue = self._queue(job.endpoint)
        self._caller.join_batch(job)
        try:
            with job.interruptible():
                await queue.acquire(job.wait, job.context.client)
        except (Cancelled, QueueFull) as error:
            self._caller.leave_batch(job)
            return error
        job.begin()
        started = time.perf_counter()
        try:
            return await self._caller.call(job)
        finally:
            job.duration = time.perf_counter() - started
            queue.release(job.duration)
            for output in job.endpoint.outputs:
                output.clean_up()

    def _store(self, job: Job, failure: BaseException | None) -> Run:
        error, message = self._error_texts(job.endpoint, failure) if failure is not None else (None, None)
        run = Run(
            id=job.id,
            endpoint=job.endpoint.name,
            inputs=job.inputs,
            outputs=job.outputs or (() if error else (None,) * len(job.endpoint.outputs)),
            duration=job.duration,
            error=error,
            message=message,
            raised=raised_by(failure),
            session=job.context.session,
            username=job.context.username,
            example=job.context.example,
            client=job.context.client,
            copied=job.copies.bytes,
        )
        if job.copies.used:
            weakref.finalize(run, job.copies.delete)
        self._runs.add(run)
        return run

    def _error_texts(self, endpoint: Endpoint, failure: BaseException) -> tuple[str, str]:
        """Log an error; return the texts for author and visitor."""
        if isinstance(failure, Cancelled):
            return STOPPED, STOPPED
        if isinstance(failure, Error):
            return _error_text(failure), failure.told
        detail = text_of(failure) or type(failure).__name__
        if isinstance(failure, OutputError):  # its text may hold paths, and what the function knows
            logger.error("%s: %s", endpoint.title, detail.removeprefix(f"{endpoint.title}: "))
            return _error_text(failure), detail if self._show_error else Text("fn_failed")
        trace = type(failure), failure, failure.__traceback__  # logging asks the error itself for its truth
        logger.error("%s: the function failed", endpoint.title, exc_info=trace)
        return _error_text(failure), Text("fn_failed_so", detail=detail) if self._show_error else Text("fn_failed")

    def _sweep_later(self) -> None:
        """Delete expired states after some time."""
        if self._sweeper is None:
            self._sweeper = asyncio.get_running_loop().call_later(self._interval, self._sweep)

    def _sweep(self) -> None:
        self._sweeper = None
        self._sessions.sweep()
        if len(self._sessions):
            self._sweep_later()

    def _resolve(self, endpoint: Endpoint, data: Sequence[Any], owner: Owner) -> tuple[Held, ...]:
        pairs = zip(endpoint.inputs, endpoint.input_names, data, strict=True)
        return tuple(
            self._files.resolve(value, owner, name) if component.takes_files else value
            for component, name, value in pairs
        )

    def _queue(self, endpoint: Endpoint) -> BaseQueue:
        if endpoint.name not in self._queues:
            limit = self._default_limit if endpoint.usual_limit else endpoint.concurrency_limit
            self._queues[endpoint.name] = self._make_queue(limit, max_size=self._max_size)
        return self._queues[endpoint.name]


def _error_text(error: BaseException) -> str:
    return f"{type(error).__name__}: {text_of(error)}"
