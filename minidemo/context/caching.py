"""Cache: values that an author's functions keep in memory, by keys of any content."""

import hashlib
import pickle
import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NamedTuple

from minidemo.context.alerts import current_listener
from minidemo.errors import ConfigurationError
from minidemo.utils.checks import is_count
from minidemo.utils.lru import LRU
from minidemo.utils.sizes import bytes_of


class _Entry(NamedTuple):
    """The values of a key, and the visitor whose they are."""

    key: Any
    values: dict[str, Any]
    visitor: str | None


class Cache:
    """Values kept in memory: `def fn(x, cache=Cache()): ...`; such a parameter is no input.

    A key is any value that `pickle` can write, and is compared by its content. Above a limit the least recently used
    entries are dropped.

    Args:
        max_size: Largest number of entries; 0: no limit. 128 by default.
        max_memory: Largest size of all entries, in bytes or such as "512mb". By default there is no limit.
        per_session: Whether each page load has its own entries. Calls without one then keep nothing. False by default.
    """

    def __init__(self, *, max_size: int = 128, max_memory: str | int | None = None, per_session: bool = False) -> None:
        if not is_count(max_size, least=0):
            raise ConfigurationError(f"max_size is {max_size!r}; expected a number of entries, or 0 for no limit.")
        self._max_memory = None if max_memory is None else bytes_of(max_memory, "max_memory")
        self._per_session = per_session
        self._entries: LRU[str, _Entry] = LRU(max_size or None, max_weight=self._max_memory)

    def get(self, key: Any) -> dict[str, Any] | None:
        """Return the values of a key by name, or None."""
        entry = self._entries.use(_digest((self._visitor(), key)))
        return None if entry is None else dict(entry.values)

    def set(self, key: Any, **values: Any) -> None:
        """Keep values under a key.

        Args:
            key: The key.
            values: The values, by name.
        """
        visitor = self._visitor()
        if visitor is None and self._per_session:
            return
        weight = 0 if self._max_memory is None else _size(values)
        self._entries.put(_digest((visitor, key)), _Entry(key, values, visitor), weight=weight, share=visitor)

    def keys(self) -> list[Any]:
        """Return all keys; with `per_session` those of this page load."""
        visitor = self._visitor()
        return [entry.key for _, entry in self._entries.items() if entry.visitor == visitor]

    def clear(self) -> None:
        """Drop all entries."""
        for digest, _ in self._entries.items():
            self._entries.pop(digest)

    def __len__(self) -> int:
        return len(self._entries)

    def _visitor(self) -> str | None:
        """Return the page load of this call; None if all share the entries."""
        listener = current_listener() if self._per_session else None
        return None if listener is None else listener.visitor


def _digest(value: Any) -> str:
    """Return a digest of a value's content."""
    hasher = hashlib.sha256()
    try:
        _pickle(_ordered(value), hasher.update)
    except Exception as error:  # also of the value's own methods
        raise ConfigurationError(
            f"A cache got a key that pickle cannot write: {error} Use a part of it, in cache with key=…"
        ) from error
    return hasher.hexdigest()


def _size(value: Any) -> int:
    """Return about the size of a value in memory, in bytes."""
    sizes: list[int] = []
    try:
        _pickle(value, lambda data: sizes.append(len(data)))
    except Exception:  # values need not be such that pickle can write them
        return sys.getsizeof(value)
    return sum(sizes)


def _pickle(value: Any, write: Callable[[bytes], object]) -> None:
    """Write a value so that equal contents are equal bytes."""
    pickler = pickle.Pickler(SimpleNamespace(write=write), protocol=pickle.HIGHEST_PROTOCOL)
    pickler.fast = True  # or text that occurs twice would be written differently if it is one object
    pickler.dump(value)


def _ordered(value: Any) -> Any:
    """Return a value whose dictionaries and sets have an order."""
    if isinstance(value, dict):
        return "dict", sorted((_digest(name), _digest(each)) for name, each in value.items())
    if isinstance(value, set | frozenset):
        return "set", sorted(map(_digest, value))
    if isinstance(value, list | tuple):
        return type(value).__name__, [*map(_ordered, value)]
    return value
