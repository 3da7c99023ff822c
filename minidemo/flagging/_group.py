"""Group commit: flags that wait at the same time share one transaction."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")
MOST = 256
"""The maximum number of items in a batch."""
NAP = 0.0002
"""Seconds to wait for more items, a fraction of a transaction."""


class _Waiting(Generic[T, R]):
    """A waiting item; `wake` is released once it is or must write.

    `left` says that its thread no longer writes, even if it ended without waking the others.
    """

    __slots__ = ("done", "error", "item", "left", "result", "wake")

    def __init__(self, item: T) -> None:
        self.item = item
        self.result: R | None = None
        self.error: Exception | None = None
        self.done = self.left = False
        self.wake = threading.Lock()
        self.wake.acquire()


def _nap() -> None:
    time.sleep(NAP)


class Group(Generic[T, R]):
    """Passes items of many threads to `write` in batches of `alike` items.

    The first waiting thread writes for all; then one that came meanwhile goes on. After a batch of several the next
    writer waits for a `nap` or two while more items arrive: the threads that were just woken come back. If a batch
    fails, each of its items is tried alone, so that none fails because of another.
    """

    _writer: _Waiting[T, R] | None

    def __init__(
        self,
        write: Callable[[Sequence[T]], Sequence[R]],
        alike: Callable[[T, T], bool],
        nap: Callable[[], object] = _nap,
    ) -> None:
        self._write = write
        self._alike = alike
        self._nap = nap
        self._renew()

    def add(self, item: T) -> R:
        """Wait until the item is written, and return its result."""
        if self._process != os.getpid():
            self._renew()
        mine: _Waiting[T, R] = _Waiting(item)
        with self._lock:
            self._waiting.append(mine)
            if self._writer is None or self._writer.left:
                self._writer = mine
        try:
            if self._writer is not mine:
                mine.wake.acquire()
            while not mine.done:
                self._turn()
        finally:
            mine.done = mine.left = True
            self._leave(mine)
        if mine.error is not None:
            raise mine.error
        return mine.result  # type: ignore[return-value]  # it is there once there is no error

    def _renew(self) -> None:
        """Replace the lock, which a lost thread may hold after forking."""
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._waiting: list[_Waiting[T, R]] = []
        self._writer = None
        self._expected = 1

    def _leave(self, mine: _Waiting[T, R]) -> None:
        """Wake the threads of written items, and let the next thread write."""
        if self._writer is not mine:
            return
        with self._lock:
            place = 0
            while place < len(self._waiting):
                if self._waiting[place].done:
                    self._waiting.pop(place).wake.release()
                else:
                    place += 1
            self._writer = self._waiting[0] if self._waiting else None
            if self._writer is not None:
                self._writer.wake.release()

    def _turn(self) -> None:
        """Write the first waiting item, and all that are alike."""
        self._gather()
        with self._lock:
            waiting = [each for each in self._waiting if not each.done][:MOST]
        self._expected = len(waiting)
        batch = [each for each in waiting if self._alike(each.item, waiting[0].item)]
        self._try(batch)
        error = batch[0].error
        if isinstance(error, BlockingIOError):  # others would wait as long again, and in vain
            with self._lock:
                batch = [each for each in self._waiting if not each.done]
            for each in batch:
                each.error = error
        elif len(batch) > 1 and error is not None:
            for each in batch:
                self._try([each])
        for each in batch:
            each.done = True

    def _gather(self) -> None:
        """Wait while items arrive, up to the size of the last batch."""
        seen = 0
        while seen < len(self._waiting) < self._expected:
            seen = len(self._waiting)
            self._nap()

    def _try(self, batch: Sequence[_Waiting[T, R]]) -> None:
        try:
            results = self._write([each.item for each in batch])
        except Exception as error:
            for each in batch:
                each.error = error
        else:
            for each, result in zip(batch, results, strict=True):
                each.result, each.error = result, None
