"""The tree of a page: rows, columns and buttons; components are its leaves."""

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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

    def renamed(self, names: Mapping[str, str]) -> "Node":
        """Return the tree for endpoints that are called otherwise: a copy, but for what has to do with none of them."""
        children = tuple(child.renamed(names) for child in self.children)
        if children == self.children and self.endpoint not in names:
            return self
        twin = copy.copy(self)
        twin.children = children
        twin.endpoint = names.get(self.endpoint or "", self.endpoint)
        return twin


class Row(Node):
    """Children side by side, stacked where the screen is narrow."""

    template = "layout/row.html"


class Column(Node):
    """Children below each other."""

    template = "layout/column.html"


class Buttons(Node):
    """A line of buttons."""

    template = "layout/buttons.html"


class Accordion(Node):
    """A part of the page that the visitor can open and close under its label."""

    template = "layout/accordion.html"

    def __init__(
        self,
        label: str | None = None,
        *,
        open: bool = True,
        visible: bool = True,
        elem_id: str | None = None,
        elem_classes: Sequence[str] | str | None = None,
    ) -> None:
        super().__init__()
        self.label = label
        self.open = open
        self.visible = visible
        self.elem_id = elem_id
        self.elem_classes = elem_classes.split() if isinstance(elem_classes, str) else list(elem_classes or ())

    def around(self, children: Sequence[Node]) -> "Accordion":
        """Return an accordion like this one that holds something."""
        filled = copy.copy(self)
        filled.children = tuple(children)
        return filled


class Tabs(Node):
    """Tabs, of which one is seen at a time; the others keep what is in them."""

    template = "layout/tabs.html"


class Tab(Node):
    """What is seen under one of several labels."""

    template = "layout/tab.html"

    def __init__(self, label: str, children: Sequence[Node] = ()) -> None:
        super().__init__(children)
        self.label = label

    @property
    def slug(self) -> str:
        """What addresses the tab: its label, as far as an address can hold it."""
        return "-".join(["tab", *re.findall(r"\w+", self.label.lower())])


class Section(Node):
    """A part of the page with its own title, and with texts in Markdown before and after it."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How an author wants a button to be."""

    variant: str
    size: str
    picture: str | None
    visible: bool
    interactive: bool
    elem_classes: Sequence[str]


class Button(Node):
    """A button that does something with an endpoint: `submit`, `stop` or `clear`.

    Without a text it bears the word for what it does, or another of our `word`s.
    """

    template = "layout/button.html"

    def __init__(
        self,
        action: str,
        *,
        endpoint: str,
        text: str | None = None,
        word: str | None = None,
        look: Look | None = None,
        elem_id: str | None = None,
    ) -> None:
        super().__init__()
        self.action = action
        self.endpoint = endpoint
        self.text = text
        self.word = word or action
        self.look = look
        self.elem_id = elem_id


class FlagButton(Node):
    """The button that flags the latest result of an endpoint, for one of the reasons (label, value).

    The children are the fields that are to be filled in before the flag is saved, if there are any. In the mode `auto`
    it only gives the notice: that results are saved.
    """

    template = "layout/flag_button.html"

    def __init__(
        self,
        children: Sequence[Node] = (),
        *,
        endpoint: str,
        options: Sequence[tuple[str, str]] = (),
        mode: str = "manual",
        notice: str | None = None,
    ) -> None:
        super().__init__(children)
        self.endpoint = endpoint
        self.options = tuple(options)
        self.mode = mode
        self.notice = notice


class LinkButton(Node):
    """The button that copies a link to the latest result of an endpoint; without a text it bears our word for that."""

    template = "layout/link_button.html"
    script = "link"

    def __init__(self, *, endpoint: str, text: str | None = None) -> None:
        super().__init__()
        self.endpoint = endpoint
        self.text = text


class Status(Node):
    """Where the failure of an endpoint is told that belongs to none of its inputs."""

    template = "layout/status.html"

    def __init__(self, *, endpoint: str) -> None:
        super().__init__()
        self.endpoint = endpoint
