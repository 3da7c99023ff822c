"""POST cancel and reset, GET heartbeat/{session}: stop a call, and say that a session is still there."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import Request, Response

from minidemo.engine.runner import Runner
from minidemo.server.gradio_api import shapes, talking
from minidemo.server.gradio_api.desk import desk_of
from minidemo.server.gradio_api.talking import handler
from minidemo.server.services import USER, Services
from minidemo.server.wire import requests, responses
from minidemo.stores.owner import Owner

BEAT = 15.0


@handler
async def cancel(request: Request, shared: Services) -> Response:
    """Stop a call of the session's; of others, and of those that are over, nothing is told."""
    asked = await talking.read(request, shared, shapes.Cancel)
    owner = Owner(asked.session_hash, request.scope.get(USER))
    job = shared.runner.get(asked.event_id)
    if job is not None and job.context.owner == owner:
        desk_of(shared).channels.cancel(owner, asked.event_id)
        job.stop()
    return responses.answer({"success": True})


@handler
async def reset(request: Request, shared: Services) -> Response:
    """Take note that a client has noticed that a call was stopped."""
    desk_of(shared).channels.reset((await talking.read(request, shared, shapes.Reset)).event_id)
    return responses.answer({"success": True})


@handler
async def heartbeat(request: Request, shared: Services) -> Response:
    """Keep what is kept of a session for as long as its client is there."""
    asked = requests.check(shapes.Stream, {"session_hash": request.path_params["session"]})
    return talking.stream(beats(shared.runner, Owner(asked.session_hash, request.scope.get(USER))))


async def beats(runner: Runner, owner: Owner, beat: float = BEAT) -> AsyncIterator[bytes]:
    """Say again and again that the server is there, as the client is."""
    while True:
        runner.remember(owner)
        yield b"data: ALIVE\n\n"
        await asyncio.sleep(beat)
