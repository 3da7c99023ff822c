"""What a worker may do with a store, other than to flag and end."""

import csv
import importlib
import io
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from benchmarks.faults.acks import Writer
from benchmarks.faults.job import Job


class Flags(Protocol):
    """What a flow needs of the worker that it is part of."""

    store: Any

    def flag(self, number: int) -> bool:
        """Store a flag."""

    def flag_all(self, numbers: range | None = None) -> None:
        """Store the flags of the job."""

    def job_numbers(self) -> range:
        """Return the numbers of the flags."""


Open = Callable[[], Flags]


def write(job: Job, log: Writer, opened: Open) -> None:
    """Store the flags of the job."""
    opened().flag_all()


def until(job: Job, log: Writer, opened: Open) -> None:
    """Store flags until a file is there, and at most as many as the job says."""
    flags, end = opened(), Path(job.extra["end"])
    for number in flags.job_numbers():
        if end.exists():
            break
        flags.flag(number)
        time.sleep(job.pause)


def fork(job: Job, log: Writer, opened: Open) -> None:
    """Store one flag, fork, and go on in each of the processes with a share of the numbers."""
    flags = opened()
    numbers = flags.job_numbers()
    flags.flag(numbers[0])
    heirs = [_heir(flags, numbers[i + 1 :: 4]) for i in range(3)]
    flags.flag_all(numbers[4::4])
    log.note(f"heirs ended with {sorted(os.waitstatus_to_exitcode(os.waitpid(heir, 0)[1]) for heir in heirs)}")


def _heir(flags: Flags, numbers: range) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            flags.flag_all(numbers)
            os._exit(0)
        finally:
            os._exit(1)
    return pid


def starve(job: Job, log: Writer, opened: Open) -> None:
    """Store a flag, another one while one allocation fails, and a third."""
    flags = opened()
    first, second, third = flags.job_numbers()
    flags.flag(first)
    store, flags.store = flags.store, _Starved(flags.store, job.extra["at"])
    flags.flag(second)
    flags.store = store
    flags.flag(third)


class _Starved:
    """A store that gets no memory once, at its n-th allocation."""

    def __init__(self, store: Any, at: int) -> None:
        self.store, self.at = store, at
        self.testcapi = importlib.import_module("_testcapi")

    def flag(self, *arguments: Any) -> int:
        """Store a flag."""
        self.testcapi.set_nomemory(self.at, self.at + 1)
        try:
            return int(self.store.flag(*arguments))
        finally:
            self.testcapi.remove_mem_hooks()


def watch(job: Job, log: Writer, opened: Open) -> None:
    """Read what is new in a log, again and again, and note how often a row was there in part."""
    place, reads = Path(job.folder) / job.extra["log"], 0
    at = rows = partial = 0
    try:
        while reads < job.count:
            reads += 1
            with place.open("rb") as file:
                file.seek(at)
                new = file.read()
            whole = new.endswith(b"\n") and all(len(row) == job.extra["width"] for row in _parsed(new))
            if whole:
                at, rows = at + len(new), rows + len(_parsed(new))
            partial += bool(new) and not whole
            time.sleep(0.0002)  # else the writers get no turn
    finally:
        Path(job.extra["end"]).touch()
    log.note(f"watched {reads} {rows} {partial}")


def _parsed(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(errors="replace"), newline="")))


def leak(job: Job, log: Writer, opened: Open) -> None:
    """Store flags, and note how many descriptors were open and how much memory was used, early and late."""
    flags = opened()
    numbers = flags.job_numbers()
    flags.flag_all(numbers[:50])
    log.note(f"early {_usage()}")
    flags.flag_all(numbers[50:])
    log.note(f"late {_usage()}")


def _usage() -> str:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return f"{len(os.listdir('/proc/self/fd'))} {pages * os.sysconf('SC_PAGE_SIZE')}"


def ids(job: Job, log: Writer, opened: Open) -> None:
    """Note how many different ids there are among those made for so many flags."""
    record = importlib.import_module("minidemo.flagging.base").FlagRecord
    log.note(f"ids {len({record().id for _ in range(job.count)})}")
