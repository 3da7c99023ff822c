"""How fast a text that grows gets to the visitor, and how much is sent for it."""

import http.client
import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bench import Bench
from benchmarks.rows import Row
from benchmarks.servers import serving
from benchmarks.subjects.base import Subject, ask

ROUNDS = 5
PIECES = 1_000
TEXT = "".join(f"{i:09} " for i in range(PIECES))


def measure(bench: Bench) -> list[Row]:
    """Follow a function that gives a text with ten characters more a thousand times, as a program or a page does."""
    rates, sizes = bench.empty_samples(), bench.empty_samples()
    with TemporaryDirectory(prefix="minidemo-bench-") as folder:
        for subject in bench.turns(ROUNDS):
            if not subject.script("story").exists():
                continue
            with serving(subject, Path(folder) / subject.key, app="story") as server:
                read(subject, server.port)
                started = time.perf_counter()
                updates, size = read(subject, server.port)
                rates[subject.key].append(updates / (time.perf_counter() - started))
                sizes[subject.key].append(size / len(TEXT))
    return [
        Row(key="stream-rate", title="A text that grows 1,000 times: updates on the wire", unit="/s", samples=rates),
        Row(key="stream-size", title="The same: bytes on the wire / characters", unit="x", samples=sizes),
    ]


def read(subject: Subject, port: int) -> tuple[int, int]:
    """Return how many updates came, and how many bytes, up to the whole text."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    if subject.key == "gradio":
        called = ask(port, "POST", "/gradio_api/call/story", {"data": [PIECES]})
        connection.request("GET", f"/gradio_api/call/story/{called['event_id']}")
    else:
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        connection.request("POST", "/predict", json.dumps({"data": [PIECES]}), headers)
    stream = connection.getresponse().read()
    connection.close()
    if TEXT.encode() not in stream:
        raise RuntimeError(f"The whole text did not come: {stream[-500:]!r}")
    return stream.count(b"event: partial") + stream.count(b"event: generating"), len(stream)
