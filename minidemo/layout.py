"""The tree of a page: rows, columns and buttons; components are its leaves."""

from collections.abc import Iterator, Sequence


class Node:
    """A place on the page, rendered by the template that it names."""

    template = ""

    def __init__(self, children: "Sequence[Node]" = ()) -> None:
        self.children = tuple(children)

    def walk(self) -> "Iterator[Node]":
        """Yield this node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Row(Node):
    """Children side by side, stacked where the screen is narrow."""

    template = "layout/row.html"


class Column(Node):
    """Children below each other."""

    template = "layout/column.html"


class Buttons(Node):
    """A line of buttons."""

    template = "layout/buttons.html"


class Button(Node):
    """A button that does something with an endpoint: `submit`, `stop` or `clear`."""

    template = "layout/button.html"

    def __init__(self, action: str, *, endpoint: str, text: str | None = None) -> None:
        super().__init__()
        self.action = action
        self.endpoint = endpoint
        self.text = text


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


class Status(Node):
    """Where the failure of an endpoint is told that belongs to none of its inputs."""

    template = "layout/status.html"

    def __init__(self, *, endpoint: str) -> None:
        super().__init__()
        self.endpoint = endpoint
