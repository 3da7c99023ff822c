"""Sessions: what is kept of each page load, for a while."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from minidemo.context.session import Session


class Sessions:
    """Keeps the states of at most `capacity` page loads; those that were not used for longest are forgotten first.

    `clock` tells seconds, and never goes back.
    """

    def __init__(self, capacity: int = 10_000, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._capacity = capacity
        self._clock = clock
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, name: str | None) -> Session:
        """Return the session of a page load; a caller without one has a session for this call alone."""
        if name is None:
            return Session()
        with self._lock:
            session = self._sessions.setdefault(name, Session())
            session.last_used = self._clock()
            self._sessions.move_to_end(name)
            surplus = len(self._sessions) - self._capacity
            gone = [self._sessions.popitem(last=False)[1] for _ in range(surplus)]
        for each in gone:
            each.expire(float("inf"))
        return session

    def touch(self, name: str | None) -> None:
        """Note that a page load is still there, if something is kept of it."""
        with self._lock:
            if name is not None and name in self._sessions:
                self._sessions[name].last_used = self._clock()
                self._sessions.move_to_end(name)

    def sweep(self) -> None:
        """Forget what was not used for long."""
        now = self._clock()
        with self._lock:
            sessions = list(self._sessions.items())
        for name, session in sessions:
            if session.expire(now - session.last_used):
                with self._lock:
                    self._sessions.pop(name, None)

    def __len__(self) -> int:
        return len(self._sessions)
