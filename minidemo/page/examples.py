"""The list of examples below the inputs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from minidemo.components.base import Held
from minidemo.content.media import Media
from minidemo.endpoints.endpoint import Endpoint
from minidemo.layout.node import Node

ExamplesMode: TypeAlias = Literal["eager", "lazy"]
MAX_CELL_CHARACTERS = 100
"""Characters of a text that are shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ExampleRow:
    """An example: values by the positions of their inputs.

    `place` names its origin in messages.
    """

    values: Mapping[int, Held]
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ExampleCell:
    """The short form of a value: text, or a picture with text."""

    text: str
    picture: Media | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ExampleLine:
    """The visible part of an example: its label and its cells."""

    index: int
    label: str | None
    cells: Sequence[ExampleCell]

    @property
    def name(self) -> str:
        """The name of the example, on one line."""
        return self.label or ", ".join(cell.text for cell in self.cells if cell.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class ExamplesPage:
    """Some of the lines, and which they are: the first is 1."""

    lines: Sequence[ExampleLine]
    number: int
    first: int
    last: int


class Examples(Node):
    """The examples of an endpoint, as a table or a grid.

    `labels` take the place of the samples, but for pictures. `preload` is filled in as the page is opened. With the
    mode `eager` the outputs are made before the demo is served, with `lazy` when they are asked for first. With `runs`
    a click submits what it filled in. `thumbnail` makes a small picture of a file, or None of what is no picture.
    """

    template = "layout/examples.html"
    script = "examples"

    def __init__(
        self,
        endpoint: Endpoint,
        rows: Sequence[ExampleRow],
        *,
        per_page: int = 10,
        labels: Sequence[str] | None = None,
        preload: int | None = None,
        mode: ExamplesMode | None = None,
        runs: bool = False,
        thumbnail: Callable[[Media], Media | None],
    ) -> None:
        super().__init__()
        self.endpoint = endpoint.name
        self.inputs = endpoint.inputs
        self.rows = tuple(rows)
        self.per_page = per_page
        self.preload = preload
        self.mode = mode
        self.runs = runs
        self._labels = labels
        self._thumbnail = thumbnail
        self._main = len(endpoint.inputs) - endpoint.additional

    @cached_property
    def columns(self) -> list[int]:
        """The places of the inputs that some example has a value for.

        Additional inputs are shown only if the others have none.
        """
        places = sorted({place for row in self.rows for place in row.values})
        return [place for place in places if place < self._main] or places

    @property
    def headers(self) -> list[str]:
        """The headers of the columns; none for a grid."""
        if len(self.columns) == 1 or self._labels:
            return []
        return [self.inputs[place].title for place in self.columns]

    @property
    def pages(self) -> int:
        """Number of pages."""
        return -(-len(self.rows) // self.per_page)

    def part(self, number: int = 1) -> ExamplesPage:
        """Return the lines of a page, or of the nearest page."""
        number = min(max(number, 1), self.pages)
        first = (number - 1) * self.per_page
        lines = self.lines[first : first + self.per_page]
        return ExamplesPage(lines=lines, number=number, first=first + 1, last=first + len(lines))

    @cached_property
    def lines(self) -> list[ExampleLine]:
        """The visible part of each example."""
        return [self._line(index, row) for index, row in enumerate(self.rows)]

    def _line(self, index: int, row: ExampleRow) -> ExampleLine:
        cells = [self._cell(place, row) for place in self.columns]
        if not self._labels:
            return ExampleLine(index=index, label=None, cells=cells)
        pictures = [cell for cell in cells if cell.picture][:1]
        return ExampleLine(index=index, label=self._labels[index], cells=pictures)

    def _cell(self, place: int, row: ExampleRow) -> ExampleCell:
        summary = self.inputs[place].teaser(row.values.get(place))
        if isinstance(summary, Media):
            return ExampleCell(text=_shorten(summary.name), picture=self._thumbnail(summary))
        return ExampleCell(text=_shorten(summary))


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_CELL_CHARACTERS else f"{line[: MAX_CELL_CHARACTERS - 1]}…"
