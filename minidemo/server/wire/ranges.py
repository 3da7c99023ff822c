"""Range requests, which players send to seek."""

import re

from fastapi import Request, Response
from starlette.datastructures import Headers
from starlette.types import Scope

_RANGE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))", re.ASCII)


def requested_range(header: str | None, size: int) -> range | None:
    """Return the bytes that a `Range` header asks for.

    None means the whole file, also for invalid and multiple ranges, as RFC 9110 allows. An empty range means that the
    file has no such bytes.
    """
    match = _RANGE.fullmatch(header or "")
    if match is None:
        return None
    if match[3]:
        return range(max(size - int(match[3]), 0), size)
    first, last = int(match[1]), int(match[2] or size)
    return None if last < first < size else range(first, min(last + 1, size))


def partial_response(request: Request, data: bytes, *, mime: str, headers: dict[str, str]) -> Response:
    """Return the requested range of the bytes, or all of them."""
    headers = headers | {"Accept-Ranges": "bytes"}
    requested = None if "if-range" in request.headers else requested_range(request.headers.get("range"), len(data))
    if requested is None:
        return Response(data, media_type=mime, headers=headers)
    if not requested:
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{len(data)}"})
    first, last = requested[0], requested[-1]
    content_range = {"Content-Range": f"bytes {first}-{last}/{len(data)}"}
    return Response(data[first : last + 1], 206, media_type=mime, headers=headers | content_range)


def drop_invalid_range(scope: Scope, size: int) -> None:
    """Remove a `Range` header from a request if `requested_range` ignores it."""
    if requested_range(Headers(scope=scope).get("range"), size) is None:
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"range"]
