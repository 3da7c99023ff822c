"""POST call/{name} and GET call/{name}/{event}: the two steps for curl: call, and read what comes of it."""

from collections.abc import AsyncIterator, Iterator
from functools import partial

from fastapi import Request, Response

from minidemo.engine.job import Job
from minidemo.errors import Defect, RunExpired
from minidemo.server.gradio_api import shapes, talking
from minidemo.server.gradio_api.desk import desk_of
from minidemo.server.gradio_api.framing import event
from minidemo.server.gradio_api.inputs import Sent, in_order, job_of
from minidemo.server.gradio_api.messages import Publish, failure
from minidemo.server.gradio_api.offers import by_name
from minidemo.server.gradio_api.queueing import start
from minidemo.server.gradio_api.talking import handler
from minidemo.server.gradio_api.unread import Unread
from minidemo.server.services import USER, Services
from minidemo.server.wire import responses
from minidemo.stores.runs import EXPIRED, Run

UNREAD = 600.0
"""For how many seconds a call goes on that nobody reads."""
BEAT = 15.0
MOMENT = 0.2
"""For how many seconds to wait for a call that is over soon: to tell all of it at once is quicker than a stream."""


@handler
async def call(request: Request, shared: Services) -> Response:
    """Begin a call with a list of values."""
    endpoint = by_name(shared.page, request.path_params["name"])
    sent = await talking.read(request, shared, shapes.Call)
    return await _begin(shared, job_of(request, shared, endpoint, Sent(sent.data, sent.session_hash)))


@handler
async def call_named(request: Request, shared: Services) -> Response:
    """Begin a call with values by their names."""
    endpoint = by_name(shared.page, request.path_params["name"])
    named = (await talking.read(request, shared, shapes.Named)).root
    return await _begin(shared, job_of(request, shared, endpoint, Sent(in_order(shared, endpoint, named))))


@handler
async def result(request: Request, shared: Services) -> Response:
    """Tell what comes of a call: each value that the function gives, and the last one, or what went wrong."""
    endpoint = by_name(shared.page, request.path_params["name"])
    id, user = request.path_params["event"], request.scope.get(USER)
    publish = partial(shared.files.publish, place=talking.place(request))
    job = desk_of(shared).unread.get(id) or shared.runner.get(id)
    if job is None:
        run = await shared.runs.get_for(user, id)
        _check(run.endpoint == endpoint.name)
        return _whole(_of_run(run, publish))
    _check(job.context.username == user and job.endpoint is endpoint)
    if job.done or (job.backlog is None and await job.wait_done(MOMENT)):
        desk_of(shared).unread.forget(id)
        return _whole(b"".join([*_given(job, publish), _last(job, publish)]))
    return talking.stream(told(job, publish, desk_of(shared).unread))


def _check(is_found: bool) -> None:
    if not is_found:
        raise RunExpired(EXPIRED)


async def _begin(shared: Services, job: Job) -> Response:
    desk_of(shared).unread.add(job)
    refusal = await start(shared, job)
    if refusal is not None:
        desk_of(shared).unread.forget(job.id)
        return refusal
    job.cancel_after(UNREAD)
    return responses.answer({"event_id": job.id})


def _whole(events: bytes) -> Response:
    """Return a stream that is over: all of it at once."""
    return Response(events, media_type=talking.STREAM, headers=talking.UNBUFFERED)


async def told(job: Job, publish: Publish, unread: Unread, *, beat: float = BEAT) -> AsyncIterator[bytes]:
    """Yield the events of a call as they happen, and a heartbeat where none does; then it is read."""
    async for news in job.changes(beat):
        if not news:
            yield event("heartbeat", None)
        elif given := b"".join(_given(job, publish)):
            yield given
    unread.forget(job.id)
    yield _last(job, publish)


def _given(job: Job, publish: Publish) -> Iterator[bytes]:
    """Yield the values that a function has given in between, whole: nobody is expected to put changes together."""
    while job.backlog is not None and (outputs := job.backlog.next()) is not None:
        yield event("generating", publish(outputs, job.context.owner))


def _last(job: Job, publish: Publish) -> bytes:
    return _of_run(job.run, publish) if job.run else event("error", failure(job.refusal or Defect()))


def _of_run(run: Run, publish: Publish) -> bytes:
    if run.message is not None:
        return event("error", failure(run))
    return event("complete", publish(run.outputs, run.owner))
