"""Losses of power, replayed from what strace saw."""

import shutil
from pathlib import Path, PurePath
from random import Random

from benchmarks.faults import goals, power, strace, trace
from benchmarks.faults.acks import Said
from benchmarks.faults.acks import read as read_acks
from benchmarks.faults.arena import Arena
from benchmarks.faults.case import Case
from benchmarks.faults.job import COLUMNS, PLAIN
from benchmarks.faults.power import Disk
from benchmarks.faults.scenario import scenario
from benchmarks.faults.tally import Tally

JOBS = ((COLUMNS, 1), (PLAIN, 1), ((*PLAIN, ("files", "file")), 1), (COLUMNS, 4))
"""What was being flagged, and from how many threads."""


@scenario("ST-5", "loss of power", 1_000, "seeds", gradio=1_000, needs=("strace",))
def loss_of_power(arena: Arena, size: int) -> Tally:
    """Lose what was not synced, in any order and in parts, at any step of five flags; then open the folder."""
    tally = Tally()
    disks = [_recorded(arena, columns, threads) for columns, threads in JOBS]
    for seed in range(size):
        random = Random(seed)
        columns, disk = disks[seed % len(disks)]
        _lose(arena, tally, disk, random, columns)
    return tally


Columns = tuple[tuple[str, str], ...]


def _recorded(arena: Arena, columns: Columns, threads: int) -> tuple[Columns, Disk]:
    """Flag five times from an empty place on, and return all that was done to the disk."""
    case = arena.case()
    job = case.job(columns=columns, count=5, threads=threads, halt=True)
    prefix = case.place / "trace"
    strace.run(arena.crew, job, *trace.OPTIONS, log=prefix)
    disk = trace.read(prefix, Disk(PurePath(case.place)), case.log)
    if len(disk.acks) != 6:  # the last is the note of the end
        raise RuntimeError(f"The trace has {len(disk.acks)} lines of the worker instead of 6")
    return columns, disk


def _lose(arena: Arena, tally: Tally, disk: Disk, random: Random, columns: Columns) -> None:
    """Lose the power at one step, and see what an opening makes of what is left."""
    case = arena.case()
    end = random.randint(1, disk.steps)
    lost = Case(crew=arena.crew, place=case.place / "disk")
    power.materialize(disk.crash(end, random), disk.root, lost.place)
    _tell(lost.log, disk.acked(end))
    lost.recover(tally, columns=columns)
    said = read_acks(lost.log)
    found = goals.check(lost.folder, Said(acks=said.acks), arena.subject)
    tally.add(found)
    if found.kept:
        shutil.rmtree(case.place)


def _tell(log: Path, acked: bytes) -> None:
    log.write_bytes(acked)
