"""SessionStore: the states of page loads."""

import time
from collections.abc import Callable

from minidemo.context.session import Session
from minidemo.utils.lru import LRU

MAX_BYTES = 2**30
"""Size of the inputs of all calls of the page loads whose states are kept."""


class SessionStore:
    """Stores the states of the latest page loads in memory.

    A state holds any objects, which cannot be measured; but what a visitor makes it hold was sent.

    Args:
        capacity: The largest number of page loads; the least recently used are dropped.
        max_bytes: The largest size of the inputs of all calls of these page loads.
        clock: Returns seconds, never going back.
    """

    def __init__(
        self, capacity: int = 10_000, *, max_bytes: int = MAX_BYTES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._sessions: LRU[str, Session] = LRU(capacity, on_remove=self._expire)
        self._sizes: LRU[str, int] = LRU(max_weight=max_bytes, on_remove=lambda key, _: self._sessions.pop(key))

    def of(self, key: str | None, client: str = "") -> Session:
        """Return the session of a client's page load, or a new one."""
        if key is None:
            return Session()
        session = self._sessions.setdefault(key, Session, share=client)
        session.last_used = self._clock()
        return session

    def keep(self, key: str | None, session: Session, client: str = "", *, size: int = 0) -> None:
        """Store the session of an ended call, if it was dropped; `size` is that of the inputs."""
        if key is not None:
            self._sessions.setdefault(key, lambda: session, share=client).last_used = self._clock()
            size += self._sizes.pop(key, report=False) or 0
            self._sizes.put(key, size, weight=size, share=client, cost=size)

    def touch(self, key: str | None) -> None:
        """Postpone the expiry of a page load's states, if it has any."""
        session = None if key is None else self._sessions.use(key)
        if session is not None:
            session.last_used = self._clock()

    def sweep(self) -> None:
        """Delete expired states."""
        now = self._clock()
        for key, session in self._sessions.items():
            if session.expire(now - session.last_used):
                self._sessions.pop(key, report=False)  # a running call may use it again
                self._sizes.pop(key, report=False)

    def __len__(self) -> int:
        return len(self._sessions)

    def _expire(self, key: str, session: Session) -> None:
        self._sizes.pop(key, report=False)
        session.expire(float("inf"))
