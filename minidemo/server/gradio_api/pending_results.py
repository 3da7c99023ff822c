"""PendingResults: calls whose results were not read yet."""

import time
from collections import OrderedDict
from collections.abc import Callable

from minidemo.engine.job import Job
from minidemo.stores.runs import Run, weigh

MAX_JOBS = 2_000
MAX_BYTES = 64 * 2**20
MAX_AGE = 600.0


class PendingResults:
    """Keeps calls until they are read: at most 2,000 calls, 64 MB of values, ten minutes.

    `clock` tells seconds, and never goes back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._jobs: OrderedDict[str, tuple[Job, float]] = OrderedDict()
        self._sizes: dict[str, int] = {}
        self._bytes = 0

    def add(self, job: Job) -> None:
        """Keep a call; the oldest makes room for it."""
        self._jobs[job.id] = job, self._clock()
        while len(self._jobs) > MAX_JOBS or self._first_is_old():
            self.forget(next(iter(self._jobs)))

    def get(self, id: str) -> Job | None:
        """Return a call that nobody has read to its end, if it is still kept."""
        return self._jobs[id][0] if id in self._jobs else None

    def forget(self, id: str) -> None:
        """Keep a call no longer."""
        self._jobs.pop(id, None)
        self._bytes -= self._sizes.pop(id, 0)

    async def note(self, run: Run) -> None:
        """Note how much a call takes, now that it is over; others may have to make room."""
        if run.id not in self._jobs:
            return
        self._sizes[run.id] = weigh(run.inputs) + weigh(run.outputs)
        self._bytes += self._sizes[run.id]
        while self._bytes > MAX_BYTES and len(self._sizes) > 1:
            self.forget(next(iter(self._sizes)))

    def _first_is_old(self) -> bool:
        _, since = next(iter(self._jobs.values()))
        return self._clock() - since > MAX_AGE
