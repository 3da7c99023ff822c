"""Calls with unread results."""

import time
from collections.abc import Callable

from minidemo.engine.job import Job
from minidemo.stores.runs import Run, weigh
from minidemo.utils.lru import LRU

MAX_JOBS = 2_000
MAX_BYTES = 64 * 2**20
MAX_AGE = 600.0


class PendingResults:
    """Stores at most 2,000 unread calls, 64 MB, for ten minutes.

    `clock` returns monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._jobs: LRU[str, tuple[Job, float]] = LRU(MAX_JOBS, on_remove=lambda id, _: self._sizes.pop(id))
        self._sizes: LRU[str, None] = LRU(max_weight=MAX_BYTES, on_remove=lambda id, _: self._jobs.pop(id))

    def add(self, job: Job) -> None:
        """Add a call, in place of the oldest of the client with the most if full."""
        self._jobs.put(job.id, (job, self._clock()), share=job.context.client)
        while self._age(oldest := self._jobs.oldest()) > MAX_AGE:
            self._jobs.pop(oldest[0])

    def get(self, id: str) -> Job | None:
        """Return an unread call, or None if it has expired."""
        job, _ = self._jobs.get(id) or (None, 0.0)
        return job

    def forget(self, id: str) -> None:
        """Remove a call."""
        self._jobs.pop(id)

    async def note(self, run: Run) -> None:
        """Note the size of a finished call, which can displace others."""
        if run.id in self._jobs:
            size = weigh(run.inputs) + weigh(run.outputs)
            self._sizes.put(run.id, None, weight=size, share=run.client, cost=size)

    def _age(self, entry: tuple[str, tuple[Job, float]]) -> float:
        return self._clock() - entry[1][1]
