"""A function that goes on: its results are told as they come, it can be stopped, and come back to."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

import minidemo as gr
from tests.content.test_json_diff import made
from tests.flagging.backend import Shelf
from tests.following import Stream, following
from tests.visitor import Visitor


def counts(n: float) -> Iterator[str]:
    """Give one text more each time."""
    text = ""
    for i in range(int(n)):
        text += f"{i} "
        yield text


async def counts_async(n: float) -> AsyncIterator[str]:
    """Do the same in the event loop."""
    for text in counts(n):
        yield text
        await asyncio.sleep(0)


class Counter:
    """Does the same as an object."""

    def __call__(self, n: float) -> Iterator[str]:
        """Give one text more each time."""
        yield from counts(n)

    def method(self, n: float) -> Iterator[str]:
        """Do the same as a method."""
        yield from counts(n)


KINDS = [counts, counts_async, Counter(), Counter().method]


class Tap:
    """A function whose results come when a test wants them; `ended` is set once it was closed."""

    def __init__(self) -> None:
        self.drops = threading.Semaphore(0)
        self.ended = threading.Event()

    def __call__(self, text: str) -> Iterator[str]:
        """Give a text that grows, and fail in the end."""
        said = ""
        try:
            while len(said) < 100:
                self.drops.acquire()
                said += text
                yield said
            raise gr.Error("That was all.")
        finally:
            self.ended.set()


class AsyncTap(Tap):
    """The same in the event loop."""

    async def __call__(self, text: str) -> AsyncIterator[str]:  # type: ignore[override]  # of another kind
        """Give a text that grows."""
        said = ""
        try:
            while True:
                await asyncio.to_thread(self.drops.acquire)
                said += text
                yield said
        finally:
            self.drops.release()  # for the thread that still waits
            self.ended.set()


def endless(text: str) -> Iterator[str]:
    """Give texts for ever."""
    while True:
        yield text


async def endless_async(text: str) -> AsyncIterator[str]:
    """Do the same in the event loop."""
    while True:
        yield text


def partial(stream: Stream, value: Any = None) -> Any:
    """Return what the next event makes of the first output."""
    return made(value, [tuple(change) for change in stream.until("partial")["changes"][0]])


@pytest.mark.parametrize("fn", KINDS, ids=["plain", "async", "object", "method"])
def test_the_last_result_is_that_of_the_run(fn: Callable[[float], Any]) -> None:
    visitor = Visitor(gr.Interface(fn, "number", "text"))
    assert visitor.result(3) == ["0 1 2 "]
    *_, (name, result) = visitor.events(3)
    assert (name, result["data"]) == ("result", ["0 1 2 "])


def test_a_function_that_gives_nothing_has_empty_outputs() -> None:
    visitor = Visitor(gr.Interface(counts, "number", ["text"]))
    assert visitor.result(0) == [None]


@pytest.mark.parametrize("kind", [Tap, AsyncTap])
def test_results_are_told_as_they_come_and_only_what_is_new(kind: type[Tap]) -> None:
    tap = kind()
    with following(gr.Interface(tap, "text", "text")) as follower:
        stream = follower.call("ab")
        tap.drops.release()
        assert partial(stream) == "ab"
        tap.drops.release()
        assert stream.until("partial")["changes"] == [[["append", [], "ab"]]]
        follower.stop(stream.run)
        tap.drops.release()


@pytest.mark.parametrize("kind", [Tap, AsyncTap])
def test_a_stopped_function_is_closed_and_what_came_can_be_flagged(kind: type[Tap]) -> None:
    backend, tap = Shelf(), kind()
    with following(gr.Interface(tap, "text", "text", flagging_callback=backend)) as follower:
        stream = follower.call("ab")
        tap.drops.release()
        assert partial(stream) == "ab"
        assert follower.stop(stream.run).json() == {"run": stream.run}
        tap.drops.release()
        assert stream.until("error") == {"run": stream.run, "message": "Stopped.", "field": None}
        assert tap.ended.wait(60)
        assert follower.http.post("/flag", json={"run": stream.run}).status_code == 201
        assert follower.stop(stream.run).status_code == 410
    (record,) = backend.kept
    assert (record.error, record.outputs[0][:2]) == ("Stopped.", "ab")


@pytest.mark.parametrize("kind", [Tap, AsyncTap])
def test_a_stopped_function_makes_room_for_the_next(kind: type[Tap]) -> None:
    tap = kind()
    with following(gr.Interface(tap, "text", "text")) as follower:
        first, second = follower.call("a"), follower.call("b")
        tap.drops.release()
        assert partial(first) == "a"
        assert second.until("queued")["position"] == 0
        follower.stop(first.run)
        tap.drops.release(2)
        assert partial(second) == "b"
        follower.stop(second.run)
        tap.drops.release()


def test_who_is_stopped_while_waiting_leaves_the_queue() -> None:
    tap = Tap()
    with following(gr.Interface(tap, "text", "text")) as follower:
        first = follower.call("a")
        tap.drops.release()
        assert partial(first) == "a"
        second, third = follower.call("b"), follower.call("c")
        assert third.until("queued")["position"] == 1
        follower.stop(second.run)
        assert second.until("error")["message"] == "Stopped."
        assert third.until("queued")["position"] == 0
        for stream in (third, first):
            follower.stop(stream.run)
        tap.drops.release()


def test_a_failure_midway_leaves_what_came() -> None:
    backend, tap = Shelf(), Tap()
    tap.drops.release(3)
    visitor = Visitor(gr.Interface(tap, "text", "text", flagging_callback=backend))
    response = visitor.predict("x" * 50)
    assert response.json()["error"]["message"] == "That was all."
    visitor.flag(response.json()["run"])
    assert (backend.kept[0].outputs, backend.kept[0].error) == (("x" * 100,), "Error: That was all.")


def test_a_page_comes_back_to_its_call() -> None:
    tap = Tap()
    with following(gr.Interface(tap, "text", "text")) as follower:
        stream = follower.call("ab")
        tap.drops.release()
        assert partial(stream) == "ab"
        stream.leave()
        again = follower.come_back(stream.run)
        assert partial(again) == "ab"
        tap.drops.release(100)
        assert again.until("error")["message"] == "That was all."
        assert follower.come_back(stream.run).until("error")["message"] == "That was all."
        assert follower.http.get("/runs/unknown").status_code == 410


def test_a_call_that_nobody_follows_any_longer_ends() -> None:
    tap = Tap()
    with following(gr.Interface(tap, "text", "text")) as follower:
        stream = follower.call("ab")
        tap.drops.release()
        assert partial(stream) == "ab"
        stream.leave()
        while not tap.ended.wait(0.1):
            tap.drops.release()


@pytest.mark.parametrize("fn", [endless, endless_async])
def test_a_time_limit_ends_a_function_with_what_came(fn: Callable[[str], Any]) -> None:
    visitor = Visitor(gr.Interface(fn, "text", "text", time_limit=0.05))
    (text,) = visitor.result("a")
    assert set(text) == {"a"}
