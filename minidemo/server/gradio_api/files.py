"""POST upload and GET file=…: uploads as forms, downloads by id."""

from collections.abc import AsyncIterator, Callable
from functools import partial

from fastapi import Request, Response

from minidemo.errors import UnsupportedType
from minidemo.server.gradio_api.handlers import handler
from minidemo.server.routes.files import file_response
from minidemo.server.services import Services, client_of, user_of
from minidemo.server.wire import multipart, requests, responses
from minidemo.server.wire.uploads import IncomingFile
from minidemo.stores.owner import Owner

FIELD = "files"
MAX_PARTS = 1_000
"""Limit of the files of one request."""
MAX_TOTAL = 10
"""Limit of a request, as a multiple of one file's limit."""


@handler
async def upload(request: Request, services: Services) -> Response:
    """Store the files of a form, and return their ids."""
    if requests.content_type(request) != multipart.FORM:
        raise UnsupportedType(f"The body must be a form, sent with Content-Type: {multipart.FORM}.")
    limit = services.limits.file * MAX_TOTAL
    chunks = requests.read_chunks(
        request, limit, f"The files are over {requests.size_text(limit)}; send fewer at once."
    )
    parts = multipart.parts(chunks, request.headers["content-type"], max_parts=MAX_PARTS)
    owner = Owner(username=user_of(request), client=client_of(request))
    uploads: list[tuple[multipart.Part, IncomingFile]] = []
    try:
        await _receive(parts, partial(IncomingFile, services.files, services.limits.file, owner.client), uploads)
    except BaseException:
        for _, upload_file in uploads:
            upload_file.discard()
        raise
    files = [upload_file.store(part.file or "", part.mime, owner) for part, upload_file in uploads]
    return responses.json_response([file.path for file in files])


@handler
async def file(request: Request, services: Services) -> Response:
    """Return a file or a range of it, whatever the name."""
    token = request.path_params["path"].partition("/")[0]
    return await file_response(request, services.files, token, user_of(request))


async def _receive(
    parts: AsyncIterator[multipart.Part | bytes],
    open_file: Callable[[], IncomingFile],
    uploads: list[tuple[multipart.Part, IncomingFile]],
) -> None:
    """Write the files of a form, and ignore its other fields."""
    upload_file: IncomingFile | None = None
    async for part in parts:
        if isinstance(part, multipart.Part):
            if upload_file is not None:
                await upload_file.finish()
            upload_file = None
            if part.field == FIELD and part.file is not None:
                upload_file = open_file()
                uploads.append((part, upload_file))
        elif upload_file is not None:
            await upload_file.write(part)
    if upload_file is not None:
        await upload_file.finish()
