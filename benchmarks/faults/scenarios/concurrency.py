"""Many writers at once."""

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.faults import goals, signals, stored, strace
from benchmarks.faults.arena import Arena
from benchmarks.faults.case import Case
from benchmarks.faults.job import PLAIN, Fault
from benchmarks.faults.scenario import scenario
from benchmarks.faults.stored import logs, read
from benchmarks.faults.tally import Tally
from benchmarks.paths import ROOT


@scenario("ST-21", "cold start race", 200, "trials of 8 processes x 5 flags", daily=3, gradio=200)
def cold_start(arena: Arena, size: int) -> Tally:
    """Let eight processes begin a fresh folder at the same instant."""
    tally = Tally()
    for _ in range(size):
        case = arena.case()
        soon = time.monotonic() + 0.05
        arena.crew.run(*(case.job(name=f"w{i}", count=5, at=soon, columns=PLAIN) for i in range(8)))
        case.judge(tally, columns=PLAIN)
    return tally


@scenario("ST-22", "many threads of one process", 200, "flags of each of 64 threads", daily=2, gradio=200)
def threads(arena: Arena, size: int) -> Tally:
    """Flag from 64 threads of one process."""
    tally, case = Tally(), arena.case()
    case.flag(count=64 * size, threads=64)
    case.judge(tally)
    tally.expect(not tally.refused, "flags were refused")
    return tally


@scenario("ST-27", "fork after opening", 1, "parent and 3 heirs x 25 flags", daily=1, gradio=1)
def fork(arena: Arena, size: int) -> Tally:
    """Fork a process that has flagged before, and let all four go on."""
    tally = Tally()
    for _ in range(size):
        case = arena.case()
        case.flag(flow="fork", count=101)
        tally.expect("heirs ended with [0, 0, 0]" in case.said.notes, "an heir ended badly")
        case.judge(tally)
    return tally


@scenario("ST-24", "reader beside writers", 100_000, "reads beside 4 writers", daily=500, gradio=20_000)
def reader(arena: Arena, size: int) -> Tally:
    """Read a log without a pause while four processes write; no row may be seen in part."""
    tally, case = Tally(), arena.case()
    case.flag(name="begin")
    end = {"end": str(case.place / "end")}
    writers = [case.job(flow="until", name=f"w{i}", count=10**6, extra=end) for i in range(4)]
    log = logs(case.folder, arena.subject)[0]
    width = len(read(log).header)
    watching = case.job(flow="watch", name="reader", count=size, extra=end | {"log": log.name, "width": width})
    at_work = [arena.crew.spawn(job) for job in (*writers, watching)]
    _read_records(case, tally)
    for worker in at_work:
        arena.crew.wait(worker)
    notes = [note.split() for note in case.said.notes if note.startswith("watched")]
    tally.expect(notes and notes[0][3] == "0", f"rows seen in part: {notes[0][3] if notes else 'no reader'}")
    case.judge(tally)
    return tally


def _read_records(case: Case, tally: Tally) -> None:
    """Read the store's records beside the writers, until the reader of the log has ended."""
    reads = 0
    while not (case.place / "end").exists():
        numbers = [record.row for record in stored.records(case.folder)]
        tally.expect(numbers == list(range(len(numbers))), "records with a gap")
        reads += 1
        time.sleep(0.05)
    if case.crew.subject == "minidemo":
        tally.facts.append(f"{reads} reads of the store")


FROZEN = 5.5
"""A visitor is to have an answer after so many seconds."""


@scenario("ST-26", "lock holder frozen", 10, "times, until the others were answered; the first for 30 s", daily=0)
def holder_frozen(arena: Arena, size: int) -> Tally:
    """Freeze a worker inside of a transaction; others are told soon, and all is well when it goes on."""
    tally, slowest = Tally(), 0.0
    for i in range(size):
        case = arena.case()
        case.flag(name="a", count=2)
        holder = arena.crew.spawn(case.job(name="b", faults=[Fault(call="fsync", how="stop", when=1 + i % 3)]))
        tally.expect(signals.wait_until_stopped(holder), "nobody held the lock")
        frozen = time.monotonic()
        arena.crew.run(*(case.job(name=f"c{k}") for k in range(3)))
        slowest = max([slowest, *(one.seconds for one in case.said.refusals)])
        tally.expect(len(case.said.refusals) == 3, "a flag was acknowledged without the lock")
        time.sleep(max(0.0, 30 - (time.monotonic() - frozen)) if i == 0 else 0)
        signals.let_go(holder)
        arena.crew.wait(holder)
        tally.expect(any(ack.token == "b.0" for ack in case.said.acks), "the frozen flag was refused")
        case.judge(tally)
    tally.expect_soon(slowest < FROZEN, f"an answer after {slowest:.1f} s")
    tally.facts.append(f"answers after {slowest:.1f} s at most")
    return tally


@scenario("ST-28", "two hosts, locks that lie", 200, "trials of 2 processes x 5 flags", daily=0, needs=("strace",))
def lying_locks(arena: Arena, size: int) -> Tally:
    """Let each lock be granted at once to two processes on a known share: its author must have been warned."""
    tally, lost = Tally(), 0
    for _ in range(size):
        case = arena.case()
        case.flag(name="begin")
        with ThreadPoolExecutor(2) as pool:
            jobs = [case.job(name=f"w{k}", count=5, halt=True, extra={"network": "nfs4"}) for k in range(2)]
            list(pool.map(partial(strace.inject, arena.crew, call="fcntl", fault="retval=0"), jobs))
        warned = sum("network file system (nfs4)" in note for note in case.said.notes)
        tally.expect(warned == 2, "no warning at the start")
        found = goals.check(case.folder, case.said, arena.subject)
        lost += not found.kept
        tally.acked += found.acked
    tally.facts.append(f"warned of each time; {lost} folders damaged after the warning")
    return tally


OLD = "56f13fc"


@scenario("ST-29", "two versions on one folder", 40, "flags of each, in turn and at once", needs=("git",))
def two_versions(arena: Arena, size: int) -> Tally:
    """Let an older version and this one write to a folder, in turn and at once."""
    tally, case = Tally(), arena.case()
    tree = arena.root / "old"
    _archive(OLD, tree)
    old = arena.hire(path=tree)
    older = Case(crew=old, place=case.place)
    for turn in range(4):
        older.flag(name=f"old{turn}", count=size // 4)
        case.flag(name=f"new{turn}", count=size // 4)
    at_once = [(old, case.job(name="old", count=size)), (arena.crew, case.job(name="new", count=size))]
    workers = [(crew, crew.spawn(job)) for crew, job in at_once]
    for crew, worker in workers:
        crew.wait(worker)
    older.flag(name="older")
    case.judge(tally)
    tally.expect(not case.said.refusals, "flags were refused")
    return tally


def _archive(commit: str, tree: Path) -> None:
    """Unpack a version out of the history."""
    tree.mkdir()
    packed = subprocess.run(
        ["git", "archive", commit, "minidemo", "templates"], cwd=ROOT, check=True, capture_output=True
    )
    subprocess.run(["tar", "-x", "-C", str(tree)], input=packed.stdout, check=True)
