"""POST /upload: keep a file that a visitor sends."""

from fastapi import APIRouter, Request, Response

from minidemo.files import Owner
from minidemo.schemas import FileData, UploadQuery
from minidemo.server import answers, bodies, openapi
from minidemo.server.receiving import Draft, too_large
from minidemo.server.services import Shared, User

router = APIRouter()


@router.post(
    "/upload",
    status_code=201,
    responses=openapi.gives(201, FileData, "The object that names the file in the data of a call."),
    openapi_extra=openapi.BYTES | openapi.asks("name", "session", place="query"),
)
async def upload(request: Request, shared: Shared, user: User) -> Response:
    """Keep the raw body as a file, and return the object that names it in the data of a call."""
    query = bodies.check(UploadQuery, request.query_params)
    draft = Draft(shared.files, shared.limits.file)
    try:
        async for chunk in bodies.chunks(request, shared.limits.file, too_large(shared.limits.file)):
            await draft.write(chunk)
        await draft.finish()
    except BaseException:
        draft.discard()
        raise
    mime = request.headers.get("content-type", "").partition(";")[0].strip() or None
    owner = Owner(query.session, user)
    return answers.answer(shared.files.upload(draft.path, name=query.name, mime=mime, owner=owner), 201)
