"""LoginThrottle: delays repeated failed logins."""

import time
import unicodedata
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias

from minidemo.auth.base import Attempt
from minidemo.errors import TooManyGuesses
from minidemo.utils.addresses import network

WINDOW = 60.0
"""Seconds that a failed attempt counts."""
PER_ADDRESS = 10
"""Failed attempts from an IPv4 address or an IPv6 /64."""
PER_NAME = 100
"""More than per address: one address cannot lock out a user."""
Key: TypeAlias = tuple[str, str | int]


class LoginThrottle:
    """Counts failed logins per address and per name, in memory.

    A counter is kept until its attempts have expired, whatever else is counted: no flood of other names or addresses
    removes it.

    Args:
        clock: Returns seconds, never going back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: dict[Key, deque[float]] = {}  # the counter with the latest attempt is the last

    def __len__(self) -> int:
        """Return the number of counters."""
        return len(self._times)

    async def attempt(self, address: str, name: str) -> Attempt:
        """Count a failed attempt, or raise `TooManyGuesses` without counting it."""
        now = self._clock()
        self._remove_expired(now)
        limits = _limits(address, name)
        full = [times for key, limit in limits.items() if len(times := self._recent(key, now)) >= limit]
        if full:
            raise TooManyGuesses(seconds=max(times[0] for times in full) + WINDOW - now)
        for key in limits:
            times = self._times.pop(key, deque())
            times.append(now)
            self._times[key] = times
        return Attempt(address, name, now)

    async def succeed(self, attempt: Attempt) -> None:
        """Uncount an attempt with the right password."""
        for key in _limits(attempt.address, attempt.name):
            with suppress(ValueError):  # it may have expired
                self._recent(key, attempt.time).remove(attempt.time)
            self._recent(key, attempt.time)

    def _remove_expired(self, now: float) -> None:
        while self._times and now - next(iter(self._times.values()))[-1] >= WINDOW:
            del self._times[next(iter(self._times))]

    def _recent(self, key: Key, now: float) -> deque[float]:
        """Return the attempts of a counter that have not expired, and drop an empty counter."""
        times = self._times.get(key, deque())
        while times and now - times[0] >= WINDOW:
            times.popleft()
        if not times:
            self._times.pop(key, None)
        return times


def _limits(address: str, name: str) -> dict[Key, int]:
    """Return the limits of an attempt.

    Names are folded, as a function may take Ann for ann, and hashed, as visitors choose their length.
    """
    folded = unicodedata.normalize("NFKC", name).casefold().strip()
    return {("address", network(address)): PER_ADDRESS, ("name", hash(folded)): PER_NAME}
