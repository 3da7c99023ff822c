"""POST /predict: run an endpoint; return JSON or an event stream."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from minidemo.context.request import Client
from minidemo.context.request import Request as FunctionRequest
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine.job import CallContext, Job
from minidemo.errors import NotFound
from minidemo.schemas.calls import PredictRequest, PredictResponse
from minidemo.server.reference import openapi
from minidemo.server.services import Services, client_of, services_of, user_of
from minidemo.server.wire import events, requests, responses

router = APIRouter()
STREAM = "text/event-stream"
UNBUFFERED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Headers of streams, which proxies must not buffer."""


@router.post(
    "/predict",
    responses=openapi.json_responses(200, PredictResponse, "What the function returned, for each output."),
    openapi_extra=openapi.json_body(PredictRequest),
)
async def predict(request: Request) -> Response:
    """Run an endpoint on a value for each input.

    With `Accept: text/event-stream`, the response is a stream with queue position and progress.
    """
    services = services_of(request)
    call = await requests.parse_body(request, services, PredictRequest)
    endpoint = services.page.endpoint(call.endpoint)
    check_caller(request, endpoint)
    context = call_context(request, endpoint, call.session)
    return await respond(request, services, services.runner.job(endpoint, call.data, context))


def check_caller(request: Request, endpoint: Endpoint) -> None:
    """Raise `NotFound` for a program that calls a private endpoint."""
    if endpoint.visibility == "private" and "origin" not in request.headers:  # only browsers send it
        raise NotFound("This demo can only be used in its page.")


async def respond(request: Request, services: Services, job: Job) -> Response:
    """Run a job, and return its result or its event stream."""
    if STREAM in request.headers.get("accept", ""):
        services.runner.start(job)
        return StreamingResponse(events.job_events(services, job), media_type=STREAM, headers=UNBUFFERED)
    run = await services.runner.run(job)
    if run.message is not None:
        return responses.error(500, run.message, run=run.id)
    data = services.files.publish(run.outputs, run.owner)
    return responses.json_response(PredictResponse(run=run.id, data=data, duration=run.duration))


def call_context(request: Request, endpoint: Endpoint, session: str | None) -> CallContext:
    """Return the caller, with the request if the function takes it."""
    function_request, user = None, user_of(request)
    if endpoint.specials.wants_request:
        function_request = FunctionRequest(
            headers=dict(request.headers),
            cookies=dict(request.cookies),
            query_params=dict(request.query_params),
            path_params=dict(request.path_params),
            client=Client(*request.client) if request.client else None,
            username=user,
            session_hash=session,
        )
    return CallContext(session=session, username=user, request=function_request, client=client_of(request))
