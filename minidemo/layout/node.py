"""The tree of a page; components are its leaves."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar


class Node:
    """A place on the page, rendered by the template that it names."""

    template = ""
    elem_id: str | None = None
    """The author's id of the node, in the page's HTML."""
    endpoint: str | None = None
    """The endpoint that it does something with."""
    script: ClassVar[str | None] = None
    """Name of the node's script and style sheet, such as `examples`."""

    def __init__(self, children: "Sequence[Node]" = ()) -> None:
        self.children = tuple(children)

    def walk(self) -> "Iterator[Node]":
        """Yield this node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def rename_endpoints(self, names: Mapping[str, str]) -> "Node":
        """Return the tree with renamed endpoints.

        Nodes without a renamed endpoint are not copied.
        """
        children = tuple(child.rename_endpoints(names) for child in self.children)
        if children == self.children and self.endpoint not in names:
            return self
        duplicate = copy.copy(self)
        duplicate.children = children
        duplicate.endpoint = names.get(self.endpoint or "", self.endpoint)
        return duplicate
