"""Disks that are full, and processes that run out of something."""

from benchmarks.faults import mounts
from benchmarks.faults.arena import Arena
from benchmarks.faults.case import Case
from benchmarks.faults.job import PLAIN, Fault
from benchmarks.faults.scenario import scenario
from benchmarks.faults.tally import Tally

CALLS = ("open", "write", "fsync", "mkdir", "replace", "rename", "link", "ftruncate")
CAUSES = {"fsync": "EIO", "write": "short"}


@scenario("ST-10", "disk full", 40, "limits for the size of a file, from 60 bytes on", daily=8, gradio=40)
def disk_full(arena: Arena, size: int) -> Tally:
    """Let files grow to a limit only, each time a little further; then lift it."""
    tally = Tally()
    for i in range(size):
        case = arena.case()
        case.flag(name="begin", count=2)
        limit = 60 + i * 64_000 // size
        case.flag(count=6, weight=arena.random.randrange(6000), limits={"fsize": limit})
        case.flag(name="after", count=3)
        case.judge(tally)
    return tally


@scenario("ST-10c", "a small disk", 12, "disks of 16 to 192 KB", gradio=12, needs=("root",))
def small_disk(arena: Arena, size: int) -> Tally:
    """Fill a small disk, then make it larger."""
    tally = Tally()
    for i in range(size):
        case = arena.case()
        with mounts.small_disk(case.folder, f"size={16 * (i + 1)}k"):
            case.flag(count=40, weight=5000)
            tally.expect(case.said.refusals, "the disk was never full")
            mounts.resize(case.folder, "size=4m")
            case.flag(name="after", count=3)
            case.judge(tally)
    return tally


@scenario("ST-11b", "no inode left", 6, "disks of 12 to 32 files", gradio=6, needs=("root",))
def no_inodes(arena: Arena, size: int) -> Tally:
    """Use up the inodes of a small disk, then give it more."""
    tally = Tally()
    for i in range(size):
        case = arena.case()
        with mounts.small_disk(case.folder, "size=8m", f"nr_inodes={12 + 4 * i}"):
            case.flag(count=40)
            tally.expect(case.said.refusals, "the inodes sufficed")
            mounts.resize(case.folder, "size=8m,nr_inodes=4000")
            case.flag(name="after", count=3)
            case.judge(tally)
    return tally


@scenario("ST-8b", "a call of the system fails once, any of 8", 12, "first to twelfth of each", daily=2, gradio=12)
def calls_fail(arena: Arena, size: int) -> Tally:
    """Let each call of `os` fail once, the first time, the second …; no tool is needed for it."""
    tally = Tally()
    for call in CALLS:
        for when in range(1, size + 1):
            case = arena.case()
            fault = Fault(call=call, how=CAUSES.get(call, "ENOSPC"), when=when)
            case.flag(count=3, faults=[fault])
            case.judge(tally)
    return tally


@scenario("ST-12", "descriptors used up", 10_000, "flags after 100 threads with 40 descriptors", daily=200, gradio=900)
def descriptors(arena: Arena, size: int) -> Tally:
    """Flag from more threads than there are descriptors; and see that none leaks."""
    tally, case = Tally(), arena.case()
    case.flag(count=300, threads=100, limits={"nofile": 40})
    case.flag(name="after", count=10)
    case.judge(tally)
    case = arena.case()
    case.flag(name="many", flow="leak", count=size, columns=PLAIN)
    early, late = usage(case, "early"), usage(case, "late")
    tally.expect(early and early[0] == late[0], f"descriptors went from {early[:1]} to {late[:1]}")
    case.judge(tally, columns=PLAIN)
    return tally


def usage(case: Case, when: str) -> list[int]:
    """Return how many descriptors and bytes a worker used, early or late."""
    notes = [note for note in case.said.notes if note.startswith(when)]
    return [int(word) for note in notes for word in note.split()[1:]]


@scenario("ST-13", "no memory", 500, "allocations of a flag, every fifth", daily=10, gradio=500)
def no_memory(arena: Arena, size: int) -> Tally:
    """Let one allocation after the other fail; the process may end, the folder must be sound."""
    tally, ended = Tally(), 0
    for i in range(size):
        case = arena.case()
        worker = arena.crew.spawn(case.job(flow="starve", count=3, columns=PLAIN, extra={"at": 1 + 5 * i}))
        tally.expect(case.see_end(worker), "the next flag of the process hangs")
        ended += "done" not in case.said.notes
        case.judge(tally, columns=PLAIN)
    tally.facts.append(f"{ended} processes ended")
    return tally
