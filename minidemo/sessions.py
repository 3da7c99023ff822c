"""Sessions: what is kept of each page load, for a while."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from minidemo.components.state import State

logger = logging.getLogger("minidemo")
HOUR = 3_600.0


class Session:
    """The states of one page load."""

    def __init__(self) -> None:
        self._values: dict[State, Any] = {}
        self._lock = threading.Lock()
        self.used = 0.0

    def get(self, state: State) -> Any:
        """Return the value of a state; the first time it is a fresh one."""
        with self._lock:
            if state not in self._values:
                self._values[state] = state.fresh()
            return self._values[state]

    def set(self, state: State, value: Any) -> None:
        """Keep a value from now on."""
        with self._lock:
            self._values[state] = value

    def forget(self, idle: float) -> bool:
        """Forget what was not used for so many seconds and is not to be kept longer, and tell whether that is all."""
        with self._lock:
            old = {state: value for state, value in self._values.items() if idle >= (state.time_to_live or HOUR)}
            self._values = {state: value for state, value in self._values.items() if state not in old}
            empty = not self._values
        for state, value in old.items():
            _tell(state, value)
        return empty


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
            session.used = self._clock()
            self._sessions.move_to_end(name)
            surplus = len(self._sessions) - self._capacity
            gone = [self._sessions.popitem(last=False)[1] for _ in range(surplus)]
        for each in gone:
            each.forget(float("inf"))
        return session

    def touch(self, name: str | None) -> None:
        """Note that a page load is still there, if something is kept of it."""
        with self._lock:
            if name is not None and name in self._sessions:
                self._sessions[name].used = self._clock()
                self._sessions.move_to_end(name)

    def sweep(self) -> None:
        """Forget what was not used for long."""
        now = self._clock()
        with self._lock:
            sessions = list(self._sessions.items())
        for name, session in sessions:
            if session.forget(now - session.used):
                with self._lock:
                    self._sessions.pop(name, None)

    def __len__(self) -> int:
        return len(self._sessions)


def _tell(state: State, value: Any) -> None:
    if state.delete_callback is not None:
        try:
            state.delete_callback(value)
        except Exception:
            logger.exception("The delete_callback of a State failed")
