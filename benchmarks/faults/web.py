"""A demo behind a server, and visitors who flag over HTTP."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import PIL.Image

from benchmarks.faults import acks, tokens
from benchmarks.faults.crew import surroundings
from benchmarks.servers import free_port
from minidemo import Image, Interface, Number, Textbox, create_app
from minidemo.server.app import App

PATIENCE = 30.0


def draw(token: str, count: float) -> PIL.Image.Image:
    """Return the picture that goes with a token."""
    return tokens.picture(token)


def demo(folder: str) -> Interface:
    """Return a demo whose flags have the usual columns."""
    inputs = [Textbox(label="token"), Number(label="count")]
    return Interface(draw, inputs, Image(label="im"), flagging_dir=folder, concurrency_limit=None)


def application() -> App:
    """Return the application that uvicorn serves."""
    return create_app(demo(os.environ["FLAGGED"]).page)


@contextmanager
def uvicorn(folder: Path, workers: int, *more: str) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Serve the demo from so many processes, all of which are killed in the end."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", f"{__name__}:application", "--port", str(port)]
    yield from _serving([*command, "--workers", str(workers), "--log-level", "warning", *more], port, folder)


@contextmanager
def launched(folder: Path) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """Serve the demo as its author does."""
    port = free_port()
    yield from _serving([sys.executable, "-m", __name__, str(port)], port, folder)


def _serving(command: list[str], port: int, folder: Path) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    with (folder.parent / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env=surroundings() | {"FLAGGED": str(folder)},
            cwd=folder.parent,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        _wait_for_page(process, port, folder.parent / "server.log")
        yield port, process
    finally:
        kill_all(process)


def kill_all(process: "subprocess.Popen[bytes]") -> None:
    """Kill a server with all its processes."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _wait_for_page(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"The server did not start: {log.read_text(errors='replace')[-2000:]}")


class Visitor:
    """A visitor with a connection that stays open, and so with one of the server's processes."""

    def __init__(self, port: int, name: str, log: acks.Writer) -> None:
        self.port, self.name, self.log = port, name, log
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def predict(self, number: int) -> str:
        """Run the function, and return the id of the run."""
        status, answer = self.post("/predict", {"data": [tokens.token(self.name, number), number]})
        if status != 200:
            raise OSError(f"/predict was answered with {status}: {answer}")
        return str(answer["run"])

    def flag(self, number: int, run: str) -> int:
        """Flag a run, note the answer, and return its status; 0 where none came."""
        token, asked = tokens.token(self.name, number), time.monotonic_ns()
        try:
            status, answer = self.post("/flag", {"run": run})
        except (OSError, http.client.HTTPException) as error:
            self.log.note(f"unanswered {token} {error!r}")
            return 0
        if status in (200, 201):
            self.log.ack(token, int(answer["row"]), asked)
        else:
            self.log.refusal(token, OSError(f"{status} {answer}"), asked)
        return status

    def visit(self, numbers: range) -> None:
        """Predict and flag, again and again, until the server is gone."""
        try:
            for number in numbers:
                if not self.flag(number, self.predict(number)):
                    break
        except (OSError, http.client.HTTPException) as error:
            self.log.note(f"left {self.name} {error!r}")

    def post(self, path: str, body: Any) -> tuple[int, Any]:
        """Post JSON, and return the status and the answer."""
        self.http.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        response = self.http.getresponse()
        return response.status, json.loads(response.read() or b"{}")


if __name__ == "__main__":
    demo(os.environ["FLAGGED"]).launch(server_port=int(sys.argv[1]))
