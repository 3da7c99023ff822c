"""POST queue/join, GET queue/data and queue/status: calls with streamed results."""

import asyncio
import re
from functools import partial

from fastapi import Request, Response

from minidemo.engine.backlog import Backlog
from minidemo.engine.job import Job
from minidemo.errors import InputError, QueueFull
from minidemo.server.gradio_api import handlers, shapes
from minidemo.server.gradio_api.channels import Channel
from minidemo.server.gradio_api.client_profile import ClientProfile
from minidemo.server.gradio_api.descriptions import protocol
from minidemo.server.gradio_api.endpoints import endpoint_by_number
from minidemo.server.gradio_api.handlers import handler
from minidemo.server.gradio_api.inputs import CallData, create_job
from minidemo.server.gradio_api.state import state_of
from minidemo.server.routes.predict import call_context
from minidemo.server.services import Services, user_of
from minidemo.server.wire import requests, responses
from minidemo.stores.owner import Owner

DEFAULT_PROFILE = ClientProfile(delay=0.0, burst_delay=0.0, idle_timeout=0.2)
PYTHON_PROFILE = ClientProfile(delay=0.04, burst_delay=0.04, idle_timeout=0.0, max_idle=2.0, hangs_up=True)
"""Gradio's client for Python, which looks for events every 50 ms.

A script ends only after its stream, so a single call leaves no idle stream.
"""
OLDER_PYTHON_PROFILE = ClientProfile(delay=0.04, burst_delay=0.12, idle_timeout=0.0, hangs_up=True)
"""Older clients, which drop early events and lose calls to ending streams.

They can take long to notice the end of a stream, so they get no other call before they hang up.
"""
FIRST_WITH_LOCKS = (2, 7)
"""First version of the client with locks between its threads."""
VALIDATION_TIMEOUT = 2.0
"""Seconds to validate a call before it is accepted; clients wait five."""


@handler
async def join(request: Request, services: Services) -> Response:
    """Accept a call, unless it is invalid or the queue is full."""
    call = await handlers.read(request, services, shapes.Join)
    endpoint = endpoint_by_number(services.page, call.fn_index)
    await state_of(services).channels.end_idle_streams(_owner(request, call.session_hash), _host(request))
    channel = _channel(request, services, call.session_hash)
    try:
        job = create_job(request, services, endpoint, CallData(call.data, call.session_hash))
    except InputError as error:
        job = Job(endpoint, (), call_context(request, endpoint, call.session_hash))
        job.end(error)
    else:
        refusal = await start(services, job)
        if refusal is not None:
            return refusal
    await channel.add(job, _client_profile(request))
    return responses.json_response({"event_id": job.id})


@handler
async def stream(request: Request, services: Services) -> Response:
    """Return the event stream of a session."""
    session = requests.parse_query(shapes.Stream, request.query_params).session_hash
    publish = partial(services.files.publish, place=handlers.file_url(request))
    return handlers.stream(_channel(request, services, session).stream(publish, _client_profile(request)))


@handler
async def status(request: Request, services: Services) -> Response:
    """Return the number of waiting calls."""
    estimation = {"msg": "estimation", "event_id": None, "rank": None, "rank_eta": None}
    return responses.json_response(estimation | {"queue_size": services.runner.waiting})


async def start(services: Services, job: Job) -> Response | None:
    """Start a job; return a response if it is refused at once."""
    job.backlog = Backlog() if job.endpoint.is_generator else None
    services.runner.start(job)
    try:
        # without a validator, the job is queued in the loop's next iteration
        await (
            asyncio.wait_for(job.validated.wait(), VALIDATION_TIMEOUT) if job.endpoint.validator else asyncio.sleep(0)
        )
    except TimeoutError:
        return None
    if isinstance(job.refusal, QueueFull):
        return handlers.refusal(job.refusal)
    if isinstance(job.refusal, InputError):
        return handlers.invalid_value(job.refusal)
    return None


def _channel(request: Request, services: Services, session: str) -> Channel:
    client_closes = protocol(services.page) == "sse_v2.1"
    return state_of(services).channels.get(_owner(request, session), client_closes=client_closes, host=_host(request))


def _owner(request: Request, session: str) -> Owner:
    return Owner(session, user_of(request))


def _host(request: Request) -> str | None:
    return request.client.host if request.client else None


def _client_profile(request: Request) -> ClientProfile:
    match = re.match(r"gradio_client/(\d{1,9})\.(\d{1,9})", request.headers.get("user-agent", ""))
    if match is None:
        return DEFAULT_PROFILE
    return PYTHON_PROFILE if (int(match[1]), int(match[2])) >= FIRST_WITH_LOCKS else OLDER_PYTHON_PROFILE
