"""Every JSON shape that crosses the wire."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SESSION_PATTERN = r"^[A-Za-z0-9_-]{8,64}$"


class Shape(BaseModel):
    """What all shapes have in common: each is compiled when it is first used, to start fast."""

    model_config = ConfigDict(defer_build=True)


class FileMeta(Shape):
    """Marks a JSON object as a file, and names its preview and its subtitles if there are any."""

    type: Literal["gradio.FileData"] = Field(default="gradio.FileData", alias="_type")
    preview: str | None = None
    subtitles: str | None = Field(default=None, exclude_if=lambda path: path is None)


class FileData(Shape):
    """A file on the wire: `path` is an id that this server made, never a place on a disk."""

    path: str
    url: str | None = None
    size: int | None = None
    orig_name: str | None = None
    mime_type: str | None = None
    is_stream: bool = False
    meta: FileMeta = Field(default_factory=FileMeta)


class UploadQuery(Shape):
    """Whose file is uploaded, and under what name."""

    name: str = Field(default="file", max_length=1000)
    session: str | None = Field(default=None, pattern=SESSION_PATTERN)


class PredictRequest(Shape):
    """One call of an endpoint: a value for each of its inputs, in order."""

    model_config = ConfigDict(extra="forbid")

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


class Item(Shape):
    """One item of an output that shows several, such as a message: which output of the run, and which of its items."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    output: int = Field(ge=0)
    item: int = Field(ge=0)


class ExampleResponse(Shape):
    """The values of an example, by the place of the input that they are for; `html` is that of those that have some."""

    values: dict[int, Any]
    html: dict[int, str]


class ExampleRequest(Shape):
    """One call of an endpoint with the values of an example."""

    model_config = ConfigDict(extra="forbid")

    session: str | None = Field(default=None, pattern=SESSION_PATTERN)


class ExamplesQuery(Shape):
    """Which page of the examples is wanted."""

    page: int = Field(default=1, ge=1, le=10**9)


class LinkRequest(Shape):
    """The run to make a link to."""

    model_config = ConfigDict(extra="forbid")

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


class FlagRequest(Shape):
    """A flag names a run and a reason; the values that it stores are those that the server kept.

    `comment` is a note, and `expected` holds for each output what it should have been, or null where it was right.
    A flag `about` one item has the reasons of that output, and stores the output up to there.
    """

    model_config = ConfigDict(extra="forbid")

    run: str
    option: str | None = None
    about: Item | None = None
    comment: str | None = None
    expected: list[Any] | None = None


class FlagResponse(Shape):
    """The number of the row that holds the flag, and for how many seconds yet it can be taken back, if it can."""

    row: int
    undo: float | None


class UndoRequest(Shape):
    """The flag to take back: its run, its reason, and what it is about."""

    model_config = ConfigDict(extra="forbid")

    run: str
    option: str | None = None
    about: Item | None = None


class UndoResponse(Shape):
    """The number of the row that held the flag."""

    row: int


class LoginResponse(Shape):
    """Somebody came in, or went."""

    success: bool


class ChangesResponse(Shape):
    """Which version of a demo is served that is being written, and what is wrong with its script since."""

    version: str
    error: str | None


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
