"""POST upload and GET file=…: files come as forms, and go by the ids that they were given."""

from collections.abc import AsyncIterator

from fastapi import Request, Response

from minidemo.errors import UnsupportedType
from minidemo.server.gradio_api.handlers import handler
from minidemo.server.routes.files import file_response
from minidemo.server.services import USER, Services
from minidemo.server.wire import multipart, requests, responses
from minidemo.server.wire.uploads import IncomingFile
from minidemo.stores.owner import Owner

FIELD = "files"
MAX_PARTS = 1_000
"""How many files a client sends at once."""
ROOM = 10
"""How many times the limit of one file all that come at once may have."""


@handler
async def upload(request: Request, shared: Services) -> Response:
    """Keep the files of a form, for whoever knows their ids, and answer with these."""
    if requests.content_type(request) != multipart.FORM:
        raise UnsupportedType(f"The body must be a form, sent with Content-Type: {multipart.FORM}.")
    limit = shared.limits.file * ROOM
    chunks = requests.read_chunks(
        request, limit, f"The files are over {requests.size_text(limit)}; send fewer at once."
    )
    received: list[tuple[multipart.Part, IncomingFile]] = []
    try:
        await _receive(multipart.parts(chunks, request.headers["content-type"], max_parts=MAX_PARTS), shared, received)
    except BaseException:
        for _, draft in received:
            draft.discard()
        raise
    owner = Owner(username=request.scope.get(USER))
    kept = [
        shared.files.upload(draft.path, name=part.file or "", mime=part.mime, owner=owner) for part, draft in received
    ]
    return responses.json_response([file.path for file in kept])


@handler
async def file(request: Request, shared: Services) -> Response:
    """Return the bytes of a file, or the range of them that is asked for; the name is for the reader alone."""
    token = request.path_params["path"].partition("/")[0]
    return await file_response(request, shared.files, token, request.scope.get(USER))


async def _receive(
    parts: AsyncIterator[multipart.Part | bytes], shared: Services, received: list[tuple[multipart.Part, IncomingFile]]
) -> None:
    """Write the files of a form; what else is in it is read past."""
    draft: IncomingFile | None = None
    async for part in parts:
        if isinstance(part, multipart.Part):
            if draft is not None:
                await draft.finish()
            draft = None
            if part.field == FIELD and part.file is not None:
                draft = IncomingFile(shared.files, shared.limits.file)
                received.append((part, draft))
        elif draft is not None:
            await draft.write(part)
    if draft is not None:
        await draft.finish()
