"""Batches: calls that wait are made together, by a function that takes lists."""

from collections.abc import Sequence
from typing import Any

from minidemo.context.alerts import Message, Step, Stopped
from minidemo.endpoints.endpoint import Endpoint
from minidemo.engine.job import Job
from minidemo.errors import OutputError


class Batch:
    """The calls of one endpoint that wait; whose turn comes makes those of the others as well."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._waiting: list[Job] = []

    def join(self, job: Job) -> None:
        """Wait with the others."""
        self._waiting.append(job)

    def leave(self, job: Job) -> None:
        """Wait no longer."""
        self._waiting = [other for other in self._waiting if other is not job]

    def take(self, job: Job) -> list[Job]:
        """Return the calls to make now, with this one as the first; none if another has made it."""
        if job.taken:
            return []
        others = [other for other in self._waiting if other is not job]
        taken = [job, *others[: self._size - 1]]
        self._waiting = others[self._size - 1 :]
        for each in taken:
            each.taken = True
        return taken


class Audience:
    """All whose calls are made at once hear what the function says."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs

    def say(self, message: Message) -> None:
        """Take a message to each."""
        for job in self._jobs:
            job.say(message)

    def progress(self, steps: Sequence[Step]) -> None:
        """Tell each how far the function is; it goes on as long as anybody waits for it."""
        going = [job for job in self._jobs if not job.stopped]
        if not going:
            raise Stopped
        for job in going:
            job.progress(steps)


def columns(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Return a list for each input, of the values of some calls."""
    return [list(column) for column in zip(*rows, strict=True)]


def rows(endpoint: Endpoint, result: Any, count: int) -> list[Any]:
    """Return what each of some calls has given, of a result that has a list for each output; raise `OutputError`."""
    lists = len(endpoint.outputs)
    fits = isinstance(result, tuple | list) and len(result) == lists
    if not fits or not all(isinstance(each, tuple | list) and len(each) == count for each in result):
        raise OutputError(
            f"{endpoint.title}: the function must return a tuple with a list of {count} values for each of its "
            f"{lists} outputs, since batch=True, but it returned {result!r:.60}."
        )
    return [each[0] if lists == 1 else each for each in zip(*result, strict=True)]
