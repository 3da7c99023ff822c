"""The configuration embedded in a page for its scripts."""

from typing import Literal

from pydantic import Field

from minidemo.schemas.base import Shape


class FieldConfig(Shape):
    """One input or output of an endpoint: the id of its element, and its name in the API."""

    id: str
    name: str


class FlagConfig(Shape):
    """How the results of an endpoint are flagged: the reasons as (label, value).

    `comment` is the id of the field for a note, `corrections` are those of the fields to put each output right in.
    """

    mode: Literal["manual", "auto"]
    options: list[tuple[str, str]]
    comment: str | None
    corrections: list[str | None]


class LiveConfig(Shape):
    """How a page calls by itself: every so many seconds while an input streams, for at most `limit` seconds."""

    every: float
    limit: float | None


class EndpointConfig(Shape):
    """What the page needs to know of an endpoint; the inputs whose names are `required` must not be empty."""

    name: str
    inputs: list[FieldConfig]
    outputs: list[FieldConfig]
    flag: FlagConfig | None
    stoppable: bool
    progress: Literal["full", "minimal", "hidden"]
    required: list[str]
    live: LiveConfig | None


class PageConfig(Shape):
    """What the page's scripts need to know, embedded in the page as JSON."""

    endpoints: list[EndpointConfig]
    max_file_size: int
    words: dict[str, str]
    version: str | None = Field(default=None, exclude_if=lambda version: version is None)
