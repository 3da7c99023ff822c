"""Events: what those who follow a job are told."""

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
from minidemo.stores.links import Lent
from minidemo.stores.runs import Run

logger = logging.getLogger("minidemo")
PACE = 0.1
"""How many seconds lie between two events with outputs that the server renders: to render a text takes long."""


async def of_job(shared: Services, job: Job, lent: Lent | None = None) -> AsyncIterator[bytes]:
    """Yield the events of a job as they happen, from what it has come to until it is over; it may be `lent`."""
    if lent is None:
        yield responses.event("run", RunEvent(run=job.id))
    teller = _Teller(shared, job, lent)
    try:
        async for _ in job.changes():
            for event in teller.news():
                yield event
            if (partial := await teller.partial()) is not None:
                yield partial
                await asyncio.sleep(teller.pace)
        yield await of_run(shared, job.run, lent) if job.run else _refused(job.refusal or Defect())
    except Exception:
        logger.exception("A run could not be answered")
        yield _refused(Defect())


async def of_run(shared: Services, run: Run, lent: Lent | None = None) -> bytes:
    """Return the last event of a run; where it is `lent`, there is another one for the visitor who sees it."""
    if lent is not None:
        shared.runs.add(own := lent.run(run), like=run)
        run = own
    if run.message is not None:
        return responses.event("error", ErrorEvent(run=run.id, message=translate(run.message), field=None))
    data = shared.files.publish(run.outputs, run.owner)
    html = await _rendered(shared, run.endpoint, dict(enumerate(data)))
    if not html:
        result = PredictResponse.model_construct(run=run.id, data=data, duration=run.duration)
    else:
        result = ResultEvent.model_construct(run=run.id, data=data, duration=run.duration, html=html)
    return responses.event("result", result)


class _Teller:
    """Knows what one follower was told, and tells it the rest."""

    def __init__(self, shared: Services, job: Job, lent: Lent | None) -> None:
        self._shared = shared
        self._job = job
        self._lent = lent
        self._place: object = None
        self._steps: object = ()
        self._messages = 0
        self._outputs: object = None
        self._data: list[Any] = [None] * len(job.endpoint.outputs)
        self.pace = PACE if any(component.renders for component in job.endpoint.outputs) else 0

    def news(self) -> Iterator[bytes]:
        """Yield what is new of the wait, the progress, and what was said."""
        job = self._job
        if job.place is not None and job.place is not self._place:
            self._place = job.place
            yield responses.event("queued", QueuedEvent(position=job.place[0], eta=job.place[1]))
        if job.steps is not self._steps:
            self._steps = job.steps
            yield responses.event("progress", _progress(job))
        for message in job.messages[self._messages :]:
            self._messages += 1
            yield responses.event("log", _log(message))

    async def partial(self) -> bytes | None:
        """Return what the function has given since, if it is one that goes on."""
        job = self._job
        outputs = job.outputs
        if outputs is None or outputs is self._outputs or not job.endpoint.is_generator:
            return None
        if job.run is not None and job.run.message is None:  # the last event holds all of it
            return None
        self._outputs = outputs
        data = self._shared.files.publish(self._lent.outputs(outputs) if self._lent else outputs, job.visit.owner)
        told = [list(changes(before, after)) for before, after in zip(self._data, data, strict=True)]
        html = await _rendered(self._shared, job.endpoint, {i: data[i] for i, made in enumerate(told) if made})
        self._data = data
        return responses.event("partial", PartialEvent.model_construct(changes=told, html=html))


async def _rendered(shared: Services, endpoint: Endpoint, data: Mapping[int, Any]) -> dict[int, str]:
    """Return the HTML of those outputs that are shown as HTML: made in a thread, for it may be much."""
    if not any(endpoint.outputs[i].renders for i in data):
        return {}
    return await asyncio.to_thread(shared.renderer.values, endpoint.outputs, data)


def _progress(job: Job) -> ProgressEvent:
    steps = [ProgressStep(done=s.done, total=s.total, unit=s.unit, share=s.share, text=s.text) for s in job.steps]
    return ProgressEvent(steps=steps)


def _log(message: Message) -> LogEvent:
    return LogEvent(
        level=message.level, message=message.text, title=translate(message.title), duration=message.duration
    )


def _refused(error: VisitorError) -> bytes:
    return responses.event("error", ErrorEvent(run=None, message=translate(error.message), field=error.field))
