"""Workers: daemon threads, which never delay the program's end."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, ParamSpec, TypeAlias, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
Outcome: TypeAlias = tuple[Any, BaseException | None]
"""Result and exception of a call."""


class Workers(Executor):
    """A pool of up to `limit` daemon threads, started on demand.

    `ThreadPoolExecutor` joins its threads at exit: a function of an hour would delay Ctrl-C.
    """

    def __init__(self, limit: int = 64) -> None:
        self._limit = limit
        self._tasks: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._lock = Lock()
        self._started = 0
        self._busy = 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a call in the next free thread."""
        future: Future[T] = Future()

        def task() -> None:
            if future.set_running_or_notify_cancel():
                _set_result(future, *_outcome(fn, args, kwargs))

        self._put(task)
        return future

    async def call(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Await a call in a thread, faster than with `submit`."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def task() -> None:
            if future.cancelled():
                return
            outcome = _outcome(fn, args, kwargs)
            with suppress(RuntimeError):  # the loop is closed
                loop.call_soon_threadsafe(_set_result, future, *outcome)

        self._put(task)
        return await future

    def _put(self, task: Callable[[], None]) -> None:
        with self._lock:
            self._busy += 1
            start = self._busy > self._started < self._limit
            self._started += start
        if start:
            Thread(target=self._work, name="minidemo-worker", daemon=True).start()
        self._tasks.put(task)

    def _work(self) -> None:
        while True:
            task = self._tasks.get()
            task()
            del task
            with self._lock:
                self._busy -= 1


def _outcome(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Outcome:
    try:
        return fn(*args, **kwargs), None
    except (StopIteration, GeneratorExit) as error:  # neither passes an `await`
        return None, RuntimeError(f"a call raised {type(error).__name__}")
    except BaseException as error:  # raised again for the waiting caller
        return None, error


def _set_result(future: Future[Any] | asyncio.Future[Any], result: object, error: BaseException | None) -> None:
    if future.cancelled():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
