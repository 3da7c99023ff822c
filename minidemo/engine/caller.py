"""Calls: how a function of each kind is run, and how what it gives gets to those who follow."""

import asyncio
import inspect
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import aclosing, closing, contextmanager
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from minidemo.content.tree import iter_tree
from minidemo.context.alerts import Stopped, heard_by
from minidemo.context.progress import tracked_bars
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine import codec
from minidemo.engine.batch import Audience, Batch, columns, rows
from minidemo.engine.job import Job
from minidemo.engine.workers import Workers
from minidemo.stores.files import FileStore

P = ParamSpec("P")
T = TypeVar("T")
FAILURES = (Exception, SystemExit, Stopped)
"""What a function may raise; all else is meant for the program."""


class Caller:
    """Calls functions: plain ones in the workers' threads, those that are async in the event loop.

    A failure is returned rather than raised: it is a result like any other.
    """

    def __init__(self, files: FileStore, workers: Workers) -> None:
        self._files = files
        self._workers = workers
        self._batches: dict[str, Batch] = {}

    async def check(self, job: Job) -> BaseException | None:
        """Ask the author's validator, if there is one, and return its refusal."""
        return await self._in_thread(self._check, job) if job.endpoint.validator else None

    def expect(self, job: Job) -> None:
        """Let a call that waits be made together with others, if the function takes several."""
        if job.endpoint.batch_size is not None:
            self._batch(job.endpoint).join(job)

    def forget(self, job: Job) -> None:
        """Expect a call no longer."""
        if job.endpoint.batch_size is not None:
            self._batch(job.endpoint).leave(job)

    async def call(self, job: Job) -> BaseException | None:
        """Run the function, let the job show what it gives, and return its failure, if it fails."""
        endpoint = job.endpoint
        if endpoint.batch_size is not None:
            return await self._call_together(job)
        if endpoint.executor is not None:
            return await self._send(job, endpoint.executor)
        return await (self._await(job) if endpoint.is_async else self._in_thread(self._run, job))

    async def _call_together(self, job: Job) -> BaseException | None:
        """Make a call with those of others who wait, unless one of them has done so."""
        jobs = self._batch(job.endpoint).take(job)
        if jobs:
            failures = await self._in_thread(self._run_together, jobs)
            for each, failure in zip(jobs, failures, strict=True):
                each.failure = failure
                each.made.set()
        await job.made.wait()
        return job.failure

    async def _send(self, job: Job, executor: Executor) -> BaseException | None:
        """Run the function where the author's executor does."""
        given = await self._in_thread(_attempt, job.arguments)
        if isinstance(given, _Failed):
            return given.error
        arguments, named = given
        try:
            future = asyncio.wrap_future(executor.submit(job.endpoint.fn, *arguments, **named))
        except FAILURES as error:
            return error
        try:
            with job.interruptible():
                await asyncio.wait([future])
        except Stopped as error:
            future.cancel()  # a call that has not begun never does
            return error
        failure = future.exception()
        if failure is None:
            shown = await self._in_thread(_attempt, self._show, job, future.result())
            failure = shown.error if isinstance(shown, _Failed) else None
        return failure

    def _check(self, job: Job) -> BaseException | None:
        outcome = _attempt(job.check_valid)
        return outcome.error if isinstance(outcome, _Failed) else None

    def _run_together(self, jobs: Sequence[Job]) -> list[BaseException | None]:
        """Make some calls as one, and return the failure of each."""
        endpoint = jobs[0].endpoint
        given = [_attempt(codec.decode, endpoint, job.inputs, job.kept) for job in jobs]
        failures = [each.error if isinstance(each, _Failed) else None for each in given]
        fit = [job for job, failure in zip(jobs, failures, strict=True) if failure is None]
        made = _attempt(self._make, fit, [each for each in given if not isinstance(each, _Failed)]) if fit else None
        if isinstance(made, _Failed):
            return [failure or made.error for failure in failures]
        return failures

    def _make(self, jobs: Sequence[Job], given: Sequence[Sequence[Any]]) -> None:
        endpoint = jobs[0].endpoint
        arguments, named = codec.arrange(endpoint, columns(given), jobs[0].visit.request)
        with heard_by(Audience(jobs)):
            result = endpoint.fn(*arguments, **named)
        for job, row in zip(jobs, rows(endpoint, result, len(jobs)), strict=True):
            self._show(job, row)

    def _batch(self, endpoint: Endpoint) -> Batch:
        return self._batches.setdefault(endpoint.name, Batch(endpoint.batch_size or 1))

    def _run(self, job: Job) -> BaseException | None:
        endpoint = job.endpoint
        try:
            with _heard(job):
                arguments, named = job.arguments()
                self._take(job, endpoint.fn(*arguments, **named))
        except FAILURES as error:
            return error
        return None

    def _take(self, job: Job, result: Any) -> None:
        """Take what a plain function gave: one that only calls another may give what is not plain."""
        if inspect.isgenerator(result):
            self._iterate(job, result)
        elif inspect.isasyncgen(result):
            asyncio.run(self._iterate_async(job, result))
        elif inspect.iscoroutine(result):
            self._show(job, asyncio.run(result))
        else:
            self._show(job, result)

    def _iterate(self, job: Job, results: Iterator[Any]) -> None:
        late = _deadline(job)
        with closing(results):  # type: ignore[type-var]  # a generator has `close`
            for result in results:
                self._show(job, result)
                job.check()
                if late():
                    return

    async def _await(self, job: Job) -> BaseException | None:
        endpoint = job.endpoint
        try:
            with _heard(job), job.interruptible():
                arguments, named = await self._in_thread(job.arguments)
                result = endpoint.fn(*arguments, **named)
                if endpoint.is_generator:
                    await self._iterate_async(job, result)
                else:
                    await self._in_thread(self._show, job, await result)
        except FAILURES as error:
            return error
        return None

    async def _iterate_async(self, job: Job, results: AsyncIterator[Any]) -> None:
        late = _deadline(job)
        async with aclosing(results):  # type: ignore[type-var]  # an async generator has `aclose`
            async for result in results:
                await self._in_thread(self._show, job, result)
                if late():
                    return

    def _show(self, job: Job, result: Any) -> None:
        """Take what a function gave: check it, take copies of its files, and hand it to those who follow."""
        endpoint = job.endpoint
        outputs = codec.encode(endpoint, result, job.kept)
        if any(component.takes_files for component in endpoint.outputs):
            written = zip(endpoint.inputs, job.inputs, strict=True)
            typed = [text for component, value in written if component.visitor_writes for text in iter_tree(value, str)]
            pairs = zip(endpoint.outputs, outputs, strict=True)
            outputs = tuple(
                self._files.adopt(value, typed=typed) if component.takes_files else value for component, value in pairs
            )
        job.show(outputs)

    async def _in_thread(self, call: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        return await self._workers.call(call, *arguments, **options)


@dataclass(frozen=True, slots=True)
class _Failed:
    """A failure, as a result."""

    error: BaseException


def _attempt(call: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T | _Failed:
    try:
        return call(*arguments, **named)
    except FAILURES as error:
        return _Failed(error)


@contextmanager
def _heard(job: Job) -> Iterator[None]:
    """Let the job hear what the function says."""
    with heard_by(job):
        if job.endpoint.tracks_bars:
            with tracked_bars():
                yield
        else:
            yield


def _deadline(job: Job) -> Callable[[], bool]:
    """Return a function that tells whether the time of the call is over."""
    limit, started = job.endpoint.time_limit, time.monotonic()
    return lambda: limit is not None and time.monotonic() - started > limit
