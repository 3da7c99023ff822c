"""GET /changes: whether a demo that is served while it is written has changed; no other demo has this address."""

from fastapi import APIRouter, Response

from minidemo.server.services import Shared
from minidemo.server.wire import responses

router = APIRouter(include_in_schema=False)


@router.get("/changes", response_class=Response)
async def changes(shared: Shared) -> Response:
    """Tell an open page which version is served, and what is wrong with the script since."""
    watched = shared.watched
    return responses.json_response(watched.news() if watched else {}, headers={"Cache-Control": "no-store"})
