"""GET /runs/{run} and POST /runs/{run}/cancel: follow and stop a call."""

from collections.abc import AsyncIterator

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from minidemo.engine.job import Job
from minidemo.errors import RunExpired
from minidemo.i18n import Text
from minidemo.schemas.calls import CancelResponse
from minidemo.server.reference import openapi
from minidemo.server.routes.predict import STREAM, UNBUFFERED
from minidemo.server.services import Services, services_of, user_of
from minidemo.server.wire import events, responses

router = APIRouter()


@router.get(
    "/runs/{run}",
    responses=openapi.stream_responses("What has come of the call, and all that comes of it."),
    openapi_extra=openapi.text_parameters("run", place="path"),
)
async def follow(request: Request) -> Response:
    """Return the events of an earlier call, for reloaded pages."""
    services, user = services_of(request), user_of(request)
    id = request.path_params["run"]
    job = running_job(services, id, user)
    if job is None:
        stream = _single_event(await events.run_event(services, await services.runs.get_for(user, id)))
    else:
        stream = events.job_events(services, job)
    return StreamingResponse(stream, media_type=STREAM, headers=UNBUFFERED)


@router.post(
    "/runs/{run}/cancel",
    status_code=202,
    responses=openapi.json_responses(202, CancelResponse, "The call ends as soon as it can."),
    openapi_extra=openapi.text_parameters("run", place="path"),
)
async def cancel(request: Request) -> Response:
    """Stop a call.

    It leaves the queue, or its function ends at its next result or progress report.
    """
    services, user = services_of(request), user_of(request)
    id = request.path_params["run"]
    job = running_job(services, id, user)
    if job is None:
        raise RunExpired(Text("run_over"))
    job.stop()
    return responses.json_response(CancelResponse(run=id), 202)


def running_job(services: Services, id: str, user: str | None) -> Job | None:
    """Return a running call of a user, or None."""
    job = services.runner.get(id)
    return job if job is not None and job.context.username == user else None


async def _single_event(event: bytes) -> AsyncIterator[bytes]:
    yield event
