"""POST call/{name} and GET call/{name}/{event}: calls in two steps, for curl."""

from collections.abc import AsyncIterator, Iterator
from functools import partial

from fastapi import Request, Response

from minidemo.engine.job import Job
from minidemo.errors import Defect, RunExpired
from minidemo.server.gradio_api import handlers, shapes
from minidemo.server.gradio_api.endpoints import endpoint_by_name
from minidemo.server.gradio_api.framing import event
from minidemo.server.gradio_api.handlers import handler
from minidemo.server.gradio_api.inputs import CallData, create_job, ordered_values
from minidemo.server.gradio_api.messages import Publish, failure
from minidemo.server.gradio_api.pending_results import PendingResults
from minidemo.server.gradio_api.queueing import start
from minidemo.server.gradio_api.state import state_of
from minidemo.server.services import Services, user_of
from minidemo.server.wire import responses
from minidemo.stores.runs import EXPIRED, Run

UNREAD_TIMEOUT = 600.0
"""Seconds until a call without a reader ends."""
HEARTBEAT_INTERVAL = 15.0
SHORT_CALL = 0.2
"""Seconds for a call to end in one response instead of a stream."""


@handler
async def call(request: Request, services: Services) -> Response:
    """Start a call with a list of values."""
    endpoint = endpoint_by_name(services.page, request.path_params["name"])
    body = await handlers.read(request, services, shapes.Call)
    return await _begin(services, create_job(request, services, endpoint, CallData(body.data, body.session_hash)))


@handler
async def call_named(request: Request, services: Services) -> Response:
    """Start a call with values by name."""
    endpoint = endpoint_by_name(services.page, request.path_params["name"])
    values = (await handlers.read(request, services, shapes.Named)).root
    return await _begin(
        services, create_job(request, services, endpoint, CallData(ordered_values(services, endpoint, values)))
    )


@handler
async def result(request: Request, services: Services) -> Response:
    """Return the values and the result of a call, or its error."""
    endpoint = endpoint_by_name(services.page, request.path_params["name"])
    id, user = request.path_params["event"], user_of(request)
    publish = partial(services.files.publish, place=handlers.file_url(request))
    job = state_of(services).pending_results.get(id) or services.runner.get(id)
    if job is None:
        run = await services.runs.get_for(user, id)
        _check(run.endpoint == endpoint.name)
        return _complete(_run_event(run, publish))
    _check(job.context.username == user and job.endpoint is endpoint)
    if job.done or (job.backlog is None and await job.wait_done(SHORT_CALL)):
        state_of(services).pending_results.forget(id)
        return _complete(b"".join([*_partial_events(job, publish), _final_event(job, publish)]))
    return handlers.stream(stream_events(job, publish, state_of(services).pending_results))


def _check(is_found: bool) -> None:
    if not is_found:
        raise RunExpired(EXPIRED)


async def _begin(services: Services, job: Job) -> Response:
    state_of(services).pending_results.add(job)
    refusal = await start(services, job)
    if refusal is not None:
        state_of(services).pending_results.forget(job.id)
        return refusal
    job.cancel_after(UNREAD_TIMEOUT)
    return responses.json_response({"event_id": job.id})


def _complete(stream_events: bytes) -> Response:
    """Return a finished stream as one response."""
    return Response(stream_events, media_type=handlers.STREAM, headers=handlers.UNBUFFERED)


async def stream_events(
    job: Job, publish: Publish, pending_results: PendingResults, *, interval: float = HEARTBEAT_INTERVAL
) -> AsyncIterator[bytes]:
    """Yield the events of a call and heartbeats, then forget the call."""
    async for is_changed in job.changes(interval):
        if not is_changed:
            yield event("heartbeat", None)
        elif partial := b"".join(_partial_events(job, publish)):
            yield partial
    pending_results.forget(job.id)
    yield _final_event(job, publish)


def _partial_events(job: Job, publish: Publish) -> Iterator[bytes]:
    """Yield the intermediate values in full, since curl users apply no changes."""
    for outputs in job.backlog.take() if job.backlog is not None else ():
        yield event("generating", publish(outputs, job.context.owner))


def _final_event(job: Job, publish: Publish) -> bytes:
    return _run_event(job.run, publish) if job.run else event("error", failure(job.refusal or Defect()))


def _run_event(run: Run, publish: Publish) -> bytes:
    if run.message is not None:
        return event("error", failure(run))
    return event("complete", publish(run.outputs, run.owner))
