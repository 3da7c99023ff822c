"""A sweep: the same job again and again, with a fault at each of its steps in turn."""

from collections.abc import Iterator, Sequence

from benchmarks.faults import strace
from benchmarks.faults.arena import Arena
from benchmarks.faults.case import Case
from benchmarks.faults.job import COLUMNS, PLAIN
from benchmarks.faults.tally import Tally

MEDIA: tuple[Sequence[Sequence[str]], ...] = (COLUMNS, PLAIN, (*PLAIN, ("files", "file")))
"""A picture, no file at all, several files in a cell."""


def steps(arena: Arena, columns: Sequence[Sequence[str]], calls: tuple[str, ...], begun: bool) -> list[tuple[str, int]]:
    """Return every system call of a job, with its number among its like."""
    case = _case(arena, columns, begun)
    job = case.job(columns=columns, count=2, halt=True)
    counted = strace.count(arena.crew, job, case.place / "strace", calls)
    return [(call, k) for call, n in sorted(counted.items()) for k in range(1, n + 1)]


def sweep(
    arena: Arena, fault: str, calls: tuple[str, ...], size: int, *, stride: int = 1, tally: Tally | None = None
) -> Tally:
    """Put a fault at each step of flags of so many media types, in a fresh and in a begun folder; then recover."""
    tally = tally or Tally()
    hit = 0
    for columns in MEDIA[:size]:
        for begun in (False, True):
            for call, k in steps(arena, columns, calls, begun)[::stride]:
                case = _case(arena, columns, begun)
                job = case.job(columns=columns, count=2, halt=True)
                strace.inject(arena.crew, job, call, f"{fault}:when={k}")
                case.judge(tally, columns=columns)
                hit += 1
    tally.facts.append(f"{hit} steps")
    return tally


def _case(arena: Arena, columns: Sequence[Sequence[str]], begun: bool) -> Case:
    case = arena.case()
    if begun:
        case.flag(name="begin", columns=columns)
    return case


def each(faults: Sequence[str]) -> Iterator[str]:
    """Return the faults as strace writes them."""
    yield from (f"error={fault}" for fault in faults)
