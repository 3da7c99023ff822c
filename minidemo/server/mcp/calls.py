"""Calls: a tool is called by the same runner as the page's Submit, and its results are what an agent reads."""

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
from minidemo.server.mcp.arguments import Intake, data_of
from minidemo.server.mcp.content import MAX_STREAMED, MAX_WHOLE, Showing
from minidemo.server.mcp.messages import Call, Message
from minidemo.server.mcp.meter import Meter
from minidemo.server.mcp.tools import tool_of
from minidemo.server.routes import page
from minidemo.server.routes.predict import STREAM, UNBUFFERED, visit_of
from minidemo.server.services import USER, Services
from minidemo.stores.owner import Owner

logger = logging.getLogger("minidemo")


async def answered(request: Request, shared: Services, message: Message) -> Response:
    """Call a tool, and return the answer: with a token for progress as a stream, else all at once."""
    call = messages.call_of(message)
    try:
        job = await _job(request, shared, call)
    except VisitorError as error:
        return messages.answer(message, _failed(error.message))
    shared.runner.start(job)
    if call.meta.token is not None and STREAM in request.headers.get("accept", ""):
        told = _told(request, shared, job, message)
        return StreamingResponse(told, media_type=STREAM, headers=UNBUFFERED)
    async with _wanted(request, job):
        async for _ in job.changes():
            pass
    return messages.answer(message, await _result(request, shared, job, MAX_WHOLE))


async def _job(request: Request, shared: Services, call: Call) -> Job:
    address = page.address(request)
    tool = tool_of(shared.page, address, call.name)
    owner = Owner(None, request.scope.get(USER))
    intake = Intake(files=shared.files, owner=owner, limit=shared.limits.file, address=address)
    data = await asyncio.to_thread(data_of, tool, call.arguments, intake, shared.renderer)
    return shared.runner.job(tool.endpoint, data, visit_of(request, tool.endpoint, None))


async def _told(request: Request, shared: Services, job: Job, message: Message) -> AsyncIterator[bytes]:
    """Yield how far the function is, and at the end its results."""
    token, meter = messages.call_of(message).meta.token, Meter()
    async with _wanted(request, job):
        async for _ in job.changes():
            if reading := meter.read(job.steps):
                params = {"progressToken": token} | reading
                yield messages.event({"jsonrpc": "2.0", "method": "notifications/progress", "params": params})
    yield messages.event(messages.reply(message, await _result(request, shared, job, MAX_STREAMED)))


@asynccontextmanager
async def _wanted(request: Request, job: Job) -> AsyncIterator[None]:
    """Stop a job as soon as the agent goes away: nobody could come back for its result."""
    watcher = asyncio.create_task(_watch(request, job))
    try:
        yield
    finally:
        watcher.cancel()
        job.stop()  # which does nothing to a job that is over


async def _watch(request: Request, job: Job) -> None:
    await request.receive()  # which, after the body, can only tell that nobody is there any longer
    job.stop()


async def _result(request: Request, shared: Services, job: Job, room: int) -> dict[str, Any]:
    """Return the result of a call that is over; one that failed is a result, too, or no model would hear of it."""
    run, said_meanwhile = job.run, content.of_messages(job.messages)
    if run is None:
        return _failed((job.refusal or Defect()).message, said_meanwhile)
    if run.message is not None:
        return _failed(run.message, said_meanwhile)
    showing = Showing(files=shared.files, owner=run.owner, address=page.address(request), room=room)
    try:
        found = await asyncio.to_thread(showing.of_run, run.endpoint, run.outputs)
    except Exception:
        logger.exception("A run could not be answered")
        return _failed(Defect().message)
    return {"content": [*found, *said_meanwhile], "isError": False}


def _failed(message: str, more: list[dict[str, str]] | None = None) -> dict[str, Any]:
    return {"content": [content.text(translate(message)), *(more or [])], "isError": True}
