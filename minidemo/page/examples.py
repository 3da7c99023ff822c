"""Examples: the list of them below the inputs, and what each fills in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from minidemo.components.base import Held
from minidemo.content.media import Media
from minidemo.endpoints.endpoint import Endpoint
from minidemo.layout.node import Node

Mode: TypeAlias = Literal["eager", "lazy"]
LONGEST = 100
"""How many characters of a text are shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One example: values by the place of the input that they are for, and where the author gave them."""

    values: Mapping[int, Held]
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """What is seen of a value: text, or a picture with the text for those who do not see it."""

    text: str
    picture: Media | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What is seen of an example: its label if it has one, and a sample of each value that is shown."""

    index: int
    label: str | None
    samples: Sequence[Sample]

    @property
    def name(self) -> str:
        """What the example is called, in one line."""
        return self.label or ", ".join(sample.text for sample in self.samples if sample.text)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Some of the lines, and which they are: the first is 1."""

    lines: Sequence[Line]
    number: int
    first: int
    last: int


class Examples(Node):
    """The examples of an endpoint: a table, or where there is but one sample of each, a grid of buttons.

    `labels` take the place of the samples, but for pictures. `preload` is filled in as the page is opened. With the
    mode `eager` the outputs are made before the demo is served, with `lazy` when they are asked for first. With `runs`
    a click submits what it filled in. `thumbnail` makes a small picture of a file, or None of what is no picture.
    """

    template = "layout/examples.html"
    script = "examples"

    def __init__(
        self,
        endpoint: Endpoint,
        rows: Sequence[Row],
        *,
        per_page: int = 10,
        labels: Sequence[str] | None = None,
        preload: int | None = None,
        mode: Mode | None = None,
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

    @cached_property
    def columns(self) -> list[int]:
        """The places of the inputs that some example has a value for."""
        return sorted({place for row in self.rows for place in row.values})

    @property
    def headers(self) -> list[str]:
        """What stands above the columns; none where the examples are a grid."""
        if len(self.columns) == 1 or self._labels:
            return []
        return [self.inputs[place].title for place in self.columns]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-len(self.rows) // self.per_page)

    def part(self, number: int = 1) -> Part:
        """Return the lines of a page, the nearest one if there is none of that number."""
        number = min(max(number, 1), self.pages)
        first = (number - 1) * self.per_page
        lines = self.lines[first : first + self.per_page]
        return Part(lines=lines, number=number, first=first + 1, last=first + len(lines))

    @cached_property
    def lines(self) -> list[Line]:
        """What is seen of each example."""
        return [self._line(index, row) for index, row in enumerate(self.rows)]

    def _line(self, index: int, row: Row) -> Line:
        samples = [self._sample(place, row) for place in self.columns]
        if not self._labels:
            return Line(index=index, label=None, samples=samples)
        pictures = [sample for sample in samples if sample.picture][:1]
        return Line(index=index, label=self._labels[index], samples=pictures)

    def _sample(self, place: int, row: Row) -> Sample:
        seen = self.inputs[place].teaser(row.values.get(place))
        if isinstance(seen, Media):
            return Sample(text=_short(seen.name), picture=self._thumbnail(seen))
        return Sample(text=_short(seen))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
