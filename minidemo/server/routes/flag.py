"""POST /flag and /flag/undo: flag a stored run, and undo it."""

from fastapi import APIRouter, Request, Response

from minidemo.schemas.flags import FlagRequest, FlagResponse, UndoRequest, UndoResponse
from minidemo.server.reference import openapi
from minidemo.server.services import services_of, user_of
from minidemo.server.wire import requests, responses

router = APIRouter()


@router.post(
    "/flag",
    status_code=201,
    responses=openapi.json_responses(201, FlagResponse, "The row that holds the flag."),
    openapi_extra=openapi.json_body(FlagRequest),
)
async def flag(request: Request) -> Response:
    """Flag a run, only once for each reason."""
    services, user = services_of(request), user_of(request)
    body = await requests.parse_body(request, services, FlagRequest)
    result = await services.flagger.flag(
        (await services.runs.get_for(user, body.run)).id,
        body.option,
        about=body.about,
        comment=body.comment,
        expected=body.expected,
        # only browsers send Origin
        source="user" if "origin" in request.headers else "api",
    )
    return responses.json_response(FlagResponse(row=result.row, undo=result.undo), 201 if result.new else 200)


@router.post(
    "/flag/undo",
    responses=openapi.json_responses(200, UndoResponse, "The row that held the flag."),
    openapi_extra=openapi.json_body(UndoRequest),
)
async def undo(request: Request) -> Response:
    """Undo a recent flag. Afterwards the run can be flagged again."""
    services, user = services_of(request), user_of(request)
    body = await requests.parse_body(request, services, UndoRequest)
    run = (await services.runs.get_for(user, body.run)).id
    return responses.json_response(UndoResponse(row=await services.flagger.undo(run, body.option, body.about)))
