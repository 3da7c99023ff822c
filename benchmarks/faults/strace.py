"""strace at a worker: counts its system calls, and makes one of them fail."""

import os
import re
import subprocess
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from benchmarks.faults import signals
from benchmarks.faults.crew import Crew
from benchmarks.faults.job import Job

STEPS = (
    *("openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2"),
    *("link", "linkat", "mkdir", "mkdirat", "unlink", "unlinkat", "rmdir", "fchmod", "chmod", "close"),
)
"""The calls that change a folder, and those by which files are opened and closed."""
CALL = re.compile(r"^(?:\d+ +)?(\w+)\(", re.MULTILINE)
PATIENCE = 20.0


def count(crew: Crew, job: Job, log: Path, calls: tuple[str, ...] = STEPS) -> Counter[str]:
    """Run a job, and count the system calls from its first flag on."""
    run(crew, job, "-e", f"trace={','.join(calls)}", log=log)
    return Counter(CALL.findall(log.read_text(errors="replace")))


def inject(crew: Crew, job: Job, call: str, fault: str) -> int:
    """Run a job with a fault in a system call, as in `error=EIO:when=3`, and return how it ended."""
    return run(
        crew, job, "-e", f"trace={call}", "-e", f"inject={call}:{fault}", log=Path(f"{job.log}.{job.name}.strace")
    )


def run(crew: Crew, job: Job, *options: str, log: Path) -> int:
    """Run a job under strace, from where it halts on, and return how it ended."""
    worker = crew.spawn(job)
    if not job.halt or not signals.wait_until_stopped(worker):
        raise RuntimeError(f"{job} does not halt")
    with subprocess.Popen(
        ["strace", "-f", "-o", str(log), *options, "-p", str(worker)], stderr=subprocess.PIPE
    ) as tracer:
        _wait_until_traced(worker, tracer)
        signals.let_go(worker)
        code = crew.wait(worker)
        with suppress(subprocess.TimeoutExpired):
            tracer.wait(timeout=PATIENCE)
        tracer.kill()
    return code


def _wait_until_traced(worker: int, tracer: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    status = Path(f"/proc/{worker}/status")
    while f"TracerPid:\t{tracer.pid}\n" not in status.read_text(encoding="utf-8"):
        if tracer.poll() is not None or time.monotonic() > deadline:
            assert tracer.stderr is not None
            raise RuntimeError(f"strace cannot attach: {os.fsdecode(tracer.stderr.read())}")
        time.sleep(0.001)
