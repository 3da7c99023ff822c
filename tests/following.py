"""A visitor of a served demo who reads a stream of events one by one, while the function goes on."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx2

import minidemo as gr
from tests import plain
from tests.visitor import SESSION


class Stream:
    """The events of one call, read as they come."""

    def __init__(self, response: httpx2.Response) -> None:
        self._lines = response.iter_lines()
        self._response = response
        self._events = ((_name(line), _data(next(self._lines))) for line in self._lines if line.startswith("event: "))
        self.run = ""
        """The id of the run."""

    def next(self) -> tuple[str, Any]:
        """Read the next event: its name and its data."""
        return next(self._events)

    def until(self, *names: str) -> Any:
        """Read on to an event of one of these names, and return its data."""
        return next(data for name, data in self._events if name in names)

    def leave(self) -> None:
        """Read no longer, as a tab that is closed."""
        self._response.close()


class Follower:
    """Calls a demo over the network, and follows several of its calls at once."""

    def __init__(self, url: str, stack: ExitStack) -> None:
        self.http = stack.enter_context(plain.Client(base_url=url))
        self._stack = stack

    def call(self, *data: Any) -> Stream:
        """Submit one value for each input."""
        body, headers = {"data": data, "session": SESSION}, {"Accept": "text/event-stream"}
        stream = self._open(self.http.stream("POST", "/predict", json=body, headers=headers))
        stream.run = stream.until("run")["run"]
        return stream

    def come_back(self, run: str) -> Stream:
        """Follow a call that was made before."""
        return self._open(self.http.stream("GET", f"/runs/{run}"))

    def stop(self, run: str) -> httpx2.Response:
        """Stop a call."""
        return self.http.post(f"/runs/{run}/cancel")

    def _open(self, response: Any) -> Stream:
        return Stream(self._stack.enter_context(response))


def _name(line: str) -> str:
    return line.removeprefix("event: ")


def _data(line: str) -> Any:
    return json.loads(line.removeprefix("data: "))


@contextmanager
def following(demo: gr.Interface) -> Iterator[Follower]:
    """Serve a demo for as long as somebody follows its calls."""
    with ExitStack() as stack:
        yield Follower(stack.enter_context(demo.running()), stack)
