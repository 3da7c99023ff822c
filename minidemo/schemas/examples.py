"""Examples: requests and responses."""

from typing import Any

from pydantic import Field

from minidemo.schemas.base import SESSION_PATTERN, RequestShape, Shape


class ExampleResponse(Shape):
    """The values of an example, by the place of the input that they are for; `html` is that of those that have some."""

    values: dict[int, Any]
    html: dict[int, str]


class ExampleRequest(RequestShape):
    """One call of an endpoint with the values of an example."""

    session: str | None = Field(default=None, pattern=SESSION_PATTERN)


class ExamplesQuery(Shape):
    """Which page of the examples is wanted."""

    page: int = Field(default=1, ge=1, le=10**9)
