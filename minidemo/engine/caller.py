"""Caller: calls functions of each kind and shows their results to followers."""

import asyncio
import inspect
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import aclosing, closing, contextmanager, suppress
from typing import Any, ParamSpec, TypeVar

from minidemo.content.media import Media
from minidemo.context.alerts import Cancelled, listening
from minidemo.context.progress import tracked_bars
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine import codec
from minidemo.engine.batch import Batch, BatchListener, columns, rows
from minidemo.engine.job import Job
from minidemo.engine.workers import Workers
from minidemo.stores.base import BaseFileStore
from minidemo.utils.failures import Failure, attempt, propagates

P = ParamSpec("P")
T = TypeVar("T")


class Caller:
    """Calls plain functions in worker threads, async ones in the event loop.

    Failures are returned, not raised.
    """

    def __init__(self, files: BaseFileStore, workers: Workers) -> None:
        self._files = files
        self._workers = workers
        self._batches: dict[str, Batch] = {}

    async def check(self, job: Job) -> BaseException | None:
        """Call the author's validator, if any, and return its refusal."""
        return await self._in_thread(self._check, job) if job.endpoint.validator else None

    def join_batch(self, job: Job) -> None:
        """Add a waiting call to the batch of its endpoint."""
        if job.endpoint.batch_size is not None:
            self._batch(job.endpoint).join(job)

    def leave_batch(self, job: Job) -> None:
        """Remove a waiting call from the batch of its endpoint."""
        if job.endpoint.batch_size is not None:
            self._batch(job.endpoint).leave(job)

    async def call(self, job: Job) -> BaseException | None:
        """Call the function, show its results, and return its failure, if any."""
        endpoint = job.endpoint
        if endpoint.batch_size is not None:
            return await self._call_batch(job)
        if endpoint.executor is not None:
            return await self._submit(job, endpoint.executor)
        return await (self._await(job) if endpoint.is_async else self._in_thread(self._run, job))

    async def _call_batch(self, job: Job) -> BaseException | None:
        """Call the function for the batch, unless another call has done so."""
        jobs = self._batch(job.endpoint).take(job)
        if jobs:
            failures = await self._in_thread(self._run_batch, jobs)
            for each, failure in zip(jobs, failures, strict=True):
                each.failure = failure
                each.batch_done.set()
        await job.batch_done.wait()
        return job.failure

    async def _submit(self, job: Job, executor: Executor) -> BaseException | None:
        """Call the function in the author's executor."""
        outcome = await self._in_thread(attempt, job.arguments)
        if isinstance(outcome, Failure):
            return outcome.error
        arguments, named = outcome
        future = attempt(executor.submit, job.endpoint.fn, *arguments, **named)
        if isinstance(future, Failure):
            return future.error
        try:
            with job.interruptible():
                await _wait_done(future)
        except Cancelled as error:
            future.cancel()  # only effective before it starts
            return error
        failure = attempt(future.exception)
        if isinstance(failure, Failure):  # the executor has cancelled the call
            return failure.error
        if failure is not None:
            return failure
        shown = await self._in_thread(attempt, self._show, job, future.result())
        return shown.error if isinstance(shown, Failure) else None

    def _check(self, job: Job) -> BaseException | None:
        outcome = attempt(job.check_valid)
        return outcome.error if isinstance(outcome, Failure) else None

    def _run_batch(self, jobs: Sequence[Job]) -> list[BaseException | None]:
        """Call the function once, and return the failure of each call."""
        decoded = [attempt(job.values) for job in jobs]
        failures = [each.error if isinstance(each, Failure) else None for each in decoded]
        valid = [job for job, failure in zip(jobs, failures, strict=True) if failure is None]
        values = [each for each in decoded if not isinstance(each, Failure)]
        outcome = attempt(self._call_with_lists, valid, values) if valid else None
        if isinstance(outcome, Failure):
            return [outcome.error if failure is None else failure for failure in failures]
        return failures

    def _call_with_lists(self, jobs: Sequence[Job], values: Sequence[Sequence[Any]]) -> None:
        endpoint = jobs[0].endpoint
        arguments, named = codec.arrange(endpoint, columns(values), jobs[0].context.request)
        with listening(BatchListener(jobs)):
            result = endpoint.fn(*arguments, **named)
        for job, row in zip(jobs, rows(endpoint, result, len(jobs)), strict=True):
            self._show(job, row)

    def _batch(self, endpoint: Endpoint) -> Batch:
        return self._batches.setdefault(endpoint.name, Batch(endpoint.batch_size or 1))

    def _run(self, job: Job) -> BaseException | None:
        outcome = attempt(self._call_and_show, job)
        return outcome.error if isinstance(outcome, Failure) else None

    def _call_and_show(self, job: Job) -> None:
        with _reporting(job):
            arguments, named = job.arguments()
            self._show_all(job, job.endpoint.fn(*arguments, **named))

    def _show_all(self, job: Job, result: Any) -> None:
        """Show a result, also a generator or coroutine of a wrapper."""
        if inspect.isgenerator(result):
            self._iterate(job, result)
        elif inspect.isasyncgen(result):
            asyncio.run(self._iterate_async(job, result))
        elif inspect.iscoroutine(result):
            self._show(job, asyncio.run(result))
        else:
            self._show(job, result)

    def _iterate(self, job: Job, results: Iterator[Any]) -> None:
        is_late = _deadline(job)
        with closing(results):  # type: ignore[type-var]  # a generator has `close`
            for result in results:
                self._show(job, result)
                job.check()
                if is_late():
                    return

    async def _await(self, job: Job) -> BaseException | None:
        endpoint = job.endpoint
        try:
            with _reporting(job), job.interruptible():
                arguments, named = await self._in_thread(job.arguments)
                result = endpoint.fn(*arguments, **named)
                if endpoint.is_generator:
                    await self._iterate_async(job, result)
                else:
                    await self._in_thread(self._show, job, await result)
        except BaseException as error:
            if propagates(error):
                raise
            return error
        return None

    async def _iterate_async(self, job: Job, results: AsyncIterator[Any]) -> None:
        is_late = _deadline(job)
        async with aclosing(results):  # type: ignore[type-var]  # an async generator has `aclose`
            async for result in results:
                await self._in_thread(self._show, job, result)
                if is_late():
                    return

    def _show(self, job: Job, result: Any) -> None:
        """Check a result, copy its files, and show it to the followers."""
        endpoint = job.endpoint
        before = job.outputs or (None,) * len(endpoint.outputs)
        outputs = codec.encode(endpoint, result, job.session, before=before)
        outputs = tuple(
            self._files.copy_files(value, typed=job.typed_texts)
            if value is not old and (component.takes_files or isinstance(value, Media))
            else value
            for component, value, old in zip(endpoint.outputs, outputs, before, strict=True)
        )
        job.show(outputs)

    async def _in_thread(self, call: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        return await self._workers.call(call, *arguments, **options)


async def _wait_done(future: Future[Any]) -> None:
    """Wait for a future of any result; asyncio's own cannot hold a `StopIteration`."""
    loop, done = asyncio.get_running_loop(), asyncio.Event()

    def notify(_: Future[Any]) -> None:
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(done.set)

    future.add_done_callback(notify)
    await done.wait()


@contextmanager
def _reporting(job: Job) -> Iterator[None]:
    """Send the function's alerts to the job."""
    with listening(job):
        if job.endpoint.tracks_bars:
            with tracked_bars():
                yield
        else:
            yield


def _deadline(job: Job) -> Callable[[], bool]:
    """Return a function that is True after the time limit."""
    limit, started = job.endpoint.time_limit, time.monotonic()
    return lambda: limit is not None and time.monotonic() - started > limit
