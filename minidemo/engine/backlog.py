"""Backlog: outputs of a function that its follower has not read yet."""

from collections import deque
from threading import Lock

from minidemo.components.base import Held
from minidemo.stores.runs import weigh

MAX_OUTPUTS = 1_000
MAX_BYTES = 32 * 2**20


class Backlog:
    """Stores unread outputs: at most `MAX_OUTPUTS` and about `MAX_BYTES`; drops the oldest."""

    def __init__(self) -> None:
        self._outputs: deque[tuple[tuple[Held, ...], int]] = deque()
        self._bytes = 0
        self._lock = Lock()

    def add(self, outputs: tuple[Held, ...]) -> None:
        """Store outputs; called in the function's thread."""
        size = weigh(outputs)
        with self._lock:
            self._outputs.append((outputs, size))
            self._bytes += size
            while len(self._outputs) > 1 and (len(self._outputs) > MAX_OUTPUTS or self._bytes > MAX_BYTES):
                self._bytes -= self._outputs.popleft()[1]

    def take(self) -> list[tuple[Held, ...]]:
        """Remove and return all outputs, the oldest first.

        Not those that are stored meanwhile: a function may be faster than its follower for ever.
        """
        with self._lock:
            taken = [outputs for outputs, _ in self._outputs]
            self._outputs.clear()
            self._bytes = 0
            return taken
