"""POST call/{name} and GET call/{name}/{event}: the two steps for curl: call, and read what comes of it."""

from collections.abc import AsyncIterator, Iterator
from functools import partial

from fastapi import Request, Response

from minidemo.engine.job import Job
from minidemo.errors import Defect, RunExpired
from minidemo.server.gradio_api import handlers, shapes
from minidemo.server.gradio_api.endpoints import endpoint_by_name
from minidemo.server.gradio_api.framing import event
from minidemo.server.gradio_api.handlers import handler
from minidemo.server.gradio_api.inputs import CallData, job_of, ordered_values
from minidemo.server.gradio_api.messages import Publish, failure
from minidemo.server.gradio_api.pending_results import PendingResults
from minidemo.server.gradio_api.queueing import start
from minidemo.server.gradio_api.state import state_of
from minidemo.server.services import USER, Services
from minidemo.server.wire import responses
from minidemo.stores.runs import EXPIRED, Run

UNREAD_TIMEOUT = 600.0
"""For how many seconds a call goes on that nobody reads."""
HEARTBEAT_INTERVAL = 15.0
SHORT_CALL = 0.2
"""For how many seconds to wait for a call that is over soon: to tell all of it at once is quicker than a stream."""


@handler
async def call(request: Request, shared: Services) -> Response:
    """Begin a call with a list of values."""
    endpoint = endpoint_by_name(shared.page, request.path_params["name"])
    sent = await handlers.read(request, shared, shapes.Call)
    return await _begin(shared, job_of(request, shared, endpoint, CallData(sent.data, sent.session_hash)))


@handler
async def call_named(request: Request, shared: Services) -> Response:
    """Begin a call with values by their names."""
    endpoint = endpoint_by_name(shared.page, request.path_params["name"])
    named = (await handlers.read(request, shared, shapes.Named)).root
    return await _begin(shared, job_of(request, shared, endpoint, CallData(ordered_values(shared, endpoint, named))))


@handler
async def result(request: Request, shared: Services) -> Response:
    """Tell what comes of a call: each value that the function gives, and the last one, or what went wrong."""
    endpoint = endpoint_by_name(shared.page, request.path_params["name"])
    id, user = request.path_params["event"], request.scope.get(USER)
    publish = partial(shared.files.publish, place=handlers.file_url(request))
    job = state_of(shared).pending_results.get(id) or shared.runner.get(id)
    if job is None:
        run = await shared.runs.get_for(user, id)
        _check(run.endpoint == endpoint.name)
        return _complete(_run_event(run, publish))
    _check(job.context.username == user and job.endpoint is endpoint)
    if job.done or (job.backlog is None and await job.wait_done(SHORT_CALL)):
        state_of(shared).pending_results.forget(id)
        return _complete(b"".join([*_partial_events(job, publish), _final_event(job, publish)]))
    return handlers.stream(stream_events(job, publish, state_of(shared).pending_results))


def _check(is_found: bool) -> None:
    if not is_found:
        raise RunExpired(EXPIRED)


async def _begin(shared: Services, job: Job) -> Response:
    state_of(shared).pending_results.add(job)
    refusal = await start(shared, job)
    if refusal is not None:
        state_of(shared).pending_results.forget(job.id)
        return refusal
    job.cancel_after(UNREAD_TIMEOUT)
    return responses.answer({"event_id": job.id})


def _complete(stream_events: bytes) -> Response:
    """Return a stream that is over: all of it at once."""
    return Response(stream_events, media_type=handlers.STREAM, headers=handlers.UNBUFFERED)


async def stream_events(
    job: Job, publish: Publish, pending_results: PendingResults, *, interval: float = HEARTBEAT_INTERVAL
) -> AsyncIterator[bytes]:
    """Yield the events of a call as they happen, and a heartbeat where none does; then it is read."""
    async for changed in job.changes(interval):
        if not changed:
            yield event("heartbeat", None)
        elif partial := b"".join(_partial_events(job, publish)):
            yield partial
    pending_results.forget(job.id)
    yield _final_event(job, publish)


def _partial_events(job: Job, publish: Publish) -> Iterator[bytes]:
    """Yield the values that a function has given in between, whole: nobody is expected to put changes together."""
    for outputs in job.backlog.take() if job.backlog is not None else ():
        yield event("generating", publish(outputs, job.context.owner))


def _final_event(job: Job, publish: Publish) -> bytes:
    return _run_event(job.run, publish) if job.run else event("error", failure(job.refusal or Defect()))


def _run_event(run: Run, publish: Publish) -> bytes:
    if run.message is not None:
        return event("error", failure(run))
    return event("complete", publish(run.outputs, run.owner))
