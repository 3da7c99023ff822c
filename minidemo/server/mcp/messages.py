"""JSON-RPC messages."""

from typing import Any, Literal

from fastapi import Request, Response
from pydantic import BaseModel, Field, StrictInt, StrictStr, ValidationError

from minidemo.errors import TooLarge, UnsupportedType, VisitorError
from minidemo.schemas.base import Shape
from minidemo.server.services import Services
from minidemo.server.wire import requests, responses

PARSE_ERROR, INVALID_REQUEST, UNKNOWN_METHOD, INVALID_PARAMS = -32700, -32600, -32601, -32602
UNCACHED = {"Cache-Control": "no-store"}

Id = StrictInt | StrictStr


class Message(Shape):
    """A request, or a notification without id and response."""

    jsonrpc: Literal["2.0"]
    method: str
    id: Id | None = None
    params: dict[str, Any] = Field(default_factory=dict)


class Meta(Shape):
    """Metadata of a request, with the token of its progress notifications."""

    token: Id | None = Field(default=None, alias="progressToken")


class Call(Shape):
    """The parameters of `tools/call`."""

    name: str
    arguments: dict[str, Any] = Field(default_factory=dict)
    meta: Meta = Field(default_factory=Meta, alias="_meta")


class ProtocolError(Exception):
    """An error response, which agents do not show to their models."""

    def __init__(self, code: int, text: str, *, id: Id | None = None, status: int = 400, data: object = None) -> None:
        super().__init__(text)
        error = {"code": code, "message": text} | ({} if data is None else {"data": data})
        self.response = responses.json_response({"jsonrpc": "2.0", "id": id, "error": error}, status, UNCACHED)


async def read(request: Request, services: Services) -> Message:
    """Return the message in the body of a request, or raise `ProtocolError`."""
    try:
        body = await requests.read_json(request, services)
    except (TooLarge, UnsupportedType) as error:
        raise ProtocolError(INVALID_REQUEST, _error_text(error), status=responses.status_of(error)) from None
    try:
        return Message.model_validate_json(body)
    except ValidationError as error:
        is_broken = error.errors(include_url=False, include_input=False)[0]["type"] == "json_invalid"
        raise ProtocolError(PARSE_ERROR if is_broken else INVALID_REQUEST, requests.validation_text(error)) from None


def call_of(message: Message) -> Call:
    """Return the parameters of a call, or raise `ProtocolError`."""
    try:
        return Call.model_validate({name: value for name, value in message.params.items() if value is not None})
    except ValidationError as error:
        raise ProtocolError(INVALID_PARAMS, requests.validation_text(error), id=message.id) from None


def unknown_method(message: Message, modern: bool) -> ProtocolError:
    """Return the error for an unknown method."""
    text = f"There is no method {message.method!r:.60} here; this server has tools only."
    status = 404 if modern else 200  # older clients take 404 for the end of a session
    return ProtocolError(UNKNOWN_METHOD, text, id=message.id, status=status)


def result_response(message: Message, result: dict[str, Any]) -> Response:
    """Return the response to a request."""
    return responses.json_response(result_message(message, result), headers=UNCACHED)


def result_message(message: Message, result: dict[str, Any]) -> dict[str, Any]:
    """Return the message with the result of a request."""
    return {"jsonrpc": "2.0", "id": message.id, "result": {"resultType": "complete"} | result}


def event(content: dict[str, Any] | BaseModel) -> bytes:
    """Return a message as an event of a stream."""
    return b"event: message\ndata: %s\n\n" % responses.encode(content)


def _error_text(error: VisitorError) -> str:
    return f"{error.message} Upload large files, and send the ids." if isinstance(error, TooLarge) else error.message
