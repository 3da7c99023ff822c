"""Workers that are killed."""

import time

from benchmarks.faults import signals
from benchmarks.faults.arena import Arena
from benchmarks.faults.case import Case
from benchmarks.faults.job import Fault
from benchmarks.faults.scenario import scenario
from benchmarks.faults.tally import Tally

SOON = 0.1
"""How long a writer may wait for one that was killed, in seconds."""


@scenario("ST-1", "kill -9 at random", 200, "rounds of 4 processes x 50 flags with a picture", daily=6, gradio=200)
def kill_at_random(arena: Arena, size: int) -> Tally:
    """Kill four workers after 1 to 50 ms, open again, check."""
    tally = Tally()
    for _ in range(size):
        case = arena.case()
        workers = [arena.crew.spawn(case.job(name=f"w{i}", count=50)) for i in range(4)]
        time.sleep(arena.random.uniform(0.001, 0.05))
        for worker in workers:
            arena.crew.kill(worker)
        case.judge(tally)
    return tally


@scenario("crash-8x500", "kill -9 of one of 8 every 50 ms", 500, "flags of each of 8 processes", daily=6, gradio=100)
def kill_one_of_eight(arena: Arena, size: int) -> Tally:
    """Kill one of eight workers again and again, and start it anew, until each has its acknowledgements.

    Between two kills there is at least one acknowledgement, so that it comes to an end on the busiest machine.
    """
    case, tally, kills, before = arena.case(), Tally(), 0, 0
    shares = [_Share(case, f"w{i}", size) for i in range(8)]
    for share in shares:
        share.go_on()
    while at_work := [share for share in shares if share.left]:
        time.sleep(0.05)
        share, acked = arena.random.choice(at_work), len(case.said.acks)
        if acked > before or not share.alive:
            kills += share.interrupt()
            share.go_on()
            before = acked
    case.judge(tally)
    tally.expect(tally.acked == 8 * size + 1, "not all were acknowledged in the end")
    tally.facts.append(f"{kills} kills")
    return tally


class _Share:
    """A worker's share of the flags, which it goes on with whenever it was killed."""

    def __init__(self, case: Case, name: str, size: int) -> None:
        self.case, self.name, self.left = case, name, size
        self._size, self._lives, self._pid = size, 0, 0

    @property
    def alive(self) -> bool:
        """Tell whether the worker still runs."""
        return self.case.crew.alive(self._pid)

    def interrupt(self) -> bool:
        """Kill the worker, and tell whether it was alive."""
        alive = self.alive
        if alive:
            self.case.crew.kill(self._pid)
        return alive

    def go_on(self) -> None:
        """Start a new worker for what is left; its flags have new tokens, as a visitor's second try has."""
        done = sum(ack.token.startswith(f"{self.name}-") for ack in self.case.said.acks)
        self.left, self._lives = self._size - done, self._lives + 1
        if self.left:
            self._pid = self.case.crew.spawn(self.case.job(name=f"{self.name}-{self._lives}", count=self.left))


@scenario("ST-25", "lock holder killed", 100, "kills", daily=5, gradio=0)
def holder_killed(arena: Arena, size: int) -> Tally:
    """Kill a worker inside of a transaction; the one that waits for it must not wait for long."""
    tally, slowest = Tally(), 0.0
    for i in range(size):
        case = arena.case()
        case.flag(name="a", count=2)
        holder = arena.crew.spawn(case.job(name="b", faults=[Fault(call="fsync", how="stop", when=1 + i % 3)]))
        tally.expect(signals.wait_until_stopped(holder), "nobody held the lock")
        waiting = arena.crew.spawn(case.job(name="c"))
        time.sleep(0.02)
        killed = time.monotonic_ns()
        arena.crew.kill(holder)
        arena.crew.wait(waiting)
        ends = [ack.answered for ack in case.said.acks if ack.token.startswith("c.")]
        tally.expect(ends, "the next writer was refused")
        slowest = max([slowest, *((end - killed) / 1e9 for end in ends)])
        case.judge(tally)
    tally.expect_soon(slowest < SOON, "the next writer waited for over 100 ms")
    tally.facts.append(f"the next one after {slowest * 1000:.0f} ms at most")
    return tally
