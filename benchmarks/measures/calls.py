"""How many calls a server takes in a second by the API of Gradio's: in curl's two steps, at once, by its client."""

import json
import os
import subprocess
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import venvs
from benchmarks.bench import Bench
from benchmarks.load.job import Request
from benchmarks.measures.predictions import rate
from benchmarks.paths import ROOT
from benchmarks.rows import Row
from benchmarks.servers import QUIET, Server, serving
from benchmarks.subjects.gradio import GradioSubject

ROUNDS = 5
CLIENTS = (8, 32)
SECONDS = {"run": 2.0, "call": 2.0, "client": 6.0}
"""How long to call in each way: where there are many of Gradio's clients, each call takes one of them a second."""
PATIENCE = 120.0
APPS = {"calculator": "one at a time", "unlimited": "no limit"}
"""With the default concurrency limit, and with none."""
WAYS = {"run": "run/", "call": "call/ and the stream", "client": "gradio_client"}


def measure(bench: Bench) -> list[Row]:
    """Ask the calculators of both in the same three ways; the hand-written page has no such API."""
    return [row for app in APPS for row in of_app(bench, app)]


def of_app(bench: Bench, app: str) -> list[Row]:
    """Measure one app of each subject that has it."""
    subjects = [subject for subject in bench.subjects if subject.key != "fastapi"]
    samples = {(clients, way): bench.empty_samples() for clients in CLIENTS for way in WAYS}
    with TemporaryDirectory(prefix="minidemo-bench-") as folder, ExitStack() as stack:
        servers = {
            subject.key: stack.enter_context(serving(subject, Path(folder) / subject.key, app=app))
            for subject in subjects
        }
        for server in servers.values():
            for way in WAYS:
                calls(server, way, clients=8, seconds=0.5)
        for subject in bench.turns(ROUNDS):
            for (clients, way), found in samples.items():
                if subject.key in servers:
                    found[subject.key].append(calls(servers[subject.key], way, clients=clients, seconds=SECONDS[way]))
    return [
        Row(key=key_of(app, clients, way), title=title_of(app, clients, way), unit="/s", samples=found)
        for (clients, way), found in samples.items()
    ]


def calls(server: Server, way: str, *, clients: int, seconds: float) -> float:
    """Call over and over in one of the ways, and return how many calls a second were answered rightly."""
    if way == "client":
        return by_client(server, clients=clients, seconds=seconds)
    subject = GradioSubject()
    request: Request = subject.prediction() if way == "run" else subject.prediction_of_page()
    return rate(server, request, clients=clients, seconds=seconds)


def by_client(server: Server, *, clients: int, seconds: float) -> float:
    """Let Gradio's own client call, in its own environment, each in a thread."""
    command = [str(venvs.python(GradioSubject())), str(ROOT / "benchmarks" / "load" / "gradio_calls.py")]
    offline = os.environ | QUIET | {"HF_HUB_DISABLE_TELEMETRY": "1"}
    arguments = [server.url, str(clients), str(seconds)]
    made = subprocess.run(
        [*command, *arguments], env=offline, stdout=subprocess.PIPE, check=True, timeout=seconds + PATIENCE
    )
    return float(json.loads(made.stdout))


def key_of(app: str, clients: int, way: str) -> str:
    """Name the row of a way."""
    return f"calls-{app}-{clients}-{way}"


def title_of(app: str, clients: int, way: str) -> str:
    """Say what a row is about."""
    return f"Calls by {WAYS[way]}, {clients} clients, {APPS[app]}"
