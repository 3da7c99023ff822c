"""POST queue/join, GET queue/data and queue/status: calls whose results come in the stream of their session."""

import asyncio
import re
from functools import partial

from fastapi import Request, Response

from minidemo.engine.backlog import Backlog
from minidemo.engine.job import Job
from minidemo.errors import InputError, QueueFull
from minidemo.server.gradio_api import handlers, shapes
from minidemo.server.gradio_api.channels import Channel, ClientProfile
from minidemo.server.gradio_api.config import protocol
from minidemo.server.gradio_api.endpoints import endpoint_by_number
from minidemo.server.gradio_api.handlers import handler
from minidemo.server.gradio_api.inputs import CallData, job_of
from minidemo.server.gradio_api.state import state_of
from minidemo.server.routes.predict import call_context
from minidemo.server.services import USER, Services
from minidemo.server.wire import requests, responses
from minidemo.stores.owner import Owner

DEFAULT_PROFILE = ClientProfile(delay=0.0, burst_delay=0.0, idle_timeout=0.2)
PYTHON_PROFILE = ClientProfile(delay=0.04, burst_delay=0.04, idle_timeout=0.0, max_idle=2.0, hangs_up=True)
"""Gradio's client for Python, which looks for events every 50 ms.

A script ends only after its stream, so a single call leaves no idle stream.
"""
OLDER_PYTHON_PROFILE = ClientProfile(delay=0.04, burst_delay=0.12, idle_timeout=0.0, hangs_up=True)
"""Older clients, which drop events that come before they have noted the call, and lose a call to an ending stream.

On a busy machine it takes them long to notice that end, so they get no other call before they hang up.
"""
FIRST_WITH_LOCKS = (2, 7)
"""First version of the client with locks between its threads."""
VALIDATION_TIMEOUT = 2.0
"""Seconds for which a call may be validated before it is accepted; clients wait for five."""


@handler
async def join(request: Request, shared: Services) -> Response:
    """Accept a call, or refuse it because it is not valid, or because too many wait."""
    call = await handlers.read(request, shared, shapes.Join)
    endpoint = endpoint_by_number(shared.page, call.fn_index)
    await state_of(shared).channels.end_idle_streams(_owner(request, call.session_hash), _host(request))
    channel = _channel(request, shared, call.session_hash)
    try:
        job = job_of(request, shared, endpoint, CallData(call.data, call.session_hash))
    except InputError as error:
        job = Job(endpoint, (), call_context(request, endpoint, call.session_hash))
        job.end(error)
    else:
        refusal = await start(shared, job)
        if refusal is not None:
            return refusal
    await channel.add(job, _profile_of(request))
    return responses.json_response({"event_id": job.id})


@handler
async def stream(request: Request, shared: Services) -> Response:
    """Tell what comes of the calls of a session."""
    session = requests.parse_query(shapes.Stream, request.query_params).session_hash
    publish = partial(shared.files.publish, place=handlers.file_url(request))
    return handlers.stream(_channel(request, shared, session).stream(publish, _profile_of(request)))


@handler
async def status(request: Request, shared: Services) -> Response:
    """Say how many calls wait."""
    waiting = {"msg": "estimation", "event_id": None, "rank": None, "rank_eta": None}
    return responses.json_response(waiting | {"queue_size": shared.runner.waiting})


async def start(shared: Services, job: Job) -> Response | None:
    """Start a job; return the answer to one that is refused before its turn comes, or None."""
    job.backlog = Backlog() if job.endpoint.is_generator else None
    shared.runner.start(job)
    try:
        # Without a validator it has its turn, or its place in the queue, as soon as the event loop comes round.
        await (
            asyncio.wait_for(job.validated.wait(), VALIDATION_TIMEOUT) if job.endpoint.validator else asyncio.sleep(0)
        )
    except TimeoutError:
        return None
    if isinstance(job.refusal, QueueFull):
        return handlers.refusal(job.refusal)
    if isinstance(job.refusal, InputError):
        return handlers.invalid(job.refusal)
    return None


def _channel(request: Request, shared: Services, session: str) -> Channel:
    leaves = protocol(shared.page) == "sse_v2.1"
    return state_of(shared).channels.get(_owner(request, session), leaves=leaves, host=_host(request))


def _owner(request: Request, session: str) -> Owner:
    return Owner(session, request.scope.get(USER))


def _host(request: Request) -> str | None:
    return request.client.host if request.client else None


def _profile_of(request: Request) -> ClientProfile:
    found = re.match(r"gradio_client/(\d+)\.(\d+)", request.headers.get("user-agent", ""))
    if found is None:
        return DEFAULT_PROFILE
    return PYTHON_PROFILE if (int(found[1]), int(found[2])) >= FIRST_WITH_LOCKS else OLDER_PYTHON_PROFILE
