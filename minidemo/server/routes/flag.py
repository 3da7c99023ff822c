"""POST /flag and /flag/undo: flag a run that the server kept, and take the flag back."""

from fastapi import APIRouter, Request, Response

from minidemo.schemas.flags import FlagRequest, FlagResponse, UndoRequest, UndoResponse
from minidemo.server.reference import openapi
from minidemo.server.services import Shared, User
from minidemo.server.wire import requests, responses

router = APIRouter()


@router.post(
    "/flag",
    status_code=201,
    responses=openapi.gives(201, FlagResponse, "The row that holds the flag."),
    openapi_extra=openapi.takes(FlagRequest),
)
async def flag(request: Request, shared: Shared, user: User) -> Response:
    """Flag a run, for one of the reasons where the demo offers some; the same run and reason again is the same row."""
    wanted = await requests.parse_body(request, FlagRequest, shared.limits.json)
    flagged = await shared.flagger.flag(
        (await shared.runs.get_for(user, wanted.run)).id,
        wanted.option,
        about=wanted.about,
        comment=wanted.comment,
        expected=wanted.expected,
        # A browser says from which page it writes; other programs do not.
        source="user" if "origin" in request.headers else "api",
    )
    return responses.json_response(FlagResponse(row=flagged.row, undo=flagged.undo), 201 if flagged.new else 200)


@router.post(
    "/flag/undo",
    responses=openapi.gives(200, UndoResponse, "The row that held the flag."),
    openapi_extra=openapi.takes(UndoRequest),
)
async def undo(request: Request, shared: Shared, user: User) -> Response:
    """Take a flag back that was made just now; afterwards the same run and reason can be flagged again."""
    wanted = await requests.parse_body(request, UndoRequest, shared.limits.json)
    run = (await shared.runs.get_for(user, wanted.run)).id
    return responses.json_response(UndoResponse(row=await shared.flagger.undo(run, wanted.option, wanted.about)))
