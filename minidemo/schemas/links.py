"""Links to results: requests, responses and events."""

from typing import Any

from minidemo.schemas.base import RequestShape, Shape
from minidemo.schemas.examples import ExampleRequest


class LinkRequest(RequestShape):
    """The run to make a link to."""

    run: str


class LinkResponse(Shape):
    """What the address of a page names to show a run."""

    link: str


class OpenRequest(ExampleRequest):
    """Who has opened a link."""


class LinkEvent(Shape):
    """The first event behind a link: the inputs by their place, HTML of some, and the outputs that stay one's `own`."""

    endpoint: str
    values: dict[int, Any]
    html: dict[int, str]
    own: list[int]
