"""POST /upload: store a visitor's file."""

from fastapi import APIRouter, Request, Response

from minidemo.schemas.files import FileData, UploadQuery
from minidemo.server.reference import openapi
from minidemo.server.services import client_of, services_of, user_of
from minidemo.server.wire import requests, responses
from minidemo.server.wire.uploads import IncomingFile, too_large_text
from minidemo.stores.owner import Owner

router = APIRouter()


@router.post(
    "/upload",
    status_code=201,
    responses=openapi.json_responses(201, FileData, "The object that names the file in the data of a call."),
    openapi_extra=openapi.BYTES | openapi.text_parameters("name", "session", place="query"),
)
async def upload(request: Request) -> Response:
    """Store the raw body as a file, and return its `FileData`."""
    services, user = services_of(request), user_of(request)
    query = requests.parse_query(UploadQuery, request.query_params)
    client = client_of(request)
    file = IncomingFile(services.files, services.limits.file, client)
    try:
        async for chunk in requests.read_chunks(request, services.limits.file, too_large_text(services.limits.file)):
            await file.write(chunk)
        await file.finish()
    except BaseException:
        file.discard()
        raise
    mime = request.headers.get("content-type", "").partition(";")[0].strip() or None
    return responses.json_response(file.store(query.name, mime, Owner(query.session, user, client)), 201)
