"""Calls: requests, responses and the events of a stream."""

from typing import Any, Literal

from pydantic import Field

from minidemo.schemas.base import SESSION_PATTERN, RequestShape, Shape


class PredictRequest(RequestShape):
    """One call of an endpoint: a value for each of its inputs, in order."""

    data: list[Any]
    session: str | None = Field(default=None, pattern=SESSION_PATTERN)
    endpoint: str | None = None


class PredictResponse(Shape):
    """What came out, and the id of the run that a flag may name."""

    run: str
    data: list[Any]
    duration: float


class ResultEvent(PredictResponse):
    """The last event of a run that went well, where the server renders outputs: with their HTML, by their index."""

    html: dict[int, str]


class RunEvent(Shape):
    """The first event: the id under which the call can be stopped, found again, and flagged once it is over."""

    run: str


class PartialEvent(Shape):
    """What a function that goes on has given: for each output the changes since the event before.

    A change is [what, path, value]: `append` to a text, `add`, `replace` or `delete` what is at the path. Before the
    first event all outputs are null. `html` is as in the last event.
    """

    changes: list[list[tuple[Literal["append", "add", "replace", "delete"], list[str | int], Any]]]
    html: dict[int, str]


class ProgressStep(Shape):
    """How far a loop is: `done` of `total` units, or a `share` from 0 to 1; what is not known is null."""

    done: float | None
    total: float | None
    unit: str
    share: float | None
    text: str | None


class ProgressEvent(Shape):
    """How far the function is, the outer loop first."""

    steps: list[ProgressStep]


class LogEvent(Shape):
    """A message to the visitor, shown for `duration` seconds, or until it is closed for null."""

    level: Literal["info", "warning", "success"]
    message: str
    title: str
    duration: float | None


class QueuedEvent(Shape):
    """The call waits: how many are before it, and for how long it may wait, in seconds."""

    position: int
    eta: float | None


class CancelResponse(Shape):
    """The call that ends as soon as it can."""

    run: str


class ErrorEvent(Shape):
    """The last event of a run that failed."""

    run: str | None
    message: str
    field: str | None


class ErrorDetail(Shape):
    """What went wrong, in a sentence for the visitor, and at which input."""

    message: str
    field: str | None = None


class ErrorResponse(Shape):
    """The body of every answer that is not a success."""

    error: ErrorDetail
    run: str | None = None


class LoginResponse(Shape):
    """Somebody came in, or went."""

    success: bool


class ChangesResponse(Shape):
    """Which version of a demo is served that is being written, and what is wrong with its script since."""

    version: str
    error: str | None
