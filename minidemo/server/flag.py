"""POST /flag: flag a run that the server kept."""

from fastapi import APIRouter, Request, Response

from minidemo.schemas import FlagRequest, FlagResponse
from minidemo.server import answers, bodies, openapi
from minidemo.server.services import Shared

router = APIRouter()


@router.post(
    "/flag",
    status_code=201,
    responses=openapi.gives(201, FlagResponse, "The row that holds the flag."),
    openapi_extra=openapi.takes(FlagRequest),
)
async def flag(request: Request, shared: Shared) -> Response:
    """Flag a run, for one of the reasons where the demo offers some; the same run and reason again is the same row."""
    wanted = await bodies.parse(request, FlagRequest, shared.limits.json)
    row, new = await shared.flagger.flag(wanted.run, wanted.option)
    return answers.answer(FlagResponse(row=row), 201 if new else 200)
