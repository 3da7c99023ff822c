"""Calls of tools, by the same runner as the page's."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from minidemo.engine.job import Job
from minidemo.errors import Defect, VisitorError
from minidemo.i18n import translate
from minidemo.server.mcp import content, messages
from minidemo.server.mcp.arguments import FileReceiver, call_data
from minidemo.server.mcp.content import MAX_STREAMED, MAX_WHOLE, ContentWriter
from minidemo.server.mcp.messages import Call, Message
from minidemo.server.mcp.meter import ProgressMeter
from minidemo.server.mcp.tools import tool_of
from minidemo.server.routes import page
from minidemo.server.routes.predict import STREAM, UNBUFFERED, call_context
from minidemo.server.services import Services, client_of, user_of
from minidemo.stores.owner import Owner

logger = logging.getLogger("minidemo")


async def respond(request: Request, services: Services, message: Message) -> Response:
    """Call a tool; return a stream if the agent asks for progress."""
    call = messages.call_of(message)
    try:
        job = await _create_job(request, services, call)
    except VisitorError as error:
        return messages.result_response(message, _error_result(error.message))
    services.runner.start(job)
    if call.meta.token is not None and STREAM in request.headers.get("accept", ""):
        events = _events(request, services, job, message)
        return StreamingResponse(events, media_type=STREAM, headers=UNBUFFERED)
    async with _stop_on_disconnect(request, job):
        async for _ in job.changes():
            pass
    return messages.result_response(message, await _result(request, services, job, MAX_WHOLE))


async def _create_job(request: Request, services: Services, call: Call) -> Job:
    address = page.address(request)
    tool = tool_of(services.page, address, call.name)
    owner = Owner(None, user_of(request), client_of(request))
    receiver = FileReceiver(files=services.files, owner=owner, limit=services.limits.file, address=address)
    data = await asyncio.to_thread(call_data, tool, call.arguments, receiver, services.renderer)
    return services.runner.job(tool.endpoint, data, call_context(request, tool.endpoint, None))


async def _events(request: Request, services: Services, job: Job, message: Message) -> AsyncIterator[bytes]:
    """Yield progress notifications, and the result at the end."""
    token, meter = messages.call_of(message).meta.token, ProgressMeter()
    async with _stop_on_disconnect(request, job):
        async for _ in job.changes():
            if reading := meter.read(job.steps):
                params = {"progressToken": token} | reading
                yield messages.event({"jsonrpc": "2.0", "method": "notifications/progress", "params": params})
    yield messages.event(messages.result_message(message, await _result(request, services, job, MAX_STREAMED)))


@asynccontextmanager
async def _stop_on_disconnect(request: Request, job: Job) -> AsyncIterator[None]:
    """Stop a job when the agent disconnects."""
    watcher = asyncio.create_task(_wait_disconnect(request, job))
    try:
        yield
    finally:
        watcher.cancel()
        job.stop()  # no effect on a finished job


async def _wait_disconnect(request: Request, job: Job) -> None:
    await request.receive()  # after the body, the only message is the disconnect
    job.stop()


async def _result(request: Request, services: Services, job: Job, budget: int) -> dict[str, Any]:
    """Return the result of a finished call, also of a failed one.

    Models do not see protocol errors.
    """
    run, alerts = job.run, content.message_content(job.messages)
    if run is None:
        return _error_result((job.refusal or Defect()).message, alerts)
    if run.message is not None:
        return _error_result(run.message, alerts)
    writer = ContentWriter(files=services.files, owner=run.owner, address=page.address(request), budget=budget)
    try:
        items = await asyncio.to_thread(writer.run_content, services.page.endpoint(run.endpoint), run.outputs)
    except Exception:
        logger.exception("A run could not be answered")
        return _error_result(Defect().message)
    return {"content": [*items, *alerts], "isError": False}


def _error_result(message: str, more: list[dict[str, str]] | None = None) -> dict[str, Any]:
    return {"content": [content.text(translate(message)), *(more or [])], "isError": True}
