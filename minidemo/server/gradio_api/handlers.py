"""Handlers of Gradio's addresses: requests, responses and errors."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeAlias, TypeVar
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from minidemo.errors import InputError, UnsupportedType, VisitorError
from minidemo.i18n import translate
from minidemo.server.routes.page import address
from minidemo.server.services import Services
from minidemo.server.wire import requests, responses
from minidemo.stores.files import Place

Model = TypeVar("Model", bound=BaseModel)
Handler: TypeAlias = Callable[[Request, Services], Awaitable[Response]]
RouteHandler: TypeAlias = Callable[[Request], Awaitable[Response]]
PREFIX = "/gradio_api"
UNBUFFERED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Proxies are asked to hand events on as they come."""
STREAM = "text/event-stream"


def handler(handle: Handler) -> RouteHandler:
    """Return what serves a request: it hands on the services, and says errors in the way that clients read."""

    async def serve(request: Request) -> Response:
        try:
            return await handle(request, request.app.state.minidemo)
        except VisitorError as error:
            return refusal(error)

    return serve


def refusal(error: VisitorError) -> Response:
    """Return the answer to what could not be done: some clients look for `detail`, and some for `error`."""
    message, status = translate(error.message), responses.status_of(error)
    headers = {"Retry-After": "2"} if status == 503 else None
    return responses.answer({"detail": message, "error": message}, status, headers)


def invalid(error: InputError) -> Response:
    """Return the answer to a value that the author's validator has refused."""
    what = {
        "__type__": "validate",
        "is_valid": False,
        "message": translate(error.message),
        "parameter_name": error.field,
    }
    return responses.answer({"detail": [what]}, 422)


async def read(request: Request, shared: Services, model: type[Model]) -> Model:
    """Return the JSON body as a model, or raise an error that says what is wrong with it.

    The type that curl names by itself will do, too: but not for a browser, which says from which page it sends, and
    which would send JSON for another site's page only if it was asked whether it may.
    """
    if requests.type_of(request) != requests.JSON and (
        "origin" in request.headers or "sec-fetch-site" in request.headers
    ):
        raise UnsupportedType(f"The body must be JSON, sent with Content-Type: {requests.JSON}.")
    return requests.as_model(await requests.whole(request, shared.limits.json), model)


def file_url(request: Request) -> Place:
    """Return what tells where a client finds a file: its whole address, for clients do not complete it."""
    return lambda path: f"{address(request)}{PREFIX[1:]}/file={quote(path, errors='replace')}"


def stream(messages: AsyncIterator[bytes]) -> Response:
    """Return a stream of events."""
    return StreamingResponse(messages, media_type=STREAM, headers=UNBUFFERED)
