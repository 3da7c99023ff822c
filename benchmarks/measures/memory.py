"""How much memory a server takes."""

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
PREDICTIONS = 1000


def measure(bench: Bench) -> list[Row]:
    """Measure fresh servers, before and after a thousand predictions of eight clients."""
    fresh, used = bench.empty_samples(), bench.empty_samples()
    with TemporaryDirectory(prefix="minidemo-bench-") as folder:
        for subject in bench.turns(ROUNDS):
            with serving(subject, Path(folder) / subject.key) as server:
                sleep(1)
                fresh[subject.key].append(memory(server.pid))
                used[subject.key].append(after_predictions(subject, server))
    return [
        Row(key="memory", title="Memory after the start", unit="MB", samples=fresh),
        Row(key="memory-used", title=f"Memory after {PREDICTIONS:,} predictions", unit="MB", samples=used),
    ]


def after_predictions(subject: Subject, server: Server) -> float:
    """Make the predictions and look again."""
    job = Job(port=server.port, clients=8, requests=[subject.prediction()], repeat=True, count=PREDICTIONS)
    run(replace(job, seconds=120))
    return memory(server.pid)
