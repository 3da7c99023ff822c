"""What visitors leave behind: memory for pages that are open, memory and descriptors after many runs."""

import http.client
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

from benchmarks.bench import Bench
from benchmarks.load.job import Job
from benchmarks.load.run import run
from benchmarks.processes import memory
from benchmarks.rows import Row
from benchmarks.servers import Server, serving
from benchmarks.subjects.base import Subject

ROUNDS = 3
PAGES = 200
RUNS = 10_000


def measure(bench: Bench) -> list[Row]:
    """Open pages, then make runs twice: the first are kept to be flagged, the second take their places."""
    rows = {
        "pages": Row(
            key="pages", title=f"Memory for each of {PAGES} open pages", unit="kB", samples=bench.empty_samples()
        ),
        "first": Row(key="runs-kept", title=f"Memory for {RUNS:,} runs", unit="MB", samples=bench.empty_samples()),
        "next": Row(key="runs-flat", title=f"The same for {RUNS:,} more", unit="MB", samples=bench.empty_samples()),
        "files": Row(key="runs-files", title="Descriptors left open by them", unit="", samples=bench.empty_samples()),
    }
    with TemporaryDirectory(prefix="minidemo-bench-") as folder:
        for subject in bench.turns(ROUNDS):
            if subject.key == "gradio":  # ten thousand runs would take minutes each time
                continue
            with serving(subject, Path(folder) / subject.key) as server:
                for name, figure in used(subject, server, RUNS // 20 if bench.quick else RUNS).items():
                    rows[name].samples[subject.key].append(figure)
    return list(rows.values())


def used(subject: Subject, server: Server, runs: int) -> dict[str, float]:
    """Return what one fresh server uses."""
    visit(server, 20)
    sleep(1)
    fresh = memory(server.pid)
    visit(server, PAGES)
    opened = memory(server.pid)
    before = descriptors(server.pid)
    job = replace(
        Job(port=server.port, clients=8, requests=[subject.prediction()], repeat=True, count=runs), seconds=300
    )
    run(job)
    kept = memory(server.pid)
    run(job)
    return {
        "pages": (opened - fresh) * 1000 / PAGES,
        "first": kept - opened,
        "next": memory(server.pid) - kept,
        "files": descriptors(server.pid) - before,
    }


def visit(server: Server, times: int) -> None:
    """Load the page anew, as so many visitors do."""
    for _ in range(times):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request("GET", "/")
        connection.getresponse().read()
        connection.close()


def descriptors(pid: int) -> int:
    """Return how many files and connections a process has open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))
