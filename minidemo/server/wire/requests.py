"""Request bodies and queries, with limits and checks."""

from collections.abc import AsyncIterator, Mapping
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from minidemo.errors import InputError, TooLarge, UnsupportedType
from minidemo.utils.sizes import size_text as size_text

Model = TypeVar("Model", bound=BaseModel)
JSON = "application/json"


async def read_chunks(request: Request, limit: int, error_text: str) -> AsyncIterator[bytes]:
    """Yield the body in chunks; raise `TooLarge` over `limit` bytes."""
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > limit:
        raise TooLarge(error_text)
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise TooLarge(error_text)
        yield chunk


async def parse_body(request: Request, model: type[Model], limit: int) -> Model:
    """Return the JSON body as a model, or raise a `VisitorError`."""
    return parse_json(await read_json(request, limit), model)


def parse_json(body: bytes, model: type[Model]) -> Model:
    """Return JSON as a model, or raise `InputError`."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise InputError(validation_text(error)) from None


async def read_json(request: Request, limit: int) -> bytes:
    """Return a body of type JSON, or raise `UnsupportedType` or `TooLarge`."""
    if content_type(request) != JSON:
        raise UnsupportedType(f"The body must be JSON, sent with Content-Type: {JSON}.")
    return await read_body(request, limit)


async def read_body(request: Request, limit: int) -> bytes:
    """Return a body of any type, or raise `TooLarge`."""
    return b"".join([chunk async for chunk in read_chunks(request, limit, f"The body is over {size_text(limit)}.")])


def content_type(request: Request) -> str:
    """Return the type of the body, without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def parse_query(model: type[Model], values: Mapping[str, str]) -> Model:
    """Return the values of a query as a model, or raise `InputError`."""
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        raise InputError(validation_text(error)) from None


def validation_text(error: ValidationError) -> str:
    """Return the first fault of a body or a query."""
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        return f"The body is not valid JSON: {first['ctx']['error']}."
    location = ".".join(map(str, first["loc"])) or "The body"
    return f"{location}: {first['msg']}."
