"""Messages to a client about one of its calls, in order."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from minidemo.components.base import Held
from minidemo.content.json_diff import changes
from minidemo.context.alerts import Message, Step
from minidemo.engine.job import Job
from minidemo.errors import Defect, VisitorError
from minidemo.i18n import said
from minidemo.stores.owner import Owner
from minidemo.stores.runs import Run

Payload: TypeAlias = dict[str, Any]
Publish: TypeAlias = Callable[[Held, Owner], Any]
"""Puts the objects that name files in the place of the files."""


class EventWriter:
    """Writes the events of a call that its client has not got yet.

    Every value that a function yields is told, as far as the backlog goes: programs may count them. The first is told
    as it is, those after it by what has changed.
    """

    def __init__(self, job: Job, *, ready: float = 0.0) -> None:
        self.job = job
        self.ready = ready
        """From when on the client listens, in the seconds of the event loop."""
        self.ends_at: float | None = None
        """When a call that was stopped is over for the client."""
        self._place: object = None
        self._begun = False
        self._steps: object = ()
        self._messages = 0
        self._data: list[Any] | None = None

    def pending(self, publish: Publish) -> Iterator[Payload]:
        """Yield what is new."""
        job = self.job
        if job.queue_position is not None and job.queue_position is not self._place and not job.has_started:
            self._place = job.queue_position
            rank, eta = job.queue_position
            yield self._say("estimation", rank=rank, queue_size=rank + 1, rank_eta=eta)
        if job.has_started and not self._begun:
            self._begun = True
            yield self._say("process_starts", eta=None)
        if job.steps is not self._steps:
            self._steps = job.steps
            yield self._say("progress", progress_data=[_step(step) for step in job.steps])
        for message in job.messages[self._messages :]:
            self._messages += 1
            yield self._say("log", **_log(message))
        for outputs in job.backlog.take() if job.backlog is not None else ():
            data = publish(outputs, job.context.owner)
            yield self._say("process_generating", output=output(self._changed(data), 0.0, goes_on=True), success=True)

    def is_over(self, now: float) -> bool:
        """Tell whether there is nothing more to come than the last message."""
        return self.job.done if self.ends_at is None else now >= self.ends_at

    def last(self, publish: Publish) -> Payload:
        """Return the last message."""
        job = self.job
        if self.ends_at is not None:
            result, success = output([None] * len(job.endpoint.outputs), job.duration), True
        elif job.run is not None and job.run.message is None:
            result, success = output(publish(job.run.outputs, job.run.owner), job.run.duration), True
        else:
            result, success = failure(job.run or job.refusal or Defect()), False
        title = {} if success else {"title": result.get("title", "Error")}
        return self._say("process_completed", output=result, success=success, **title)

    def _say(self, what: str, **more: Any) -> Payload:
        return {"msg": what, "event_id": self.job.id} | more

    def _changed(self, data: list[Any]) -> list[Any]:
        before, self._data = self._data, data
        return data if before is None else [list(changes(*pair)) for pair in zip(before, data, strict=True)]


def output(data: list[Any], seconds: float, *, goes_on: bool = False) -> Payload:
    """Return what the function gave, as clients read it."""
    return {
        "data": data,
        "is_generating": goes_on,
        "duration": seconds,
        "average_duration": seconds,
        "render_config": None,
        "changed_state_ids": [],
    }


def failure(what: Run | VisitorError) -> Payload:
    """Return what went wrong: the words that are for visitors."""
    if isinstance(what, VisitorError):
        return {"error": said(what.message)}
    if what.raised is None:
        return {"error": said(what.message or "")}
    message, title, duration, visible = what.raised
    return {"error": said(message), "title": title, "duration": duration, "visible": visible}


def _step(step: Step) -> Payload:
    return {"index": step.done, "length": step.total, "unit": step.unit, "progress": step.share, "desc": step.text}


def _log(message: Message) -> Payload:
    return {
        "log": message.text,
        "level": message.level,
        "duration": message.duration,
        "visible": True,
        "title": said(message.title),
    }
