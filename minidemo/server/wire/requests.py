"""Reading bodies: with a limit, and only of the type that was announced."""

from collections.abc import AsyncIterator, Mapping
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from minidemo.errors import InputError, TooLarge, UnsupportedType

Model = TypeVar("Model", bound=BaseModel)
JSON = "application/json"


async def chunks(request: Request, limit: int, too_large: str) -> AsyncIterator[bytes]:
    """Yield the body as it comes; raise `TooLarge` as soon as it is known to be over the limit, in bytes."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > limit:
        raise TooLarge(too_large)
    received = 0
    async for chunk in request.stream():
        received += len(chunk)
        if received > limit:
            raise TooLarge(too_large)
        yield chunk


async def parse(request: Request, model: type[Model], limit: int) -> Model:
    """Return the JSON body as a model, or raise an error that says what is wrong with it, also with its type."""
    return as_model(await json(request, limit), model)


def as_model(body: bytes, model: type[Model]) -> Model:
    """Return JSON as a model, or raise an error that says what is wrong with it."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise InputError(say(error)) from None


async def json(request: Request, limit: int) -> bytes:
    """Return a body that says that it is JSON, or raise `UnsupportedType` or `TooLarge`."""
    if type_of(request) != JSON:
        raise UnsupportedType(f"The body must be JSON, sent with Content-Type: {JSON}.")
    return await whole(request, limit)


async def whole(request: Request, limit: int) -> bytes:
    """Return a body of any type, or raise `TooLarge`."""
    return b"".join([chunk async for chunk in chunks(request, limit, f"The body is over {megabytes(limit)}.")])


def type_of(request: Request) -> str:
    """Return of what type the body is said to be."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def check(model: type[Model], values: Mapping[str, str]) -> Model:
    """Return the values of a query as a model, or raise an error that says what is wrong with them."""
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        raise InputError(say(error)) from None


def megabytes(size: int) -> str:
    """Return a size in bytes as a person writes it."""
    return f"{size / 2**20:,.0f} MB" if size >= 2**20 else f"{size:,} bytes"


def say(error: ValidationError) -> str:
    """Return what is wrong with a body or a query."""
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        return f"The body is not valid JSON: {first['ctx']['error']}."
    place = ".".join(map(str, first["loc"])) or "The body"
    return f"{place}: {first['msg']}."
