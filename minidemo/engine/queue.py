"""Queue: a concurrency limit with waiting calls in a fair order."""

import asyncio
from bisect import insort_right
from dataclasses import dataclass

from minidemo.errors import QueueFull
from minidemo.i18n import Text
from minidemo.stores.base import Notify


@dataclass(eq=False, slots=True)
class _Entry:
    """A waiting call, and the round in which it is served."""

    future: asyncio.Future[None]
    notify: Notify
    round: int


class Queue:
    """Runs at most `limit` calls at once and lets at most `max_size` wait; None: no limit.

    Each round serves one call of each client, so that a client with many calls does not hold up the others. If too many
    wait, the last is refused.

    Positions are reported at most every `interval` seconds, so that fast functions do not flood the waiting calls.
    """

    def __init__(self, limit: int | None = 1, *, max_size: int | None = None, interval: float = 0.1) -> None:
        self._limit = limit
        self._max_size = max_size
        self._running = 0
        self._waiting: list[_Entry] = []
        self._round = 0
        self._last_rounds: dict[str, int] = {}
        """The latest round of each client in this or a later round."""
        self._average: float | None = None
        self._interval = interval
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> int:
        """The number of waiting calls."""
        return len(self._waiting)

    def release(self, seconds: float) -> None:
        """End a turn of some seconds, and start the next."""
        self._learn(seconds)
        self._start_next()

    async def acquire(self, notify: Notify, client: str = "") -> None:
        """Wait for a client's turn, which `release` must end; raise `QueueFull` if too many wait."""
        if self._limit is None or self._running < self._limit:
            self._running += 1
            return
        entry = self._enter(notify, client)
        try:
            await entry.future
        except asyncio.CancelledError:
            self._leave(entry)
            raise

    def _enter(self, notify: Notify, client: str) -> _Entry:
        """Add a call to the next round without one of its client."""
        round = max(self._round, self._last_rounds.get(client, -1) + 1)
        entry = _Entry(asyncio.get_running_loop().create_future(), notify, round)
        self._last_rounds[client] = round
        insort_right(self._waiting, entry, key=lambda each: each.round)
        self._refuse_last()
        self._notify_later()
        return entry

    def _refuse_last(self) -> None:
        """Refuse the last call if too many wait."""
        if self._max_size is None or len(self._waiting) <= self._max_size:
            return
        waiting = [each for each in self._waiting if not each.future.done()]  # others are leaving
        if len(waiting) > self._max_size:
            self._waiting.remove(waiting[-1])
            waiting[-1].future.set_exception(QueueFull(Text("queue_full")))

    def _leave(self, entry: _Entry) -> None:
        if entry in self._waiting:
            self._waiting.remove(entry)
            self._notify_later()
        elif entry.future.exception() is None:  # it has just got its turn
            self._start_next()

    def _start_next(self) -> None:
        """Give the turn to the first waiting call."""
        while self._waiting:
            entry = self._waiting.pop(0)
            self._begin_round(entry.round)
            if not entry.future.done():
                entry.future.set_result(None)
                self._notify_later()
                return
        self._last_rounds.clear()
        self._running -= 1

    def _begin_round(self, round: int) -> None:
        if round > self._round:
            self._round = round
            self._last_rounds = {client: last for client, last in self._last_rounds.items() if last >= round}

    def _notify_later(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._interval, self._notify)

    def _notify(self) -> None:
        self._timer = None
        for i, entry in enumerate(self._waiting):
            entry.notify(*self._position(i))

    def _position(self, i: int) -> tuple[int, float | None]:
        eta = None if self._average is None else self._average * (i + 1) / (self._limit or 1)
        return i, eta

    def _learn(self, duration: float) -> None:
        self._average = duration if self._average is None else 0.8 * self._average + 0.2 * duration
