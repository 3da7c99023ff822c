"""The tree of a page: rows, columns and buttons; components are its leaves."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar


class Node:
    """A place on the page, rendered by the template that it names."""

    template = ""
    elem_id: str | None = None
    """What the author calls the place, in the page's HTML."""
    endpoint: str | None = None
    """The endpoint that it does something with."""
    script: ClassVar[str | None] = None
    """The script, and the style sheet beside it, that pages with such a node load, such as `examples`."""

    def __init__(self, children: "Sequence[Node]" = ()) -> None:
        self.children = tuple(children)

    def walk(self) -> "Iterator[Node]":
        """Yield this node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def rename_endpoints(self, names: Mapping[str, str]) -> "Node":
        """Return the tree for endpoints that are called otherwise: a copy, but for what has to do with none of them."""
        children = tuple(child.rename_endpoints(names) for child in self.children)
        if children == self.children and self.endpoint not in names:
            return self
        duplicate = copy.copy(self)
        duplicate.children = children
        duplicate.endpoint = names.get(self.endpoint or "", self.endpoint)
        return duplicate
