"""How many flags a server saves in a second, with few and with many there already."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bench import Bench
from benchmarks.load.job import Job
from benchmarks.load.run import run
from benchmarks.rows import Row, Samples
from benchmarks.servers import Server, serving
from benchmarks.subjects.base import Subject

ROUNDS = 5
CLIENTS = (1, 8)
FLAGS = {1: 500, 8: 2000}
SECONDS = 6.0
SLOW = 100_000
MANY = 1_000_000


def measure(bench: Bench) -> list[Row]:
    """Flag into folders that are new, and into folders that hold many rows; each server is started anew for it."""
    with TemporaryDirectory(prefix="minidemo-bench-") as folder:
        return [row for there in (0, SLOW, MANY) for row in with_rows(bench, Path(folder), there)]


def with_rows(bench: Bench, folder: Path, there: int) -> list[Row]:
    """Measure all subjects in turn, beside the predictions of the same server; Gradio takes hours for many rows."""
    rates: dict[int, Samples] = {clients: bench.empty_samples() for clients in CLIENTS}
    predictions = bench.empty_samples()
    there = there // 100 if bench.quick else there
    for number, subject in enumerate(bench.turns(ROUNDS)):
        if there > SLOW and subject.key == "gradio":
            continue
        place = folder / f"{subject.key}-{there}" if there else folder / f"{subject.key}-new-{number}"
        if there and not place.exists():
            fill(subject, place, there)
        with serving(subject, place) as server:
            warm(subject, server)
            job = Job(port=server.port, clients=8, requests=[subject.prediction()], repeat=True, seconds=2)
            predictions[subject.key].append(run(job).rate)
            for clients, samples in rates.items():
                samples[subject.key].append(rate(subject, server, clients))
    beside = Row(key=f"beside-{there}", title=f"{title(there, 8)}: predictions", unit="/s", samples=predictions)
    return [
        *(Row(key=f"flags-{there}-{n}", title=title(there, n), unit="/s", samples=rates[n]) for n in CLIENTS),
        beside,
    ]


def title(there: int, clients: int) -> str:
    """Name the row."""
    return f"Flags, {clients} client{'s' if clients > 1 else ''}, {there:,} rows there"


def rate(subject: Subject, server: Server, clients: int) -> float:
    """Flag until all is flagged or time is up."""
    requests = subject.flags(server.port, FLAGS[clients])
    return run(Job(port=server.port, clients=clients, requests=requests, seconds=SECONDS)).rate


def warm(subject: Subject, server: Server) -> None:
    """Flag once: a folder that others have written to is taken note of."""
    run(Job(port=server.port, clients=1, requests=subject.flags(server.port, 1), seconds=120))


def fill(subject: Subject, folder: Path, there: int) -> None:
    """Let the server write one row, and repeat that row in its file as often as wanted."""
    with serving(subject, folder) as server:
        warm(subject, server)
    (log,) = (folder / "flagged").rglob("*.csv")
    header, row = log.read_bytes().splitlines(keepends=True)
    with log.open("wb") as file:
        file.write(header)
        file.writelines(row for _ in range(there))
