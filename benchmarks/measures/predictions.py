"""How many predictions a server makes in a second."""

from benchmarks.bench import Bench
from benchmarks.load.job import Job, Request
from benchmarks.load.run import run
from benchmarks.rows import Row
from benchmarks.servers import Server
from benchmarks.subjects.base import Subject

ROUNDS = 7
CLIENTS = (1, 8, 32)
SECONDS = 2.0


def measure(bench: Bench) -> list[Row]:
    """Ask as programs do (JSON; Gradio: past its queue), and as the pages do (event stream; Gradio: its queue)."""
    with bench.servers() as servers:
        for subject in bench.subjects:
            ways_of(subject, servers[subject.key], clients=8, seconds=0.5)
        return [row for clients in CLIENTS for row in with_clients(bench, servers, clients)]


def with_clients(bench: Bench, servers: dict[str, Server], clients: int) -> list[Row]:
    """Measure all subjects in turn with so many clients."""
    direct, paged = bench.empty_samples(), bench.empty_samples()
    for subject in bench.turns(ROUNDS):
        first, second = ways_of(subject, servers[subject.key], clients=clients, seconds=SECONDS)
        direct[subject.key].append(first)
        paged[subject.key].append(second)
    title = f"Predictions, {clients} client{'s' if clients > 1 else ''}"
    return [
        Row(key=f"predictions-{clients}", title=f"{title}, JSON", unit="/s", samples=direct),
        Row(key=f"predictions-{clients}-page", title=f"{title}, as the page asks", unit="/s", samples=paged),
    ]


def ways_of(subject: Subject, server: Server, *, clients: int, seconds: float) -> tuple[float, float]:
    """Measure both ways of asking, once only if they are the same."""
    direct, paged = subject.prediction(), subject.prediction_of_page()
    first = rate(server, direct, clients=clients, seconds=seconds)
    return first, first if paged == direct else rate(server, paged, clients=clients, seconds=seconds)


def rate(server: Server, request: Request, *, clients: int, seconds: float) -> float:
    """Send the same request over and over."""
    return run(Job(port=server.port, clients=clients, requests=[request], repeat=True, seconds=seconds)).rate
