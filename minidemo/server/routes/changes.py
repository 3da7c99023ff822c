"""GET /changes: the version of a demo that reloads."""

from fastapi import APIRouter, Response

from minidemo.server.services import ServicesDependency
from minidemo.server.wire import responses

router = APIRouter(include_in_schema=False)


@router.get("/changes", response_class=Response)
async def changes(services: ServicesDependency) -> Response:
    """Return the current version and the error of the newest one."""
    watched = services.watched
    return responses.json_response(watched.news() if watched else {}, headers={"Cache-Control": "no-store"})
