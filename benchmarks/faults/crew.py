"""The other end of a nursery: spawns workers, waits for them, kills them."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from benchmarks import venvs
from benchmarks.faults.job import Job
from benchmarks.paths import ROOT
from benchmarks.subjects.gradio import GradioSubject

QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "PYTHONWARNINGS": "ignore"}
PATIENCE = 900.0
"""How long a worker may live, in seconds, where nothing else is said."""
COVERAGE = ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")
"""These slow a worker down, and what it would count is lost when it is killed."""


class Crew:
    """Workers of one subject; `path` is a tree to import it from, in the place of the installed one."""

    def __init__(
        self, subject: str, log: Path, *, path: Path | None = None, environ: Mapping[str, str] | None = None
    ) -> None:
        self.subject = subject
        self._at_work: set[int] = set()
        self._turn = threading.Lock()
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [interpreter(subject), "-m", "benchmarks.faults.nursery", subject],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=log.parent,
                env=surroundings(path) | dict(environ or {}),
                text=True,
            )
        if self._answer() != "ready":
            self.close()
            raise RuntimeError(f"The workers of {subject} did not start: {log.read_text(errors='replace')[-2000:]}")

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let the nursery end, with all workers that are left."""
        with contextlib.suppress(BrokenPipeError):
            self._process.communicate(timeout=20)

    def spawn(self, job: Job) -> int:
        """Start a worker, and return its process id."""
        pid = int(self._ask(f"spawn {job.dump()}"))
        self._at_work.add(pid)
        return pid

    def dismiss(self) -> None:
        """Kill the workers that nobody has waited for."""
        for pid in list(self._at_work):
            self.kill(pid)

    def wait(self, pid: int, patience: float = PATIENCE) -> int:
        """Wait for the end of a worker, and return its exit code, negative for a signal."""
        if not _ends(pid, patience):
            self.kill(pid)
            raise TimeoutError(f"A worker of {self.subject} did not end in {patience:.0f} s")
        answer = self._ask(f"wait {pid}")
        self._at_work.discard(pid)
        return 0 if answer == "gone" else int(answer)

    def alive(self, pid: int) -> bool:
        """Tell whether a worker still runs."""
        alive = self._ask(f"poll {pid}") == "alive"
        if not alive:
            self._at_work.discard(pid)
        return alive

    def kill(self, pid: int) -> None:
        """Kill a worker that has not been waited for, and wait for its end."""
        if pid in self._at_work:
            os.kill(pid, signal.SIGKILL)
        self.wait(pid)

    def run(self, *jobs: Job) -> list[int]:
        """Run jobs at the same time, and return how they ended."""
        return [self.wait(pid) for pid in [self.spawn(job) for job in jobs]]

    def _ask(self, line: str) -> str:
        with self._turn:
            assert self._process.stdin is not None
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
            return self._answer()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def _ends(pid: int, patience: float) -> bool:
    """Wait for the end of a process that is not our own child."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], patience)[0])
    finally:
        os.close(handle)


def interpreter(subject: str) -> str:
    """Return the Python that has the subject."""
    return str(venvs.python(GradioSubject())) if subject == "gradio" else sys.executable


def surroundings(path: Path | None = None) -> dict[str, str]:
    """Return the environment of a worker."""
    kept = {name: value for name, value in os.environ.items() if name not in COVERAGE}
    first = [str(path)] if path else []
    return kept | QUIET | {"PYTHONPATH": os.pathsep.join([*first, os.environ.get("PYTHONPATH", ""), str(ROOT)])}
