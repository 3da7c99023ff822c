"""POST /predict: run an endpoint, answered as JSON or as a stream of events."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from minidemo.components.base import Component
from minidemo.endpoint import Endpoint
from minidemo.errors import VisitorError
from minidemo.queue import Notify
from minidemo.runner import ignore
from minidemo.runs import Run
from minidemo.schemas import ErrorEvent, PredictRequest, PredictResponse, QueuedEvent, ResultEvent
from minidemo.server import answers, bodies, openapi
from minidemo.server.services import Services, Shared

router = APIRouter()
logger = logging.getLogger("minidemo")
STREAM = "text/event-stream"
UNBUFFERED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Proxies are asked to hand events on as they come."""


@router.post(
    "/predict",
    responses=openapi.gives(200, PredictResponse, "What the function returned, for each output."),
    openapi_extra=openapi.takes(PredictRequest),
)
async def predict(request: Request, shared: Shared) -> Response:
    """Run an endpoint on one value for each of its inputs; with `Accept: text/event-stream` the wait is told too."""
    call = await bodies.parse(request, PredictRequest, shared.limits.json)
    endpoint = shared.page.endpoint(call.endpoint)
    endpoint.check_length(call.data)
    if STREAM in request.headers.get("accept", ""):
        return StreamingResponse(_stream(shared, endpoint, call), media_type=STREAM, headers=UNBUFFERED)
    run = await _run(shared, endpoint, call)
    if run.message is not None:
        return answers.error(500, run.message, run=run.id)
    return answers.answer(_result(shared, run))


async def _run(shared: Services, endpoint: Endpoint, call: PredictRequest, notify: Notify = ignore) -> Run:
    run = await shared.runner.run(endpoint, call.data, session=call.session, notify=notify)
    await shared.flagger.flag_automatically(run)
    return run


def _result(shared: Services, run: Run) -> PredictResponse:
    data = shared.files.publish(run.outputs, run.session)
    return PredictResponse.model_construct(run=run.id, data=data, duration=run.duration)


async def _rendered(shared: Services, run: Run) -> PredictResponse:
    """Return the answer, with the HTML of the outputs that are shown as HTML: made in a thread, for it may be much."""
    result = _result(shared, run)
    pairs = zip(run.endpoint.outputs, result.data, strict=True)
    wanted = {i: pair for i, pair in enumerate(pairs) if pair[0].renders}
    if not wanted:
        return result
    html = await asyncio.to_thread(_html, shared, wanted)
    return ResultEvent.model_construct(run=result.run, data=result.data, duration=result.duration, html=html)


def _html(shared: Services, wanted: dict[int, tuple[Component, Any]]) -> dict[int, str]:
    return {i: str(shared.renderer.value(component, value)) for i, (component, value) in wanted.items()}


async def _stream(shared: Services, endpoint: Endpoint, call: PredictRequest) -> AsyncIterator[bytes]:
    """Yield the events as they happen; the work goes on if nobody reads them any longer."""
    events: asyncio.Queue[bytes | None] = asyncio.Queue()
    work = asyncio.create_task(_work(shared, endpoint, call, events))
    shared.background.add(work)
    work.add_done_callback(shared.background.discard)
    while (event := await events.get()) is not None:
        yield event


async def _work(
    shared: Services, endpoint: Endpoint, call: PredictRequest, events: "asyncio.Queue[bytes | None]"
) -> None:
    def queued(position: int, eta: float | None) -> None:
        events.put_nowait(answers.event("queued", QueuedEvent(position=position, eta=eta)))

    try:
        run = await _run(shared, endpoint, call, queued)
        if run.message is not None:
            events.put_nowait(answers.event("error", ErrorEvent(run=run.id, message=run.message, field=None)))
        else:
            events.put_nowait(answers.event("result", await _rendered(shared, run)))
    except VisitorError as error:
        events.put_nowait(answers.event("error", ErrorEvent(run=None, message=error.message, field=error.field)))
    except Exception:
        logger.exception("A run could not be answered")
        events.put_nowait(answers.event("error", ErrorEvent(run=None, message=answers.DEFECT, field=None)))
    finally:
        events.put_nowait(None)
