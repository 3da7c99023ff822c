"""Ranges: the part of a file that a request asks for, as a player does that seeks."""

import re

from fastapi import Request, Response
from starlette.datastructures import Headers
from starlette.types import Scope

_ONE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))", re.ASCII)


def asked(header: str | None, size: int) -> range | None:
    """Return which bytes a `Range` asks for: None for all of them, an empty range for none that there are.

    Several ranges at once, and what is no range, are answered with the whole file, as RFC 9110 allows: a player asks
    for one.
    """
    found = _ONE.fullmatch(header or "")
    if found is None:
        return None
    if found[3]:
        return range(max(size - int(found[3]), 0), size)
    first, last = int(found[1]), int(found[2] or size)
    return None if last < first < size else range(first, min(last + 1, size))


def part(request: Request, data: bytes, *, mime: str, headers: dict[str, str]) -> Response:
    """Return the bytes, or the part of them that the request asks for."""
    headers = headers | {"Accept-Ranges": "bytes"}
    wanted = None if "if-range" in request.headers else asked(request.headers.get("range"), len(data))
    if wanted is None:
        return Response(data, media_type=mime, headers=headers)
    if not wanted:
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{len(data)}"})
    first, last = wanted[0], wanted[-1]
    place = {"Content-Range": f"bytes {first}-{last}/{len(data)}"}
    return Response(data[first : last + 1], 206, media_type=mime, headers=headers | place)


def tidy(scope: Scope, size: int) -> None:
    """Take a `Range` out of a request for a file on the disk, unless it is one that `asked` knows."""
    if asked(Headers(scope=scope).get("range"), size) is None:
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"range"]
