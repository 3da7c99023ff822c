"""Runner: takes a call through the queue, and makes a Run of it."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
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
            outputs, error, message = await self._attempt(endpoint, inputs)
            duration = time.perf_counter() - started
        run = Run(
            endpoint=endpoint,
            inputs=inputs,
            outputs=outputs,
            duration=duration,
            error=error,
            message=message,
            session=session,
            username=username,
        )
        self._runs.add(run)
        return run

    async def _attempt(
        self, endpoint: Endpoint, inputs: tuple[Held, ...]
    ) -> tuple[tuple[Held, ...], str | None, str | None]:
        """Return the outputs, or what went wrong: for the author and for the visitor."""
        try:
            return await self._call(endpoint, inputs), None, None
        except VisitorError:
            raise
        except (Error, OutputError) as error:
            if isinstance(error, OutputError):
                logger.error("%s", error)
            return (), f"{type(error).__name__}: {error}", str(error)
        except Exception as error:
            logger.exception("%s: the function failed", endpoint.title)
            detail = f": {str(error) or type(error).__name__}" if self._show_error else ""
            return (), f"{type(error).__name__}: {error}", f"The demo's function failed{detail}."

    async def _call(self, endpoint: Endpoint, inputs: tuple[Held, ...]) -> tuple[Held, ...]:
        if endpoint.is_async:
            outputs = await endpoint.call_async(inputs, self._in_thread)
            return await self._in_thread(self._adopt, endpoint, inputs, outputs)
        return await self._in_thread(self._call_sync, endpoint, inputs)

    def _call_sync(self, endpoint: Endpoint, inputs: tuple[Held, ...]) -> tuple[Held, ...]:
        return self._adopt(endpoint, inputs, endpoint.call(inputs))

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
