"""POST /upload: keep a file that a visitor sends."""

from fastapi import APIRouter, Request, Response

from minidemo.schemas.files import FileData, UploadQuery
from minidemo.server.reference import openapi
from minidemo.server.services import Shared, User
from minidemo.server.wire import requests, responses
from minidemo.server.wire.uploads import Draft, too_large
from minidemo.stores.owner import Owner

router = APIRouter()


@router.post(
    "/upload",
    status_code=201,
    responses=openapi.gives(201, FileData, "The object that names the file in the data of a call."),
    openapi_extra=openapi.BYTES | openapi.asks("name", "session", place="query"),
)
async def upload(request: Request, shared: Shared, user: User) -> Response:
    """Keep the raw body as a file, and return the object that names it in the data of a call."""
    query = requests.check(UploadQuery, request.query_params)
    draft = Draft(shared.files, shared.limits.file)
    try:
        async for chunk in requests.chunks(request, shared.limits.file, too_large(shared.limits.file)):
            await draft.write(chunk)
        await draft.finish()
    except BaseException:
        draft.discard()
        raise
    mime = request.headers.get("content-type", "").partition(";")[0].strip() or None
    owner = Owner(query.session, user)
    return responses.answer(shared.files.upload(draft.path, name=query.name, mime=mime, owner=owner), 201)
