"""Request bodies and queries, with limits and checks."""

from collections.abc import AsyncIterator, Mapping
from typing import TypeVar, get_origin

from fastapi import Request
from pydantic import BaseModel, ValidationError

from minidemo.content.json_size import MAX_PARTS, has_too_many_parts
from minidemo.errors import InputError, QueueFull, TooLarge, UnsupportedType
from minidemo.i18n import Text
from minidemo.server.services import Services, client_of
from minidemo.utils.sizes import size_text as size_text

Model = TypeVar("Model", bound=BaseModel)
JSON = "application/json"
_MAX_DIGITS = 20


async def read_chunks(request: Request, limit: int, error_text: str) -> AsyncIterator[bytes]:
    """Yield the body in chunks; raise `TooLarge` over `limit` bytes."""
    _check_size(_announced_size(request), limit, error_text)
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        _check_size(size, limit, error_text)
        yield chunk


async def parse_body(request: Request, services: Services, model: type[Model]) -> Model:
    """Return the JSON body as a model, or raise a `VisitorError`."""
    return parse_json(await read_json(request, services), model)


def parse_json(body: bytes, model: type[Model]) -> Model:
    """Return JSON as a model, or raise `InputError`."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        usage = (
            f" {_usage(model)}"
            if error.errors(include_url=False, include_input=False)[0]["type"] in ("extra_forbidden", "missing")
            else ""
        )
        raise InputError(validation_text(error) + usage) from None


async def read_json(request: Request, services: Services) -> bytes:
    """Return a body of type JSON, or raise `UnsupportedType` or `TooLarge`."""
    if content_type(request) != JSON:
        raise UnsupportedType(f"The body must be JSON, sent with Content-Type: {JSON}.")
    return await read_body(request, services)


async def read_body(request: Request, services: Services) -> bytes:
    """Return a body of JSON sent with any type, or raise `TooLarge` or `QueueFull`."""
    limit, client, chunks, size = services.limits.json, client_of(request), list[bytes](), 0
    error_text = f"The body is over {size_text(limit)}."
    _check_size(_announced_size(request), limit, error_text)
    try:
        async for chunk in request.stream():  # not `read_chunks`, a generator more for every prediction
            size += len(chunk)
            _check_size(size, limit, error_text)
            if not services.bodies.take(len(chunk), client):
                raise QueueFull(Text("queue_full"))
            chunks.append(chunk)
    finally:
        services.bodies.give_back(sum(map(len, chunks)), client)
    body = b"".join(chunks)
    if has_too_many_parts(body):
        raise TooLarge(f"The body has over {MAX_PARTS:,} lists, objects and members.")
    return body


def _announced_size(request: Request) -> int:
    length = request.headers.get("content-length", "0")
    return int(length[:_MAX_DIGITS]) if length.isdecimal() else 0


def _check_size(size: int, limit: int, error_text: str) -> None:
    if size > limit:
        raise TooLarge(error_text)


def content_type(request: Request) -> str:
    """Return the type of the body, without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def parse_query(model: type[Model], values: Mapping[str, str]) -> Model:
    """Return the values of a query as a model, or raise `InputError`."""
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        raise InputError(validation_text(error)) from None


def _usage(model: type[BaseModel]) -> str:
    """Return an example of a body with the required members."""
    required = [(name, field.annotation) for name, field in model.model_fields.items() if field.is_required()]
    members = (f'"{name}": {"[…]" if get_origin(kind) is list else "…"}' for name, kind in required)
    return f"Send {{{', '.join(members)}}}."


def validation_text(error: ValidationError) -> str:
    """Return the first fault of a body or a query."""
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        return f"The body is not valid JSON: {first['ctx']['error']}."
    location = ".".join(map(str, first["loc"])) or "The body"
    return f"{location}: {first['msg']}."
