"""JSON trees: nested lists and dictionaries."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

T = TypeVar("T")
_SCALARS = (str, int, float, type(None))
"""Types without children, checked first: the check for mappings is slow."""


def map_tree(value: Any, kind: type[T], replace: Callable[[T], Any], *, key: Callable[[Any], Any] | None = None) -> Any:
    """Return a copy of a tree with nodes of one kind replaced.

    Args:
        value: The tree. Tuples become lists; other nodes are kept as they are.
        kind: The type of the nodes to replace. Nodes below a replaced node are not visited.
        replace: Returns the replacement of a node.
        key: Returns the replacement of a dictionary's key; by default keys are kept.
    """
    if isinstance(value, kind):
        return replace(value)
    if isinstance(value, _SCALARS):
        return value
    if isinstance(value, list | tuple):
        return [map_tree(item, kind, replace, key=key) for item in value]
    if isinstance(value, Mapping):
        return {
            name if key is None else key(name): map_tree(item, kind, replace, key=key) for name, item in value.items()
        }
    return value


def iter_tree(value: Any, kind: type[T]) -> Iterator[T]:
    """Yield the nodes of one kind in order, dictionary keys included.

    Nodes below a yielded node are not visited.
    """
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, kind):
            yield node
        elif isinstance(node, _SCALARS):
            continue
        elif isinstance(node, list | tuple):
            waiting.extend(reversed(node))
        elif isinstance(node, Mapping):
            waiting.extend(part for pair in reversed([*node.items()]) for part in reversed(pair))
