"""POST /predict: run an endpoint, answered as JSON or as a stream of events."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from minidemo.context.request import Client
from minidemo.context.request import Request as Asked
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine.job import CallContext, Job
from minidemo.errors import NotFound
from minidemo.schemas.calls import PredictRequest, PredictResponse
from minidemo.server.reference import openapi
from minidemo.server.services import USER, Services, Shared
from minidemo.server.wire import events, requests, responses

router = APIRouter()
STREAM = "text/event-stream"
UNBUFFERED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Proxies are asked to hand events on as they come."""


@router.post(
    "/predict",
    responses=openapi.gives(200, PredictResponse, "What the function returned, for each output."),
    openapi_extra=openapi.takes(PredictRequest),
)
async def predict(request: Request, shared: Shared) -> Response:
    """Run an endpoint on one value for each of its inputs; with `Accept: text/event-stream` the wait is told too."""
    call = await requests.parse_body(request, PredictRequest, shared.limits.json)
    endpoint = shared.page.endpoint(call.endpoint)
    check_caller(request, endpoint)
    context = call_context(request, endpoint, call.session)
    return await answered(request, shared, shared.runner.job(endpoint, call.data, context))


def check_caller(request: Request, endpoint: Endpoint) -> None:
    """Raise `NotFound` for a program that calls a private endpoint."""
    if endpoint.visibility == "private" and "origin" not in request.headers:  # which browsers say, and programs do not
        raise NotFound("This demo can only be used in its page.")


async def answered(request: Request, shared: Services, job: Job) -> Response:
    """Run a job, and return the answer: all at once, or the events as they happen."""
    if STREAM in request.headers.get("accept", ""):
        shared.runner.start(job)
        return StreamingResponse(events.job_events(shared, job), media_type=STREAM, headers=UNBUFFERED)
    run = await shared.runner.run(job)
    if run.message is not None:
        return responses.error(500, run.message, run=run.id)
    data = shared.files.publish(run.outputs, run.owner)
    return responses.json_response(PredictResponse.model_construct(run=run.id, data=data, duration=run.duration))


def call_context(request: Request, endpoint: Endpoint, session: str | None) -> CallContext:
    """Return who calls, with the request where the function wants to know of it."""
    asked, user = None, request.scope.get(USER)
    if endpoint.specials.wants_request:
        asked = Asked(
            headers=dict(request.headers),
            cookies=dict(request.cookies),
            query_params=dict(request.query_params),
            path_params=dict(request.path_params),
            client=Client(*request.client) if request.client else None,
            username=user,
            session_hash=session,
        )
    return CallContext(session=session, username=user, request=asked)
