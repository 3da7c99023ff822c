"""GET /changes: the version of a demo that reloads."""

from fastapi import APIRouter, Request, Response

from minidemo.server.services import services_of
from minidemo.server.wire import responses

router = APIRouter(include_in_schema=False)


@router.get("/changes", response_class=Response)
async def changes(request: Request) -> Response:
    """Return the current version and the error of the newest one."""
    services = services_of(request)
    watched = services.watched
    return responses.json_response(watched.news() if watched else {}, headers={"Cache-Control": "no-store"})
