"""Queue: who may run now, and who waits where."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from minidemo.errors import QueueFull
from minidemo.i18n import Text

Notify = Callable[[int, float | None], None]
"""Told the position (0 is next) and the expected wait in seconds, now and then."""


class Queue:
    """Lets at most `limit` calls run at once (None: any number), and at most `max_size` wait (None: any number).

    Those who wait are told where they stand every `interval` seconds at the most: told at each step, a hundred who wait
    for a fast function would hear of nothing else.
    """

    def __init__(self, limit: int | None = 1, *, max_size: int | None = None, interval: float = 0.1) -> None:
        self._limit = limit
        self._max_size = max_size
        self._running = 0
        self._waiting: deque[tuple[asyncio.Future[None], Notify]] = deque()
        self._average: float | None = None
        self._interval = interval
        self._bell: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def turn(self, notify: Notify) -> AsyncIterator[None]:
        """Wait for a turn, and hold it; raise `QueueFull` if too many wait already."""
        await self.take(notify)
        started = time.perf_counter()
        try:
            yield
        finally:
            self.give_back(time.perf_counter() - started)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def give_back(self, seconds: float) -> None:
        """End a turn that took some seconds: the first who waits is next."""
        self._learn(seconds)
        self._pass_on()

    async def take(self, notify: Notify) -> None:
        """Wait for a turn, which `give_back` must end; raise `QueueFull` if too many wait already."""
        if self._limit is None or self._running < self._limit:
            self._running += 1
            return
        if self._max_size is not None and len(self._waiting) >= self._max_size:
            raise QueueFull(Text("queue_full"))
        place = (asyncio.get_running_loop().create_future(), notify)
        self._waiting.append(place)
        self._announce()
        try:
            await place[0]
        except asyncio.CancelledError:
            self._leave(place)
            raise

    def _leave(self, place: tuple[asyncio.Future[None], Notify]) -> None:
        if place in self._waiting:
            self._waiting.remove(place)
            self._announce()
        else:
            self._pass_on()

    def _pass_on(self) -> None:
        """Hand the turn to the first who still waits."""
        while self._waiting:
            future, _ = self._waiting.popleft()
            if not future.done():
                future.set_result(None)
                self._announce()
                return
        self._running -= 1

    def _announce(self) -> None:
        if self._bell is None:
            self._bell = asyncio.get_running_loop().call_later(self._interval, self._ring)

    def _ring(self) -> None:
        self._bell = None
        for i, (_, notify) in enumerate(self._waiting):
            notify(*self._position(i))

    def _position(self, i: int) -> tuple[int, float | None]:
        eta = None if self._average is None else self._average * (i + 1) / (self._limit or 1)
        return i, eta

    def _learn(self, duration: float) -> None:
        self._average = duration if self._average is None else 0.8 * self._average + 0.2 * duration
