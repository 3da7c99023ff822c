"""POST queue/join, GET queue/data and queue/status: calls whose results come in the stream of their session."""

import asyncio
import re
from functools import partial

from fastapi import Request, Response

from minidemo.engine.backlog import Backlog
from minidemo.engine.job import Job
from minidemo.errors import InputError, QueueFull
from minidemo.server.gradio_api import shapes, talking
from minidemo.server.gradio_api.channels import Channel, Manner
from minidemo.server.gradio_api.config import protocol
from minidemo.server.gradio_api.desk import desk_of
from minidemo.server.gradio_api.inputs import Sent, job_of
from minidemo.server.gradio_api.offers import by_number
from minidemo.server.gradio_api.talking import handler
from minidemo.server.routes.predict import call_context
from minidemo.server.services import USER, Services
from minidemo.server.wire import requests, responses
from minidemo.stores.owner import Owner

USUAL = Manner(patience=0.0, crowded=0.0, rest=0.2)
OF_PYTHON = Manner(patience=0.04, crowded=0.04, rest=0.0, lingers=2.0, hangs_up=True)
"""That of Gradio's client for Python, which looks for news every 50 ms. A script does not end before its stream does:
after a call that may be the only one there is no rest.
"""
OF_OLDER_PYTHON = Manner(patience=0.04, crowded=0.12, rest=0.0)
"""That of older ones, which do not keep what comes before they have noted the call, which may take a while if they make
several; and whose next call is lost if it finds a stream that ends.
"""
LOCKS = (2, 7)
"""Since which version the client does not get in its own way."""
CHECKING = 2.0
"""For how many seconds a call may be checked before it is accepted: clients wait for five."""


@handler
async def join(request: Request, shared: Services) -> Response:
    """Accept a call, or refuse it because it is not valid, or because too many wait."""
    call = await talking.read(request, shared, shapes.Join)
    endpoint = by_number(shared.page, call.fn_index)
    await desk_of(shared).channels.make_way(_owner(request, call.session_hash), _host(request))
    channel = _channel(request, shared, call.session_hash)
    try:
        job = job_of(request, shared, endpoint, Sent(call.data, call.session_hash))
    except InputError as error:
        job = Job(endpoint, (), call_context(request, endpoint, call.session_hash))
        job.end(error)
    else:
        refusal = await start(shared, job)
        if refusal is not None:
            return refusal
    await channel.add(job, _manner(request))
    return responses.answer({"event_id": job.id})


@handler
async def stream(request: Request, shared: Services) -> Response:
    """Tell what comes of the calls of a session."""
    session = requests.check(shapes.Stream, request.query_params).session_hash
    publish = partial(shared.files.publish, place=talking.place(request))
    return talking.stream(_channel(request, shared, session).stream(publish, _manner(request)))


@handler
async def status(request: Request, shared: Services) -> Response:
    """Say how many calls wait."""
    waiting = {"msg": "estimation", "event_id": None, "rank": None, "rank_eta": None}
    return responses.answer(waiting | {"queue_size": shared.runner.waiting})


async def start(shared: Services, job: Job) -> Response | None:
    """Start a job; return the answer to one that is refused before its turn comes, or None."""
    job.backlog = Backlog() if job.endpoint.is_generator else None
    shared.runner.start(job)
    try:
        # Without a validator it has its turn, or its place in the queue, as soon as the event loop comes round.
        await (asyncio.wait_for(job.validated.wait(), CHECKING) if job.endpoint.validator else asyncio.sleep(0))
    except TimeoutError:
        return None
    if isinstance(job.refusal, QueueFull):
        return talking.refusal(job.refusal)
    if isinstance(job.refusal, InputError):
        return talking.invalid(job.refusal)
    return None


def _channel(request: Request, shared: Services, session: str) -> Channel:
    leaves = protocol(shared.page) == "sse_v2.1"
    return desk_of(shared).channels.of(_owner(request, session), leaves=leaves, host=_host(request))


def _owner(request: Request, session: str) -> Owner:
    return Owner(session, request.scope.get(USER))


def _host(request: Request) -> str | None:
    return request.client.host if request.client else None


def _manner(request: Request) -> Manner:
    found = re.match(r"gradio_client/(\d+)\.(\d+)", request.headers.get("user-agent", ""))
    if found is None:
        return USUAL
    return OF_PYTHON if (int(found[1]), int(found[2])) >= LOCKS else OF_OLDER_PYTHON
