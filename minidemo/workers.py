"""Workers: threads that run the functions, and that never keep the program from ending."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Workers(Executor):
    """A pool of daemon threads, started as they are needed, up to `limit`.

    The threads of `ThreadPoolExecutor` are joined at exit, so that a function which takes an hour would hold up Ctrl-C.
    """

    def __init__(self, limit: int = 64) -> None:
        self._limit = limit
        self._tasks: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._lock = Lock()
        self._started = 0
        self._busy = 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a call in a thread, as soon as one is free."""
        future: Future[T] = Future()

        def task() -> None:
            if future.set_running_or_notify_cancel():
                _settle(future, fn, args, kwargs)

        with self._lock:
            self._busy += 1
            start = self._busy > self._started < self._limit
            self._started += start
        if start:
            Thread(target=self._work, name="minidemo-worker", daemon=True).start()
        self._tasks.put(task)
        return future

    def _work(self) -> None:
        while True:
            task = self._tasks.get()
            task()
            del task
            with self._lock:
                self._busy -= 1


def _settle(future: Future[T], fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    try:
        result = fn(*args, **kwargs)
    except BaseException as error:  # whatever the function raises belongs to who waits for it
        future.set_exception(error)
    else:
        future.set_result(result)
