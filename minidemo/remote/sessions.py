"""Sessions: under which name an app knows each visitor of ours, whose calls it gets one after another."""

import threading
from collections.abc import Callable
from uuid import uuid4

from minidemo.context.request import Request
from minidemo.utils.lru import LRU

CAPACITY = 10_000
"""How many visitors are known; those who were not there for longest are strangers again."""


class Session:
    """One visitor, as the app knows them."""

    def __init__(self) -> None:
        self.name = uuid4().hex
        self._free = threading.Condition()
        self._taken = False

    def take(self, *, unless: Callable[[], bool]) -> bool:
        """Wait for the end of the visitor's other calls; tell whether it is this one's turn, or nobody waits for it."""
        with self._free:
            self._free.wait_for(lambda: not self._taken or unless())
            if unless():
                return False
            self._taken = True
            return True

    def wake(self) -> None:
        """Let those who wait ask anew whether they still do."""
        with self._free:
            self._free.notify_all()

    def give_back(self) -> None:
        """Let the next call begin."""
        with self._free:
            self._taken = False
            self._free.notify_all()


class Sessions:
    """The visitors of a demo."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._known: LRU[tuple[str, str | None], Session] = LRU(capacity)

    def of(self, request: Request) -> Session:
        """Return the session of who calls; a call without one has a session of its own."""
        if request.session_hash is None:
            return Session()
        return self._known.setdefault((request.session_hash, request.username), Session)
