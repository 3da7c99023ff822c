"""Visitors' sessions in a remote app, with one call at a time."""

import threading
from collections.abc import Callable
from uuid import uuid4

from minidemo.context.request import Request
from minidemo.utils.lru import LRU

CAPACITY = 10_000
"""Number of sessions; the least recently used are forgotten."""


class Session:
    """One visitor's session in the app."""

    def __init__(self) -> None:
        self.name = uuid4().hex
        self._condition = threading.Condition()
        self._is_busy = False

    def acquire(self, *, cancelled: Callable[[], bool]) -> bool:
        """Wait for the visitor's other calls; return False if cancelled."""
        with self._condition:
            self._condition.wait_for(lambda: not self._is_busy or cancelled())
            if cancelled():
                return False
            self._is_busy = True
            return True

    def wake(self) -> None:
        """Let waiting calls check whether they are cancelled."""
        with self._condition:
            self._condition.notify_all()

    def release(self) -> None:
        """Let the next call start."""
        with self._condition:
            self._is_busy = False
            self._condition.notify_all()


class Sessions:
    """The sessions of a demo's visitors."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._sessions: LRU[tuple[str, str | None], Session] = LRU(capacity)

    def of(self, request: Request) -> Session:
        """Return the request's session, or a new one without a hash."""
        if request.session_hash is None:
            return Session()
        return self._sessions.setdefault((request.session_hash, request.username), Session)
