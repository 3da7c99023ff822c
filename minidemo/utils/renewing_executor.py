"""RenewingExecutor: an executor that survives the crash of a worker process."""

from collections.abc import Callable
from concurrent import futures
from concurrent.futures import BrokenExecutor, Executor, Future
from threading import Lock
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class RenewingExecutor(Executor):
    """Runs calls in an executor and replaces a broken process pool.

    Calls that were running in the broken pool fail.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._lock = Lock()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Submit a call to the executor."""
        try:
            return self._executor.submit(fn, *args, **kwargs)
        except BrokenExecutor:
            self._renew()
        return self._executor.submit(fn, *args, **kwargs)

    def _renew(self) -> None:
        with self._lock:
            old: Any = self._executor
            if not isinstance(self._executor, futures.ProcessPoolExecutor) or not old._broken:  # already renewed
                return
            self._executor = futures.ProcessPoolExecutor(
                old._max_workers, old._mp_context, old._initializer, old._initargs
            )
