"""Calls: how a function of each kind is run, and how what it gives gets to those who follow."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Executor
from contextlib import aclosing, closing, contextmanager
from typing import Any, ParamSpec, TypeVar

from minidemo.files import FileStore, texts
from minidemo.jobs import Job
from minidemo.progress import tracked_bars
from minidemo.talk import Stopped, heard_by

P = ParamSpec("P")
T = TypeVar("T")
FAILURES = (Exception, SystemExit, Stopped)
"""What a function may raise; all else is meant for the program."""


class Caller:
    """Calls functions: plain ones in the executor's threads, those that are async in the event loop.

    A failure is returned rather than raised: it is a result like any other.
    """

    def __init__(self, files: FileStore, executor: Executor) -> None:
        self._files = files
        self._executor = executor

    async def call(self, job: Job) -> BaseException | None:
        """Run the function, let the job show what it gives, and return its failure, if it fails."""
        if job.endpoint.is_async:
            return await self._await(job)
        return await self._in_thread(self._run, job)

    def _run(self, job: Job) -> BaseException | None:
        endpoint = job.endpoint
        try:
            with _heard(job):
                arguments, named = endpoint.arguments(job.inputs, job.visit.request)
                result = endpoint.fn(*arguments, **named)
                if endpoint.is_generator:
                    self._iterate(job, result)
                else:
                    self._show(job, result)
        except FAILURES as error:
            return error
        return None

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
                arguments, named = await self._in_thread(endpoint.arguments, job.inputs, job.visit.request)
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
        outputs = endpoint.encode(result)
        if any(component.takes_files for component in endpoint.outputs):
            written = zip(endpoint.inputs, job.inputs, strict=True)
            typed = [text for component, value in written if component.visitor_writes for text in texts(value)]
            pairs = zip(endpoint.outputs, outputs, strict=True)
            outputs = tuple(
                self._files.adopt(value, typed=typed) if component.takes_files else value for component, value in pairs
            )
        job.show(outputs)

    async def _in_thread(self, call: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        return await asyncio.wrap_future(self._executor.submit(call, *arguments, **options))


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
