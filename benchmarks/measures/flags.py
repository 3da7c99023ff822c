"""How many flags a server saves in a second, with few and with many there already."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bench import Bench
from benchmarks.load.job import Job
from benchmarks.load.run import run
from benchmarks.rows import Row, Samples
from benchmarks.servers import serving
from benchmarks.subjects.base import Subject

ROUNDS = 5
CLIENTS = (1, 8)
FLAGS = 200
SECONDS = 6.0
MANY = 100_000


def measure(bench: Bench) -> list[Row]:
    """Flag into folders that are new, and into folders that hold many rows; each server is started anew for it."""
    rows: dict[tuple[int, int], Samples] = {(there, n): bench.empty_samples() for there in (0, MANY) for n in CLIENTS}
    with TemporaryDirectory(prefix="minidemo-bench-") as name:
        for number, subject in enumerate(bench.turns(ROUNDS)):
            for (there, clients), samples in rows.items():
                folder = Path(name) / f"{subject.key}-{number}-{there}-{clients}"
                samples[subject.key].append(rate(subject, folder, there=there, clients=clients))
    return [
        Row(key=f"flags-{there}-{n}", title=title(there, n), unit="/s", samples=samples)
        for (there, n), samples in rows.items()
    ]


def title(there: int, clients: int) -> str:
    """Name the row."""
    return f"Flags, {clients} client{'s' if clients > 1 else ''}, {there:,} rows there"


def rate(subject: Subject, folder: Path, *, there: int, clients: int) -> float:
    """Flag until all is flagged or time is up."""
    if there:
        fill(subject, folder, there)
    with serving(subject, folder) as server:
        run(Job(port=server.port, clients=1, requests=subject.flags(server.port, 1)))
        requests = subject.flags(server.port, FLAGS)
        return run(Job(port=server.port, clients=clients, requests=requests, seconds=SECONDS)).rate


def fill(subject: Subject, folder: Path, there: int) -> None:
    """Let the server write one row, and repeat that row in its file as often as wanted."""
    with serving(subject, folder) as server:
        run(Job(port=server.port, clients=1, requests=subject.flags(server.port, 1)))
    (log,) = (folder / "flagged").rglob("*.csv")
    header, row = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(header + row * there)
