"""Requests, responses and errors of Gradio's routes."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeAlias, TypeVar
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from minidemo.errors import InputError, UnsupportedType, VisitorError
from minidemo.i18n import translate
from minidemo.server.routes.page import address
from minidemo.server.services import Services, services_of
from minidemo.server.wire import requests, responses
from minidemo.stores.files import Place

Model = TypeVar("Model", bound=BaseModel)
Handler: TypeAlias = Callable[[Request, Services], Awaitable[Response]]
RouteHandler: TypeAlias = Callable[[Request], Awaitable[Response]]
PREFIX = "/gradio_api"
UNBUFFERED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Headers of streams, which proxies must not buffer."""
STREAM = "text/event-stream"


def handler(handle_request: Handler) -> RouteHandler:
    """Return a route handler that responds to errors as clients expect."""

    async def serve(request: Request) -> Response:
        try:
            return await handle_request(request, services_of(request))
        except VisitorError as error:
            return refusal(error)

    return serve


def refusal(error: VisitorError) -> Response:
    """Return the response to an error, in the fields of all clients."""
    message, status = translate(error.message), responses.status_of(error)
    headers = {"Retry-After": "2"} if status == 503 else None
    return responses.json_response({"detail": message, "error": message}, status, headers)


def invalid_value(error: InputError) -> Response:
    """Return the response to a value that the author's validator refused."""
    detail = {
        "__type__": "validate",
        "is_valid": False,
        "message": translate(error.message),
        "parameter_name": error.field,
    }
    return responses.json_response({"detail": [detail]}, 422)


async def read(request: Request, services: Services, model: type[Model]) -> Model:
    """Return the JSON body as a model, or raise a `VisitorError`.

    Programs can send any type, such as curl's default. Browsers must send JSON's, since other sites' pages can do that
    only with permission.
    """
    if requests.content_type(request) != requests.JSON and (
        "origin" in request.headers or "sec-fetch-site" in request.headers
    ):
        raise UnsupportedType(f"The body must be JSON, sent with Content-Type: {requests.JSON}.")
    return requests.parse_json(await requests.read_body(request, services), model)


def file_url(request: Request) -> Place:
    """Return a function from a file's path to its absolute URL."""
    return lambda path: f"{address(request)}{PREFIX[1:]}/file={quote(path, errors='replace')}"


def stream(messages: AsyncIterator[bytes]) -> Response:
    """Return a stream of events."""
    return StreamingResponse(messages, media_type=STREAM, headers=UNBUFFERED)
