"""Differences of JSON values, so that growing text is sent once."""

from collections.abc import Iterator
from typing import Any, TypeAlias

MAX_DEPTH = 20
"""Levels of a value below which it is replaced as a whole, since each change has a path."""
Change: TypeAlias = tuple[str, list[str | int], Any]
"""A change: its kind, its path, and its value.

The kind is `append` (to a text), `add` (an item or member), `replace` or `delete`.
"""


def changes(old: Any, new: Any, path: tuple[str | int, ...] = ()) -> Iterator[Change]:
    """Yield the changes from one value to another, in order."""
    if isinstance(old, str) and isinstance(new, str) and new.startswith(old):
        if len(new) > len(old):
            yield "append", [*path], new[len(old) :]
    elif len(path) == MAX_DEPTH and isinstance(new, list | dict):
        if next(changes(old, new), None) is not None:
            yield "replace", [*path], new
    elif isinstance(old, list) and isinstance(new, list):
        yield from _in_list(old, new, path)
    elif isinstance(old, dict) and isinstance(new, dict):
        yield from _in_dict(old, new, path)
    elif type(old) is not type(new) or old != new:
        yield "replace", [*path], new


def _in_list(old: list[Any], new: list[Any], path: tuple[str | int, ...]) -> Iterator[Change]:
    for i, (before, after) in enumerate(zip(old, new, strict=False)):
        yield from changes(before, after, (*path, i))
    for i in reversed(range(len(new), len(old))):
        yield "delete", [*path, i], None
    for i in range(len(old), len(new)):
        yield "add", [*path, i], new[i]


def _in_dict(old: dict[str, Any], new: dict[str, Any], path: tuple[str | int, ...]) -> Iterator[Change]:
    for key in old:
        if key in new:
            yield from changes(old[key], new[key], (*path, key))
        else:
            yield "delete", [*path, key], None
    for key in new:
        if key not in old:
            yield "add", [*path, key], new[key]
