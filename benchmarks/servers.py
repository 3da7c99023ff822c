"""Starts and stops the calculator of a subject."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import venvs
from benchmarks.subjects.base import Subject

PATIENCE = 60.0
QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "PYTHONUNBUFFERED": "1"}
GET = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """A calculator that answers; `startup` is how many seconds it took from the start of its script to that."""

    port: int
    pid: int
    startup: float

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}/"


@contextmanager
def serving(subject: Subject, folder: Path, *, app: str = "calculator") -> Iterator[Server]:
    """Run the calculator, or another app, until the block is left; its flags go into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    with (folder / "server.log").open("ab") as log:
        command = [str(venvs.python(subject)), str(subject.script(app)), str(port), str(folder / "flagged")]
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=os.environ | QUIET, stdout=log, stderr=log)
        try:
            wait_for_answer(process, port, folder / "server.log")
            yield Server(port=port, pid=process.pid, startup=time.perf_counter() - started)
        finally:
            stop(process)


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_answer(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Ask for the page every two milliseconds until it comes."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if get(port).startswith(b"HTTP/1.1 200"):
            return
        if process.poll() is not None:
            break
        time.sleep(0.002)
    raise RuntimeError(f"No page came from {log.parent.name} ({get(port)[:500]!r}). " + log.read_text(errors="replace"))


def get(port: int) -> bytes:
    """Fetch the page once, as a whole, head included; nothing if nobody listens."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
            connection.sendall(GET)
            return b"".join(iter(lambda: connection.recv(65536), b""))
    except OSError:
        return b""


def stop(process: subprocess.Popen[bytes]) -> None:
    """Press Ctrl-C, and end the process if it does not end by itself."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
