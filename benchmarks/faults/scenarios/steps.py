"""A fault at each system call of a flag in turn, by strace."""

from benchmarks.faults.arena import Arena
from benchmarks.faults.scenario import scenario
from benchmarks.faults.strace import STEPS
from benchmarks.faults.sweep import sweep
from benchmarks.faults.tally import Tally

SYNCS = ("fsync", "fdatasync")
WRITES = ("write", "pwrite64")
SPACE = ("openat", "mkdir", "write", "pwrite64", "rename", "renameat", "link", "ftruncate", *SYNCS)


@scenario("ST-2", "kill at every system call", 3, "kinds of media, fresh and begun folder", gradio=1, needs=("strace",))
def kill_at_every_call(arena: Arena, size: int) -> Tally:
    """Kill the worker as it enters a system call, for each call of two flags."""
    return sweep(arena, "signal=KILL", STEPS, size)


@scenario("ST-8", "fsync fails (EIO)", 3, "kinds of media, each fsync", gradio=1, needs=("strace",))
def sync_fails(arena: Arena, size: int) -> Tally:
    """Let one fsync after the other fail; the flag must not be acknowledged."""
    return sweep(arena, "error=EIO", SYNCS, size)


@scenario(
    "ST-9",
    "a write is interrupted (EINTR), or fails (EIO)",
    3,
    "kinds of media, each write",
    gradio=1,
    needs=("strace",),
)
def write_fails(arena: Arena, size: int) -> Tally:
    """Let one write after the other be interrupted, or fail."""
    tally = sweep(arena, "error=EINTR", WRITES, size)
    return sweep(arena, "error=EIO", WRITES, size, tally=tally)


@scenario("ST-10b", "ENOSPC at each step", 3, "kinds of media, each step", gradio=1, needs=("strace",))
def no_space_at_each_step(arena: Arena, size: int) -> Tally:
    """Let the disk be full at one step after the other, and free again at the next."""
    return sweep(arena, "error=ENOSPC", SPACE, size)


@scenario("ST-11", "EDQUOT at each step", 3, "kinds of media, each step", gradio=1, needs=("strace",))
def no_quota_at_each_step(arena: Arena, size: int) -> Tally:
    """Let the quota be used up at one step after the other."""
    return sweep(arena, "error=EDQUOT", SPACE, size)
