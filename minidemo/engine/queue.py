"""Queue: a concurrency limit with waiting calls in order."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from minidemo.errors import QueueFull
from minidemo.i18n import Text
from minidemo.stores.base import Notify


class Queue:
    """Runs at most `limit` calls at once and lets at most `max_size` wait; None: no limit.

    Positions are reported at most every `interval` seconds, so that fast functions do not flood the waiting calls.
    """

    def __init__(self, limit: int | None = 1, *, max_size: int | None = None, interval: float = 0.1) -> None:
        self._limit = limit
        self._max_size = max_size
        self._running = 0
        self._waiting: deque[tuple[asyncio.Future[None], Notify]] = deque()
        self._average: float | None = None
        self._interval = interval
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def turn(self, notify: Notify) -> AsyncIterator[None]:
        """Hold a turn in a `with` block; raise `QueueFull` if too many wait."""
        await self.acquire(notify)
        started = time.perf_counter()
        try:
            yield
        finally:
            self.release(time.perf_counter() - started)

    @property
    def waiting(self) -> int:
        """The number of waiting calls."""
        return len(self._waiting)

    def release(self, seconds: float) -> None:
        """End a turn of some seconds, and start the next."""
        self._learn(seconds)
        self._start_next()

    async def acquire(self, notify: Notify) -> None:
        """Wait for a turn, which `release` must end; raise `QueueFull` if too many wait."""
        if self._limit is None or self._running < self._limit:
            self._running += 1
            return
        if self._max_size is not None and len(self._waiting) >= self._max_size:
            raise QueueFull(Text("queue_full"))
        entry = (asyncio.get_running_loop().create_future(), notify)
        self._waiting.append(entry)
        self._notify_later()
        try:
            await entry[0]
        except asyncio.CancelledError:
            self._leave(entry)
            raise

    def _leave(self, entry: tuple[asyncio.Future[None], Notify]) -> None:
        if entry in self._waiting:
            self._waiting.remove(entry)
            self._notify_later()
        else:
            self._start_next()

    def _start_next(self) -> None:
        """Give the turn to the first waiting call."""
        while self._waiting:
            future, _ = self._waiting.popleft()
            if not future.done():
                future.set_result(None)
                self._notify_later()
                return
        self._running -= 1

    def _notify_later(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._interval, self._notify)

    def _notify(self) -> None:
        self._timer = None
        for i, (_, notify) in enumerate(self._waiting):
            notify(*self._position(i))

    def _position(self, i: int) -> tuple[int, float | None]:
        eta = None if self._average is None else self._average * (i + 1) / (self._limit or 1)
        return i, eta

    def _learn(self, duration: float) -> None:
        self._average = duration if self._average is None else 0.8 * self._average + 0.2 * duration
