"""POST /upload: keep a file that a visitor sends."""

import asyncio
from pathlib import Path
from typing import BinaryIO

from fastapi import APIRouter, Request, Response

from minidemo.files import Owner
from minidemo.schemas import FileData, UploadQuery
from minidemo.server import answers, bodies, openapi
from minidemo.server.services import Shared, User

router = APIRouter()
_AT_ONCE = 2**20


@router.post(
    "/upload",
    status_code=201,
    responses=openapi.gives(201, FileData, "The object that names the file in the data of a call."),
    openapi_extra=openapi.BYTES | openapi.asks("name", "session", place="query"),
)
async def upload(request: Request, shared: Shared, user: User) -> Response:
    """Keep the raw body as a file, and return the object that names it in the data of a call."""
    query = bodies.check(UploadQuery, request.query_params)
    limit = shared.limits.file
    too_large = f"The file is over {bodies.megabytes(limit)}, which is the limit."
    file = shared.files.draft()
    try:
        with file:
            await _receive(request, file, limit, too_large)
    except BaseException:
        Path(file.name).unlink(missing_ok=True)
        raise
    mime = request.headers.get("content-type", "").partition(";")[0].strip() or None
    owner = Owner(query.session, user)
    return answers.answer(shared.files.upload(Path(file.name), name=query.name, mime=mime, owner=owner), 201)


async def _receive(request: Request, file: BinaryIO, limit: int, too_large: str) -> None:
    """Write the body as it comes, a megabyte at a time, off the event loop."""
    waiting = bytearray()
    async for chunk in bodies.chunks(request, limit, too_large):
        waiting += chunk
        if len(waiting) >= _AT_ONCE:
            await asyncio.to_thread(file.write, bytes(waiting))
            waiting.clear()
    await asyncio.to_thread(file.write, bytes(waiting))
