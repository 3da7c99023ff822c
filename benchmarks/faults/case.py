"""A case: one folder, the workers that flag into it, and the judgement in the end."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.faults import acks, goals
from benchmarks.faults.crew import Crew
from benchmarks.faults.job import Job
from benchmarks.faults.tally import Tally

PATIENCE = 30.0
"""How long something may take that is to be seen, in seconds."""
SLOW = 1.0
"""How long a recovery may take, in seconds, where there are not many rows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One folder and its workers; `place` holds the folder, and beside it what the workers noted."""

    crew: Crew
    place: Path

    @property
    def folder(self) -> Path:
        """Where the flags go."""
        return self.place / "flagged"

    @property
    def log(self) -> Path:
        """What the workers noted."""
        return self.place / "said"

    @property
    def said(self) -> acks.Said:
        """All that the workers said so far."""
        return acks.read(self.log)

    def job(self, **details: Any) -> Job:
        """Describe a job in this folder."""
        return replace(Job(folder=str(self.folder), log=str(self.log)), **details)

    def flag(self, **details: Any) -> list[acks.Ack]:
        """Let a new process store flags, and return what was acknowledged."""
        before = len(self.said.acks)
        self.crew.run(self.job(**details))
        return list(self.said.acks[before:])

    def see_acks(self, count: int = 3, *, since: int = 0) -> bool:
        """Wait for acknowledgements of flags that were asked for after a time (monotonic, ns)."""
        return _seen(lambda: sum(ack.asked > since for ack in self.said.acks) >= count)

    def see_refusals(self) -> bool:
        """Wait for a refusal."""
        return _seen(lambda: bool(self.said.refusals))

    def see_end(self, worker: int) -> bool:
        """Wait for the end of a worker, and kill one that hangs."""
        ended = _seen(lambda: not self.crew.alive(worker))
        if not ended:
            self.crew.kill(worker)
        return ended

    def recover(self, tally: Tally, **details: Any) -> None:
        """Open the folder with a new process that stores one more flag; that must work, and soon."""
        stored = self.flag(name="recovery", first=len(self.said.acks) + len(self.said.refusals), **details)
        tally.expect(stored, "the next flag was refused")
        tally.expect_soon(not stored or stored[0].seconds < SLOW, f"the next flag took over {SLOW:.0f} s")

    def judge(self, tally: Tally, *, recover: bool = True, **details: Any) -> Tally:
        """Recover, check the standing goals, and count them in; a folder without a breach is removed."""
        if recover:
            self.recover(tally, **details)
        found = goals.check(self.folder, self.said, self.crew.subject)
        tally.add(found)
        if found.kept and not tally.complaints:
            shutil.rmtree(self.place, ignore_errors=True)
        return found


def _seen(look: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(0.002)
    return found
