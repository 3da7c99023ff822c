"""GET /runs/{run} and POST /runs/{run}/cancel: come back to a call that is under way, and stop it."""

from collections.abc import AsyncIterator

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from minidemo.engine.job import Job
from minidemo.errors import RunExpired
from minidemo.i18n import Text
from minidemo.schemas.calls import CancelResponse
from minidemo.server.reference import openapi
from minidemo.server.routes.predict import STREAM, UNBUFFERED
from minidemo.server.services import Services, Shared, User
from minidemo.server.wire import events, responses

router = APIRouter()


@router.get(
    "/runs/{run}",
    responses=openapi.streams("What has come of the call, and all that comes of it."),
    openapi_extra=openapi.asks("run", place="path"),
)
async def follow(request: Request, shared: Shared, user: User) -> Response:
    """Follow a call that was made before, such as by a page that was reloaded since."""
    id = request.path_params["run"]
    job = job_of(shared, id, user)
    told = events.of_job(shared, job) if job else _over(await events.of_run(shared, shared.runs.get_for(user, id)))
    return StreamingResponse(told, media_type=STREAM, headers=UNBUFFERED)


@router.post(
    "/runs/{run}/cancel",
    status_code=202,
    responses=openapi.gives(202, CancelResponse, "The call ends as soon as it can."),
    openapi_extra=openapi.asks("run", place="path"),
)
async def cancel(request: Request, shared: Shared, user: User) -> Response:
    """Stop a call: it leaves the queue, or its function ends at its next result or report of progress."""
    id = request.path_params["run"]
    job = job_of(shared, id, user)
    if job is None:
        raise RunExpired(Text("run_over"))
    job.stop()
    return responses.answer(CancelResponse(run=id), 202)


def job_of(shared: Services, id: str, user: str | None) -> Job | None:
    """Return a call that is under way, if it is one of the user's."""
    job = shared.runner.get(id)
    return job if job is not None and job.visit.username == user else None


async def _over(event: bytes) -> AsyncIterator[bytes]:
    yield event
