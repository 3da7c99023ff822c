"""Runner: takes a call through the queue, and makes a Run of it."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from minidemo.components.base import Held
from minidemo.endpoint import Endpoint
from minidemo.errors import Error, OutputError, VisitorError
from minidemo.files import FileStore, texts
from minidemo.queue import Notify, Queue
from minidemo.runs import Run, RunStore

P = ParamSpec("P")
T = TypeVar("T")
logger = logging.getLogger("minidemo")


def ignore(position: int, eta: float | None) -> None:
    """Take note of nothing: for callers who do not care where they stand in the queue."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Outcome:
    """What came of a call: outputs, or a failure of the function, or the refusal of an input."""

    outputs: tuple[Held, ...] = ()
    error: str | None = None
    message: str | None = None
    refusal: VisitorError | None = None


class Runner:
    """Runs endpoints, each within its concurrency limit, off the event loop, and keeps what happened.

    With `show_error` the visitor reads the message of any exception, else only that of an `Error`.
    """

    def __init__(self, *, runs: RunStore, files: FileStore, executor: Executor, show_error: bool = False) -> None:
        self._runs = runs
        self._files = files
        self._executor = executor
        self._show_error = show_error
        self._queues: dict[str, Queue] = {}

    async def run(
        self,
        endpoint: Endpoint,
        data: Sequence[Any],
        *,
        session: str | None = None,
        username: str | None = None,
        notify: Notify = ignore,
    ) -> Run:
        """Run an endpoint on wire values, and return the kept Run, also of a function that failed.

        Raise `InputError` if a value does not fit, `QueueFull` if too many wait.
        """
        endpoint.check_length(data)
        inputs = self._hold(endpoint, data, session)
        async with self._queue(endpoint).turn(notify):
            started = time.perf_counter()
            outcome = await self._attempt(endpoint, inputs)
            duration = time.perf_counter() - started
        if outcome.refusal is not None:
            raise outcome.refusal
        run = Run(
            endpoint=endpoint,
            inputs=inputs,
            outputs=outcome.outputs,
            duration=duration,
            error=outcome.error,
            message=outcome.message,
            session=session,
            username=username,
        )
        self._runs.add(run)
        return run

    async def _attempt(self, endpoint: Endpoint, inputs: tuple[Held, ...]) -> _Outcome:
        if not endpoint.is_async:
            return await self._in_thread(self._attempt_in_thread, endpoint, inputs)
        try:
            outputs = await endpoint.call_async(inputs, self._in_thread)
            return _Outcome(outputs=await self._in_thread(self._adopt, endpoint, inputs, outputs))
        except (Exception, SystemExit) as error:
            return self._failure(endpoint, error)

    def _attempt_in_thread(self, endpoint: Endpoint, inputs: tuple[Held, ...]) -> _Outcome:
        try:
            return _Outcome(outputs=self._adopt(endpoint, inputs, endpoint.call(inputs)))
        except (Exception, SystemExit) as error:
            return self._failure(endpoint, error)

    def _failure(self, endpoint: Endpoint, error: BaseException) -> _Outcome:
        """Say what went wrong: all of it to the author, and to the visitor what is meant for visitors."""
        if isinstance(error, VisitorError):
            return _Outcome(refusal=error)
        if isinstance(error, OutputError):
            logger.error("%s", error)
        elif not isinstance(error, Error):
            logger.error("%s: the function failed", endpoint.title, exc_info=error)
            detail = f": {str(error) or type(error).__name__}" if self._show_error else ""
            return _Outcome(error=_named(error), message=f"The demo's function failed{detail}.")
        return _Outcome(error=_named(error), message=str(error))

    async def _in_thread(self, call: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        return await asyncio.wrap_future(self._executor.submit(call, *arguments, **options))

    def _hold(self, endpoint: Endpoint, data: Sequence[Any], session: str | None) -> tuple[Held, ...]:
        pairs = zip(endpoint.inputs, endpoint.input_names, data, strict=True)
        return tuple(
            self._files.hold(value, session, name) if component.takes_files else value
            for component, name, value in pairs
        )

    def _adopt(self, endpoint: Endpoint, inputs: Sequence[Held], outputs: tuple[Held, ...]) -> tuple[Held, ...]:
        if not any(component.takes_files for component in endpoint.outputs):
            return outputs
        written = zip(endpoint.inputs, inputs, strict=True)
        typed = [text for component, value in written if component.visitor_writes for text in texts(value)]
        pairs = zip(endpoint.outputs, outputs, strict=True)
        return tuple(
            self._files.adopt(value, typed=typed) if component.takes_files else value for component, value in pairs
        )

    def _queue(self, endpoint: Endpoint) -> Queue:
        if endpoint.name not in self._queues:
            self._queues[endpoint.name] = Queue(endpoint.concurrency_limit)
        return self._queues[endpoint.name]


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
