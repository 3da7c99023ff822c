"""Batches: waiting calls that one call of the function answers."""

from collections.abc import Sequence
from typing import Any

from minidemo.context.alerts import Cancelled, Message, Step
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine.job import Job
from minidemo.errors import OutputError
from minidemo.utils.sequences import to_list


class Batch:
    """The waiting calls of one endpoint, answered together."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._waiting: list[Job] = []

    def join(self, job: Job) -> None:
        """Add a waiting call."""
        self._waiting.append(job)

    def leave(self, job: Job) -> None:
        """Remove a waiting call."""
        self._waiting = [other for other in self._waiting if other is not job]

    def take(self, job: Job) -> list[Job]:
        """Remove and return the calls of a batch, this one first."""
        if job.batched:
            return []
        others = [other for other in self._waiting if other is not job]
        batch = [job, *others[: self._size - 1]]
        self._waiting = others[self._size - 1 :]
        for each in batch:
            each.batched = True
        return batch


class BatchListener:
    """Sends the alerts of a batch to each of its calls."""

    visitor = None
    """The calls may be of several page loads."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs

    def send(self, message: Message) -> None:
        """Send a message to each call."""
        for job in self._jobs:
            job.send(message)

    def progress(self, steps: Sequence[Step]) -> None:
        """Report progress to each call; all must stop to end it."""
        active = [job for job in self._jobs if not job.stopped]
        if not active:
            raise Cancelled
        for job in active:
            job.progress(steps)


def columns(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Return one list of values per input."""
    return [list(column) for column in zip(*rows, strict=True)]


def rows(endpoint: Endpoint, result: Any, count: int) -> list[Any]:
    """Return one result per call, or raise `OutputError`."""
    lists = len(endpoint.outputs)
    answers = [to_list(each) or [] for each in to_list(result) or ()]
    if len(answers) != lists or any(len(answer) != count for answer in answers):
        raise OutputError(
            f"{endpoint.title}: the function must return a tuple with a list of {count} values for each of its "
            f"{lists} outputs, since batch=True, but it returned {result!r:.60}."
        )
    return [each[0] if lists == 1 else each for each in zip(*answers, strict=True)]
