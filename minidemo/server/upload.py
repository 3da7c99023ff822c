"""POST /upload: keep a file that a visitor sends."""

import asyncio
from pathlib import Path
from typing import Annotated, BinaryIO

from fastapi import APIRouter, Query, Request, Response

from minidemo.schemas import SESSION_PATTERN, FileData
from minidemo.server import answers, bodies
from minidemo.server.services import Shared

router = APIRouter()
_AT_ONCE = 2**20


@router.post(
    "/upload",
    status_code=201,
    response_model=FileData,
    responses=answers.ERRORS,
    openapi_extra={"requestBody": {"required": True, "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def upload(
    request: Request,
    shared: Shared,
    name: Annotated[str, Query(max_length=1000)] = "file",
    session: Annotated[str | None, Query(pattern=SESSION_PATTERN)] = None,
) -> Response:
    """Keep the raw body as a file, and return the object that names it in the data of a call."""
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
    return answers.answer(shared.files.upload(Path(file.name), name=name, mime=mime, session=session), 201)


async def _receive(request: Request, file: BinaryIO, limit: int, too_large: str) -> None:
    """Write the body as it comes, a megabyte at a time, off the event loop."""
    waiting = bytearray()
    async for chunk in bodies.chunks(request, limit, too_large):
        waiting += chunk
        if len(waiting) >= _AT_ONCE:
            await asyncio.to_thread(file.write, bytes(waiting))
            waiting.clear()
    await asyncio.to_thread(file.write, bytes(waiting))
