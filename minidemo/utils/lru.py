"""LRU: a dictionary with limits that drops its least recently used entries."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LRU(Generic[K, V]):
    """Thread-safe dictionary that drops its oldest entries above a limit.

    New and used entries are the newest. The newest entry always stays, whatever its weight.

    Args:
        max_items: The largest number of entries; None: no limit.
        max_weight: The largest sum of weights; None: no limit.
        on_remove: Called without the lock for each entry that was dropped, popped or replaced.
    """

    def __init__(
        self,
        max_items: int | None = None,
        *,
        max_weight: int | None = None,
        on_remove: Callable[[K, V], object] = lambda _, __: None,
    ) -> None:
        self._max_items = max_items
        self._max_weight = max_weight
        self._on_remove = on_remove
        self._entries: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._weight = 0
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """Return a value, or None; its age stays."""
        entry = self._entries.get(key)
        return None if entry is None else entry[0]

    def use(self, key: K) -> V | None:
        """Return a value and make it the newest, or return None."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
            return self.get(key)

    def setdefault(self, key: K, make: Callable[[], V]) -> V:
        """Return a value, or make it; it is the newest."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
                return self._entries[key][0]
            value = make()
            removed = self._add(key, value, 0)
        self._report(removed)
        return value

    def put(self, key: K, value: V, *, weight: int = 0) -> None:
        """Store a value as the newest."""
        with self._lock:
            removed = [*self._pop(key), *self._add(key, value, weight)]
        self._report(removed)

    def pop(self, key: K, *, report: bool = True) -> V | None:
        """Remove and return a value, or None; `report` it to `on_remove`."""
        with self._lock:
            removed = self._pop(key)
        self._report(removed if report else [])
        return removed[0][1] if removed else None

    def pop_oldest(self) -> None:
        """Remove the oldest entry."""
        with self._lock:
            removed = self._pop(next(iter(self._entries)))
        self._report(removed)

    def oldest(self) -> tuple[K, V]:
        """Return the oldest key and value."""
        with self._lock:
            key = next(iter(self._entries))
            return key, self._entries[key][0]

    def items(self) -> list[tuple[K, V]]:
        """Return all keys and values, oldest first."""
        with self._lock:
            return [(key, value) for key, (value, _) in self._entries.items()]

    def __contains__(self, key: K) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def _add(self, key: K, value: V, weight: int) -> list[tuple[K, V]]:
        self._entries[key] = value, weight
        self._weight += weight
        removed: list[tuple[K, V]] = []
        while len(self._entries) > 1 and self._is_full():
            removed += self._pop(next(iter(self._entries)))
        return removed

    def _pop(self, key: K) -> list[tuple[K, V]]:
        if key not in self._entries:
            return []
        value, weight = self._entries.pop(key)
        self._weight -= weight
        return [(key, value)]

    def _is_full(self) -> bool:
        return (self._max_items is not None and len(self._entries) > self._max_items) or (
            self._max_weight is not None and self._weight > self._max_weight
        )

    def _report(self, removed: list[tuple[K, V]]) -> None:
        for key, value in removed:
            self._on_remove(key, value)
