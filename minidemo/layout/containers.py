"""Containers: rows, columns, tabs, accordions and sections."""

import copy
import re
from collections.abc import Sequence

from minidemo.layout.node import Node


class Row(Node):
    """Children side by side, stacked where the screen is narrow."""

    template = "layout/row.html"


class Column(Node):
    """Children below each other."""

    template = "layout/column.html"


class Accordion(Node):
    """A part of the page that opens and closes under its label.

    `height`, `max_height`, `render`, `key` and `preserved_by_key` are accepted without effect.
    """

    template = "layout/accordion.html"

    def __init__(
        self,
        label: str | None = None,
        *,
        open: bool = True,
        visible: bool = True,
        elem_id: str | None = None,
        elem_classes: Sequence[str] | str | None = None,
        height: object = None,
        max_height: object = None,
        render: bool = True,
        key: object = None,
        preserved_by_key: object = None,
    ) -> None:
        super().__init__()
        self.label = label
        self.open = open
        self.visible = visible
        self.elem_id = elem_id
        self.elem_classes = elem_classes.split() if isinstance(elem_classes, str) else list(elem_classes or ())

    def with_children(self, children: Sequence[Node]) -> "Accordion":
        """Return a copy of the accordion with these children."""
        filled = copy.copy(self)
        filled.children = tuple(children)
        return filled


class Tabs(Node):
    """Tabs: one is visible at a time, the others keep their values."""

    template = "layout/tabs.html"


class Tab(Node):
    """The content of one tab, with its label."""

    template = "layout/tab.html"

    def __init__(self, label: str, children: Sequence[Node] = ()) -> None:
        super().__init__(children)
        self.label = label

    @property
    def slug(self) -> str:
        """The tab's address: the letters and digits of its label."""
        return "-".join(["tab", *re.findall(r"\w+", self.label.lower())])


class Section(Node):
    """A part of the page with a title and Markdown around it."""

    template = "layout/section.html"

    def __init__(
        self,
        children: Sequence[Node] = (),
        *,
        title: str | None = None,
        description: str | None = None,
        article: str | None = None,
    ) -> None:
        super().__init__(children)
        self.title = title
        self.description = description
        self.article = article
