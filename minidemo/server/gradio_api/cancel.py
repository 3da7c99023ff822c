"""POST cancel and reset, GET heartbeat/{session}: stop calls, keep sessions alive."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import Request, Response

from minidemo.engine.runner import Runner
from minidemo.server.gradio_api import handlers, shapes
from minidemo.server.gradio_api.handlers import handler
from minidemo.server.gradio_api.state import state_of
from minidemo.server.services import Services, user_of
from minidemo.server.wire import requests, responses
from minidemo.stores.owner import Owner

HEARTBEAT_INTERVAL = 15.0


@handler
async def cancel(request: Request, services: Services) -> Response:
    """Stop a call of the session, and ignore unknown calls."""
    body = await handlers.read(request, services, shapes.Cancel)
    owner = Owner(body.session_hash, user_of(request))
    job = services.runner.get(body.event_id)
    if job is not None and job.context.owner == owner:
        state_of(services).channels.cancel(owner, body.event_id)
        job.stop()
    return responses.json_response({"success": True})


@handler
async def reset(request: Request, services: Services) -> Response:
    """Note that the client has noticed the end of a stopped call."""
    state_of(services).channels.reset((await handlers.read(request, services, shapes.Reset)).event_id)
    return responses.json_response({"success": True})


@handler
async def heartbeat(request: Request, services: Services) -> Response:
    """Keep a session's state while its client is connected."""
    body = requests.parse_query(shapes.Stream, {"session_hash": request.path_params["session"]})
    return handlers.stream(heartbeats(services.runner, Owner(body.session_hash, user_of(request))))


async def heartbeats(runner: Runner, owner: Owner, interval: float = HEARTBEAT_INTERVAL) -> AsyncIterator[bytes]:
    """Yield heartbeats, and renew the session's state with each."""
    while True:
        runner.remember(owner)
        yield b"data: ALIVE\n\n"
        await asyncio.sleep(interval)
