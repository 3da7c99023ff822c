"""Calls a served demo as Gradio's clients do, with one event after the other at hand."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2

from minidemo.interfaces.demo import Demo
from tests import plain

SESSION = "s0me5essi0n"
PREFIX = "/gradio_api"
JSON = {"Content-Type": "application/json"}


class Caller:
    """A client of the API."""

    def __init__(self, http: httpx2.Client, session: str = SESSION) -> None:
        self.http = http
        self.session = session

    def join(self, *data: Any, number: int = 0, **more: Any) -> httpx2.Response:
        """Ask for a call whose results come in the stream."""
        body = {"data": data, "fn_index": number, "session_hash": self.session, "event_data": None} | more
        return self.http.post(f"{PREFIX}/queue/join", json=body)

    def event(self, *data: Any, number: int = 0) -> str:
        """Join, and return the id of the call."""
        response = self.join(*data, number=number)
        assert response.status_code == 200, response.text
        return str(response.json()["event_id"])

    @contextmanager
    def listening(self) -> Iterator[Iterator[Any]]:
        """Open the stream, and read one message after the other."""
        with self.http.stream("GET", f"{PREFIX}/queue/data", params={"session_hash": self.session}) as response:
            assert response.headers["content-type"].startswith("text/event-stream")
            yield (json.loads(line.removeprefix("data: ")) for line in response.iter_lines() if line)

    def messages(self, event: str | None = None) -> list[Any]:
        """Read the stream until it is closed, hang up as clients do, and return its messages, or those of one call."""
        with self.listening() as stream:
            told = [next(stream)]
            while told[-1]["msg"] != "close_stream":
                told.append(next(stream))
        return [message for message in told if event in (None, message["event_id"])]

    def end_of(self, *data: Any, number: int = 0) -> Any:
        """Make a call, and return the last message about it."""
        return self.messages(self.event(*data, number=number))[-1]

    def call(self, name: str, *data: Any, prefix: str = PREFIX, **more: Any) -> str:
        """Begin a call as curl does, and return its id."""
        response = self.http.post(f"{prefix}/call/{name}", json={"data": data} | more)
        assert response.status_code == 200, response.text
        return str(response.json()["event_id"])

    def result(self, name: str, event: str, prefix: str = PREFIX) -> list[tuple[str, Any]]:
        """Read what comes of a call: names of events, and their data."""
        response = self.http.get(f"{prefix}/call/{name}/{event}")
        assert response.status_code == 200, response.text
        blocks = [block.split("\n") for block in response.text.split("\n\n")[:-1]]
        return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]

    def upload(self, *files: tuple[str, bytes]) -> list[str]:
        """Upload files, and return their paths."""
        response = self.http.post(f"{PREFIX}/upload", files=[("files", file) for file in files])
        assert response.status_code == 200, response.text
        paths: list[str] = response.json()
        return paths


@contextmanager
def calling(demo: Demo, **options: Any) -> Iterator[Caller]:
    """Serve a demo for as long as it is called."""
    with demo.running(**options) as url, plain.Client(base_url=url) as http:
        yield Caller(http)
