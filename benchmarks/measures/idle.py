"""How much processor time a server uses while nobody does anything."""

from time import sleep

from benchmarks.bench import Bench
from benchmarks.browser import chromium
from benchmarks.processes import cpu_seconds
from benchmarks.rows import Row
from benchmarks.servers import Server

ROUNDS = 3
SETTLING = 5
SECONDS = 10


def measure(bench: Bench) -> list[Row]:
    """Open a page of each server, wait until all is calm, and look at the clocks of their processes."""
    samples = bench.empty_samples()
    with bench.servers() as servers, chromium() as browser:
        for server in servers.values():
            browser.new_context().new_page().goto(server.url)
        sleep(SETTLING)
        for _ in range(bench.rounds(ROUNDS)):
            before = clocks(servers)
            sleep(SECONDS)
            for key, clock in clocks(servers).items():
                samples[key].append((clock - before[key]) * 1000)
    title = f"Processor time in {SECONDS} s with an open, idle page"
    return [Row(key="idle", title=title, unit="ms", samples=samples)]


def clocks(servers: dict[str, Server]) -> dict[str, float]:
    """Read all clocks."""
    return {key: cpu_seconds(server.pid) for key, server in servers.items()}
