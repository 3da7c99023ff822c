"""Event streams of jobs and runs."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

from minidemo.content.json_diff import changes
from minidemo.context.alerts import Message
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine.job import Job
from minidemo.errors import Defect, VisitorError
from minidemo.i18n import translate
from minidemo.schemas.calls import (
    ErrorEvent,
    LogEvent,
    PartialEvent,
    PredictResponse,
    ProgressEvent,
    ProgressStep,
    QueuedEvent,
    ResultEvent,
    RunEvent,
)
from minidemo.server.services import Services
from minidemo.server.wire import responses
from minidemo.stores.links import SharedRun
from minidemo.stores.runs import Run

logger = logging.getLogger("minidemo")
RENDER_INTERVAL = 0.1
"""Seconds between events with outputs that the server renders."""


async def job_events(services: Services, job: Job, share: SharedRun | None = None) -> AsyncIterator[bytes]:
    """Yield the events of a job until it ends.

    With a `share`, they are about the copy for the visitor who opened the link.
    """
    if share is None:
        yield responses.event("run", RunEvent(run=job.id))
    writer = _EventWriter(services, job, share)
    try:
        async for _ in job.changes():
            for event in writer.pending():
                yield event
            if (partial := await writer.partial()) is not None:
                yield partial
                await asyncio.sleep(writer.interval)
        yield await run_event(services, job.run, share) if job.run else _error_event(job.refusal or Defect())
    except Exception:
        logger.exception("A run could not be answered")
        yield _error_event(Defect())


async def run_event(services: Services, run: Run, share: SharedRun | None = None) -> bytes:
    """Return the last event of a run.

    With a `share`, a copy of the run is stored for its owner first.
    """
    if share is not None:
        services.runs.add(copy := share.run(run), same_age_as=run)
        run = copy
    if run.message is not None:
        return responses.event("error", ErrorEvent(run=run.id, message=translate(run.message), field=None))
    data = services.files.publish(run.outputs, run.owner)
    html = await _render(services, services.page.endpoint(run.endpoint), dict(enumerate(data)))
    if not html:
        result = PredictResponse(run=run.id, data=data, duration=run.duration)
    else:
        result = ResultEvent(run=run.id, data=data, duration=run.duration, html=html)
    return responses.event("result", result)


class _EventWriter:
    """Writes the new events of a job for one client."""

    def __init__(self, services: Services, job: Job, share: SharedRun | None) -> None:
        self._services = services
        self._job = job
        self._share = share
        self._queue_position: object = None
        self._steps: object = ()
        self._messages = 0
        self._outputs: object = None
        self._data: list[Any] = [None] * len(job.endpoint.outputs)
        self.interval = RENDER_INTERVAL if any(component.renders for component in job.endpoint.outputs) else 0

    def pending(self) -> Iterator[bytes]:
        """Yield new events about the queue position, the progress and messages."""
        job = self._job
        if job.queue_position is not None and job.queue_position is not self._queue_position:
            self._queue_position = job.queue_position
            yield responses.event("queued", QueuedEvent(position=job.queue_position[0], eta=job.queue_position[1]))
        if job.steps is not self._steps:
            self._steps = job.steps
            yield responses.event("progress", _progress_event(job))
        for message in job.messages[self._messages :]:
            self._messages += 1
            yield responses.event("log", _log_event(message))

    async def partial(self) -> bytes | None:
        """Return an event with a generator's new outputs, or None."""
        job = self._job
        outputs = job.outputs
        if outputs is None or outputs is self._outputs or not job.endpoint.is_generator:
            return None
        if job.run is not None and job.run.message is None:  # the last event has these outputs
            return None
        self._outputs = outputs
        data = self._services.files.publish(self._share.outputs(outputs) if self._share else outputs, job.context.owner)
        edits = [list(changes(before, after)) for before, after in zip(self._data, data, strict=True)]
        html = await _render(self._services, job.endpoint, {i: data[i] for i, edit in enumerate(edits) if edit})
        self._data = data
        return responses.event("partial", PartialEvent.model_construct(changes=edits, html=html))


async def _render(services: Services, endpoint: Endpoint, data: Mapping[int, Any]) -> dict[int, str]:
    """Return the HTML of rendered outputs, by their index."""
    if not any(endpoint.outputs[i].renders for i in data):
        return {}
    return await asyncio.to_thread(services.renderer.values, endpoint.outputs, data)  # can take long


def _progress_event(job: Job) -> ProgressEvent:
    steps = [ProgressStep(done=s.done, total=s.total, unit=s.unit, share=s.share, text=s.text) for s in job.steps]
    return ProgressEvent(steps=steps)


def _log_event(message: Message) -> LogEvent:
    return LogEvent(
        level=message.level, message=message.text, title=translate(message.title), duration=message.duration
    )


def _error_event(error: VisitorError) -> bytes:
    return responses.event("error", ErrorEvent(run=None, message=translate(error.message), field=error.field))
