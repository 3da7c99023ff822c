"""GET /file/{id}/{name}: an uploaded or returned file."""

import asyncio
import re
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from minidemo.content.media import OCTETS, Media
from minidemo.errors import NotFound
from minidemo.server.reference import openapi
from minidemo.server.services import services_of, user_of
from minidemo.server.wire import ranges
from minidemo.stores.base import BaseFileStore

router = APIRouter()
INLINE = frozenset(
    {
        *(f"image/{kind}" for kind in ("png", "jpeg", "webp", "gif", "bmp")),
        *(f"audio/{kind}" for kind in ("wav", "x-wav", "mpeg", "ogg", "flac", "x-flac", "aiff", "aac", "mp4", "webm")),
        *(f"video/{kind}" for kind in ("mp4", "webm", "ogg", "quicktime", "x-matroska")),
    }
)
"""MIME types that browsers show in place; others, perhaps scripts, are downloads."""
_ACTIVE = re.compile("script|css|html|xml")
"""MIME types a browser would execute.

Visitors can claim any type for their files.
"""
HEADERS = {
    "Cache-Control": "private, max-age=86400, immutable",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


@router.head("/file/{token}/{name}", response_class=Response, include_in_schema=False)
@router.get(
    "/file/{token}/{name}",
    response_class=Response,
    responses=openapi.ERRORS,
    openapi_extra=openapi.text_parameters("token", "name", place="path"),
)
async def file(request: Request) -> Response:
    """Return a file or a range of it, whatever the name."""
    services, user = services_of(request), user_of(request)
    return await file_response(request, services.files, request.path_params["token"], user)


async def file_response(request: Request, files: BaseFileStore, token: str, user: str | None) -> Response:
    """Return the bytes of a user's file, or raise `NotFound`."""
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise NotFound("This file is for its own page alone.")
    media = files.get(token, user)
    headers = HEADERS | {"Content-Disposition": _disposition(media)}
    if media.path is not None:
        ranges.drop_invalid_range(request.scope, media.path.stat().st_size)
        return FileResponse(media.path, media_type=_type(media), headers=headers)
    return ranges.partial_response(request, await asyncio.to_thread(media.read), mime=_type(media), headers=headers)


def _type(media: Media) -> str:
    """Return the type to serve a file as."""
    is_active = _ACTIVE.search(media.mime.lower()) and media.mime != "image/svg+xml"  # pictures run no scripts
    return OCTETS if is_active else media.mime


def _disposition(media: Media) -> str:
    """Return the `Content-Disposition` for a file with any name."""
    kind = "inline" if media.mime in INLINE else "attachment"
    name = quote(media.name, errors="replace")
    return f'{kind}; filename="{name}"' if name == media.name else f"{kind}; filename*=utf-8''{name}"
