"""JSON trees: nested lists and dictionaries."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

T = TypeVar("T")


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
    if isinstance(value, kind):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from iter_tree(item, kind)
    elif isinstance(value, Mapping):
        for pair in value.items():
            yield from iter_tree(pair, kind)
