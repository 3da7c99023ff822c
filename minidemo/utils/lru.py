"""LRU: a dictionary with limits that drops its least recently used entries."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from heapq import heapify, heappop, heappush
from itertools import count
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Entry(NamedTuple, Generic[V]):
    """A value, its weight, and the share that its cost counts for."""

    value: V
    weight: int
    share: Hashable
    cost: float


class LRU(Generic[K, V]):
    """Thread-safe dictionary that drops entries above a limit, the oldest of its largest share first.

    New and used entries are the newest. The newest entry always stays, whatever its weight. Entries of one client are
    one share, so that a client with many entries drops its own, not those of others.

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
        self._entries: OrderedDict[K, _Entry[V]] = OrderedDict()
        self._shares: dict[Hashable, OrderedDict[K, None]] = {}
        """The keys of each share, the oldest first."""
        self._costs: dict[Hashable, float] = {}
        self._highest: dict[Hashable, float] = {}
        """The cost of each share, or one that it had before."""
        self._largest: list[tuple[float, int, Hashable]] = []
        """Heap of the shares by their highest costs; earlier ones of a share are passed over."""
        self._numbers = count()
        self._weight = 0
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """Return a value, or None; its age stays."""
        entry = self._entries.get(key)
        return None if entry is None else entry.value

    def use(self, key: K) -> V | None:
        """Return a value and make it the newest, or return None."""
        with self._lock:
            if key in self._entries:
                self._renew(key)
            return self.get(key)

    def setdefault(self, key: K, make: Callable[[], V], *, share: Hashable = None) -> V:
        """Return a value, or make it; it is the newest."""
        with self._lock:
            if key in self._entries:
                self._renew(key)
                return self._entries[key].value
            value = make()
            removed = self._add(key, _Entry(value, 0, share, 1))
        self._report(removed)
        return value

    def put(self, key: K, value: V, *, weight: int = 0, share: Hashable = None, cost: float = 1) -> None:
        """Store a value as the newest.

        Args:
            key: The key.
            value: The value.
            weight: The part of `max_weight` that it takes.
            share: The client that it counts for.
            cost: The room that it takes, in any unit.
        """
        with self._lock:
            removed = self._pop(key)
            removed += self._add(key, _Entry(value, weight, share, cost))
        self._report(removed)

    def pop(self, key: K, *, report: bool = True) -> V | None:
        """Remove and return a value, or None; `report` it to `on_remove`."""
        with self._lock:
            removed = self._pop(key)
        self._report(removed if report else [])
        return removed[0][1] if removed else None

    def pop_oldest(self) -> None:
        """Remove the oldest entry of the largest share."""
        with self._lock:
            removed = self._pop(self._victim())
        self._report(removed)

    def oldest(self) -> tuple[K, V]:
        """Return the oldest key and value."""
        with self._lock:
            key = next(iter(self._entries))
            return key, self._entries[key].value

    def items(self) -> list[tuple[K, V]]:
        """Return all keys and values, oldest first."""
        with self._lock:
            return [(key, entry.value) for key, entry in self._entries.items()]

    def __contains__(self, key: K) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def _renew(self, key: K) -> None:
        self._entries.move_to_end(key)
        self._shares[self._entries[key].share].move_to_end(key)

    def _add(self, key: K, entry: _Entry[V]) -> list[tuple[K, V]]:
        self._entries[key] = entry
        self._shares.setdefault(entry.share, OrderedDict())[key] = None
        self._charge(entry.share, entry.cost)
        self._weight += entry.weight
        removed: list[tuple[K, V]] = []
        while len(self._entries) > 1 and self._is_full():
            removed += self._pop(self._victim())
        return removed

    def _victim(self) -> K:
        """Return the key to drop: the oldest of the largest share, but not the newest of all."""
        while (cost := -self._largest[0][0]) != self._costs.get(share := self._largest[0][2]):
            heappop(self._largest)
            if cost == self._highest.get(share):
                self._rank(share)
        key = next(iter(self._shares[share]))
        return next(iter(self._entries)) if key == next(reversed(self._entries)) else key

    def _charge(self, share: Hashable, cost: float) -> None:
        """Change the cost of a share."""
        self._costs[share] = cost = self._costs.get(share, 0) + cost
        if cost > self._highest.get(share, -1):
            self._rank(share)

    def _rank(self, share: Hashable) -> None:
        """Put a share into the heap by its cost."""
        self._highest[share] = self._costs[share]
        if len(self._largest) > 2 * len(self._costs):
            self._highest = dict(self._costs)
            self._largest = [(-cost, next(self._numbers), share) for share, cost in self._costs.items()]
            heapify(self._largest)
        else:
            heappush(self._largest, (-self._costs[share], next(self._numbers), share))

    def _pop(self, key: K) -> list[tuple[K, V]]:
        if key not in self._entries:
            return []
        value, weight, share, cost = self._entries.pop(key)
        self._weight -= weight
        self._charge(share, -cost)
        del self._shares[share][key]
        if not self._shares[share]:
            del self._shares[share], self._costs[share], self._highest[share]
        return [(key, value)]

    def _is_full(self) -> bool:
        return (self._max_items is not None and len(self._entries) > self._max_items) or (
            self._max_weight is not None and self._weight > self._max_weight
        )

    def _report(self, removed: list[tuple[K, V]]) -> None:
        for key, value in removed:
            self._on_remove(key, value)
