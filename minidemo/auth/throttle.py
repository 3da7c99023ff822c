"""Guesses: makes those wait who try one password after the other."""

from collections import OrderedDict, deque
from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias

from minidemo.errors import TooManyGuesses

WINDOW = 60.0
"""For how many seconds a wrong guess counts."""
PER_ADDRESS = 10
PER_NAME = 100
"""More than for an address: else anybody could keep somebody else out."""
MAX_KEYS = 10_000

Guess: TypeAlias = list[tuple[deque[float], float]]


class Guesses:
    """Counts the wrong guesses of an address, and those for a name."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._times: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def begin(self, address: str, name: str) -> Guess:
        """Count a guess, which is taken for a wrong one until it is forgiven; raise `TooManyGuesses`."""
        now = self._clock()
        found = [(self._recent(("address", address), now), PER_ADDRESS), (self._recent(("name", name), now), PER_NAME)]
        waits = [times[0] + WINDOW - now for times, limit in found if len(times) >= limit]
        if waits:
            raise TooManyGuesses(seconds=max(waits))
        for times, _ in found:
            times.append(now)
        return [(times, now) for times, _ in found]

    def forgive(self, guess: Guess) -> None:
        """Take back a guess that was right."""
        for times, when in guess:
            with suppress(ValueError):  # it may be too old by now to count
                times.remove(when)

    def _recent(self, key: tuple[str, str], now: float) -> deque[float]:
        times = self._times.setdefault(key, deque())
        self._times.move_to_end(key)
        while times and now - times[0] >= WINDOW:
            times.popleft()
        while len(self._times) > MAX_KEYS:
            self._times.popitem(last=False)
        return times
