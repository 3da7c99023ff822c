"""Responses with JSON, events and errors."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel
from pydantic_core import PydanticSerializationError, to_json
from starlette.types import ASGIApp, Receive, Scope, Send

from minidemo import errors
from minidemo.content.tree import map_tree
from minidemo.i18n import translate
from minidemo.schemas.calls import ErrorDetail, ErrorResponse

STATUS: dict[type[errors.VisitorError], int] = {
    errors.InputError: 422,
    errors.NotLoggedIn: 401,
    errors.TooManyGuesses: 429,
    errors.NotFound: 404,
    errors.RunExpired: 410,
    errors.TooLarge: 413,
    errors.UnsupportedType: 415,
    errors.QueueFull: 503,
    errors.StoreFull: 507,
    errors.DiskFull: 507,
    errors.FlaggingError: 503,
    errors.FlagStays: 409,
    errors.Defect: 500,
}


class AppResponse(Response):
    """The response of another ASGI application to the same request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.background = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, then run the background tasks of dependencies."""
        await self._app(scope, receive, send)
        if self.background is not None:
            await self.background()


def encode(content: object) -> bytes:
    """Return the JSON of models and plain values; NaN and the infinities are text."""
    try:
        return to_json(content, inf_nan_mode="strings", by_alias=True)
    except PydanticSerializationError:
        return to_json(_plain(content), inf_nan_mode="strings", by_alias=True)


def json_response(content: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a response with JSON."""
    return Response(encode(content), status, headers, "application/json")


def event(name: str, content: BaseModel) -> bytes:
    """Return one event of a stream."""
    return b"event: %s\ndata: %s\n\n" % (name.encode(), encode(content))


def error(status: int, message: str, *, field: str | None = None, run: str | None = None) -> Response:
    """Return a JSON response for an error, with `Retry-After` for 503."""
    headers = {"Retry-After": "2"} if status == 503 else None
    return json_response(
        ErrorResponse(error=ErrorDetail(message=translate(message), field=field), run=run), status, headers
    )


def status_of(error: errors.VisitorError) -> int:
    """Return the status code for an error."""
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))


def home(request: Request) -> str:
    """Return the path of the demo, relative to the requested one."""
    path: str = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    return "../" * (path.count("/") - 1) or "./"


def without_surrogates(text: str) -> str:
    """Replace lone surrogates, which UTF-8 cannot encode."""
    return text.encode("utf-8", "replace").decode()


def wants_html(request: Request) -> bool:
    """Tell whether a browser asks for a page."""
    return "text/html" in request.headers.get("accept", "")


def _plain(value: Any) -> Any:
    """Return a value without models and lone surrogates."""
    plain = value.model_dump(by_alias=True) if isinstance(value, BaseModel) else value
    return map_tree(plain, str, without_surrogates, key=_key)


def _key(name: object) -> object:
    return without_surrogates(name) if isinstance(name, str) else name
