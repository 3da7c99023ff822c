"""GET /runs/{run} and POST /runs/{run}/cancel: come back to a call that is under way, and stop it."""

from collections.abc import AsyncIterator

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from minidemo.errors import RunExpired
from minidemo.schemas import CancelResponse
from minidemo.server import answers, events, openapi
from minidemo.server.predict import STREAM, UNBUFFERED
from minidemo.server.services import Shared

router = APIRouter()


@router.get(
    "/runs/{run}",
    responses=openapi.streams("What has come of the call, and all that comes of it."),
    openapi_extra=openapi.asks("run", place="path"),
)
async def follow(request: Request, shared: Shared) -> Response:
    """Follow a call that was made before, such as by a page that was reloaded since."""
    id = request.path_params["run"]
    job = shared.runner.get(id)
    told = events.of_job(shared, job) if job else _over(await events.of_run(shared, shared.runs.get(id)))
    return StreamingResponse(told, media_type=STREAM, headers=UNBUFFERED)


@router.post(
    "/runs/{run}/cancel",
    status_code=202,
    responses=openapi.gives(202, CancelResponse, "The call ends as soon as it can."),
    openapi_extra=openapi.asks("run", place="path"),
)
async def cancel(request: Request, shared: Shared) -> Response:
    """Stop a call: it leaves the queue, or its function ends at its next result or report of progress."""
    id = request.path_params["run"]
    job = shared.runner.get(id)
    if job is None:
        raise RunExpired("This run is over, or no longer kept on the server.")
    job.stop()
    return answers.answer(CancelResponse(run=id), 202)


async def _over(event: bytes) -> AsyncIterator[bytes]:
    yield event
