"""LoginThrottle: delays repeated failed logins."""

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from minidemo.auth.base import Attempt
from minidemo.errors import TooManyGuesses
from minidemo.utils.lru import LRU

WINDOW = 60.0
"""Seconds that a failed attempt counts."""
PER_ADDRESS = 10
PER_NAME = 100
"""More than per address: one address cannot lock out a user."""
MAX_KEYS = 10_000


class LoginThrottle:
    """Counts failed logins per address and per name, in memory.

    Args:
        clock: Returns seconds, never going back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: LRU[tuple[str, str], deque[float]] = LRU(MAX_KEYS)

    async def attempt(self, address: str, name: str) -> Attempt:
        """Count a failed attempt, or raise `TooManyGuesses` without counting it."""
        now = self._clock()
        limits = [(self._recent(("address", address), now), PER_ADDRESS), (self._recent(("name", name), now), PER_NAME)]
        waits = [times[0] + WINDOW - now for times, limit in limits if len(times) >= limit]
        if waits:
            raise TooManyGuesses(seconds=max(waits))
        for times, _ in limits:
            times.append(now)
        return Attempt(address, name, now)

    async def succeed(self, attempt: Attempt) -> None:
        """Uncount an attempt with the right password."""
        for key in (("address", attempt.address), ("name", attempt.name)):
            with suppress(ValueError):  # it may have expired
                self._recent(key, attempt.time).remove(attempt.time)

    def _recent(self, key: tuple[str, str], now: float) -> deque[float]:
        times = self._times.setdefault(key, deque)
        while times and now - times[0] >= WINDOW:
            times.popleft()
        return times
