"""Lasting: an author's executor, which goes on after a crash of one of its processes."""

from collections.abc import Callable
from concurrent import futures
from concurrent.futures import BrokenExecutor, Executor, Future
from threading import Lock
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Lasting(Executor):
    """Runs calls in another executor; a pool of processes that broke is made anew with the next call.

    The calls that were under way when it broke fail.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._lock = Lock()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand a call on."""
        try:
            return self._executor.submit(fn, *args, **kwargs)
        except BrokenExecutor:
            self._renew()
        return self._executor.submit(fn, *args, **kwargs)

    def _renew(self) -> None:
        with self._lock:
            old: Any = self._executor
            if not isinstance(self._executor, futures.ProcessPoolExecutor) or not old._broken:  # another has renewed it
                return
            self._executor = futures.ProcessPoolExecutor(
                old._max_workers, old._mp_context, old._initializer, old._initargs
            )
