"""Messages to a client about one of its calls."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from minidemo.components.base import Held
from minidemo.content.json_diff import changes
from minidemo.context.alerts import Message, Step
from minidemo.engine.job import Job
from minidemo.errors import Defect, VisitorError
from minidemo.i18n import translate
from minidemo.stores.owner import Owner
from minidemo.stores.runs import Run

Payload: TypeAlias = dict[str, Any]
Publish: TypeAlias = Callable[[Held, Owner], Any]
"""Replaces files by their `FileData`."""


class EventWriter:
    """Writes the new messages of a call for its client.

    Programs can count a function's values, so each is sent as far as the backlog goes: the first in full, the others
    as changes.
    """

    def __init__(self, job: Job, *, ready: float = 0.0) -> None:
        self.job = job
        self.ready = ready
        """Time from which the client listens, in the event loop's seconds."""
        self.ends_at: float | None = None
        """Time at which a stopped call ends for the client."""
        self._queue_position: object = None
        self._has_begun = False
        self._steps: object = ()
        self._messages = 0
        self._data: list[Any] | None = None

    def pending(self, publish: Publish) -> Iterator[Payload]:
        """Yield the new messages."""
        job = self.job
        if job.queue_position is not None and job.queue_position is not self._queue_position and not job.has_started:
            self._queue_position = job.queue_position
            rank, eta = job.queue_position
            yield self._payload("estimation", rank=rank, queue_size=rank + 1, rank_eta=eta)
        if job.has_started and not self._has_begun:
            self._has_begun = True
            yield self._payload("process_starts", eta=None)
        if job.steps is not self._steps:
            self._steps = job.steps
            yield self._payload("progress", progress_data=[_step(step) for step in job.steps])
        for message in job.messages[self._messages :]:
            self._messages += 1
            yield self._payload("log", **_log(message))
        for outputs in job.backlog.take() if job.backlog is not None else ():
            data = publish(outputs, job.context.owner)
            yield self._payload(
                "process_generating", output=output(self._edits(data), 0.0, is_generating=True), success=True
            )

    def is_over(self, now: float) -> bool:
        """Tell whether only the last message is left."""
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
        return self._payload("process_completed", output=result, success=success, **title)

    def _payload(self, name: str, **more: Any) -> Payload:
        return {"msg": name, "event_id": self.job.id} | more

    def _edits(self, data: list[Any]) -> list[Any]:
        before, self._data = self._data, data
        return data if before is None else [list(changes(*pair)) for pair in zip(before, data, strict=True)]


def output(data: list[Any], seconds: float, *, is_generating: bool = False) -> Payload:
    """Return a function's values as clients read them."""
    return {
        "data": data,
        "is_generating": is_generating,
        "duration": seconds,
        "average_duration": seconds,
        "render_config": None,
        "changed_state_ids": [],
    }


def failure(error: Run | VisitorError) -> Payload:
    """Return an error as clients read it."""
    if isinstance(error, VisitorError):
        return {"error": translate(error.message)}
    if error.raised is None:
        return {"error": translate(error.message or "")}
    message, title, duration, visible = error.raised
    return {"error": translate(message), "title": title, "duration": duration, "visible": visible}


def _step(step: Step) -> Payload:
    return {"index": step.done, "length": step.total, "unit": step.unit, "progress": step.share, "desc": step.text}


def _log(message: Message) -> Payload:
    return {
        "log": message.text,
        "level": message.level,
        "duration": message.duration,
        "visible": True,
        "title": translate(message.title),
    }
