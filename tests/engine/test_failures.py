"""Whatever an author's code raises, and wherever: the visitor is told, the run can be flagged, and the demo goes on."""

import asyncio
import functools
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

import pytest

import minidemo as gr
from minidemo.context.session import Session
from minidemo.flagging.backends.fanout import FanOut
from tests.exceptions import EXCEPTIONS, Speechless, fail, failing
from tests.following import following
from tests.visitor import Visitor

MESSAGES = {
    "an error of no text": "<Speechless>",
    "an error about another": "3: bad",
}
"""What the visitor reads of those whose text is for them."""
FAILED = "Something went wrong while running this demo."


def several(name: str) -> Iterator[str]:
    yield ""
    yield fail(name)


async def awaited(name: str) -> str:
    return fail(name)


async def several_awaited(name: str) -> AsyncIterator[str]:
    yield ""
    yield fail(name)


async def started(name: str) -> AsyncIterator[str]:
    result = fail(name)
    yield result


def batched(names: list[str]) -> tuple[list[str]]:
    return ([fail(name) for name in names],)


class Failing(gr.Textbox):
    """A text that fails on its way in, and on its way out."""

    def preprocess(self, value: Any) -> str:
        return fail(value) if self.label == "in" else str(value)

    def postprocess(self, value: Any) -> str:
        return fail(value) if self.label == "out" else str(value)


class Inline(Executor):
    """Calls in the thread that submits, and so fails there."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class Cancelling(Executor):
    """Cancels what it was asked to do."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.cancel()
        return future


def valid(name: str) -> None:
    fail(name)


POOL = ThreadPoolExecutor(2)
PLACES: dict[str, Callable[[], gr.Interface]] = {
    "a function": lambda: gr.Interface(fail, "text", "text"),
    "a generator": lambda: gr.Interface(several, "text", "text"),
    "an async function": lambda: gr.Interface(awaited, "text", "text"),
    "an async generator": lambda: gr.Interface(several_awaited, "text", "text"),
    "the start of an async generator": lambda: gr.Interface(started, "text", "text"),
    "a wrapped async function": lambda: gr.Interface(lambda name: awaited(name), "text", "text"),
    "a wrapped async generator": lambda: gr.Interface(lambda name: several_awaited(name), "text", "text"),
    "a partial": lambda: gr.Interface(functools.partial(fail), "text", "text"),
    "a batch": lambda: gr.Interface(batched, "text", "text", batch=True),
    "an executor": lambda: gr.Interface(fail, "text", "text", executor=POOL),
    "submitting": lambda: gr.Interface(fail, "text", "text", executor=Inline()),
    "a validator": lambda: gr.Interface(str.upper, "text", "text", validator=valid),
    "an input": lambda: gr.Interface(str.upper, Failing(label="in"), "text"),
    "an output": lambda: gr.Interface(lambda name: name, "text", Failing(label="out")),
    "an output of an async function": lambda: gr.Interface(awaited_same, "text", Failing(label="out")),
}


async def awaited_same(name: str) -> str:
    return name


@pytest.mark.parametrize("make", [pytest.param(make, id=place) for place, make in PLACES.items()])
def test_each_exception_is_a_failed_run(make: Callable[[], gr.Interface]) -> None:
    demo = make()
    visitor = Visitor(demo)
    with following(demo) as follower:
        for name in EXCEPTIONS:
            message = MESSAGES.get(name, FAILED)
            assert follower.call(name).until("error")["message"] == message, name
            response = visitor.predict(name)
            assert (response.status_code, response.json()["error"]["message"]) == (500, message), name
            assert visitor.flag(response.json()["run"]).status_code == 201
            with pytest.raises(BaseException):  # noqa: B017, PT011  # of any class: asyncio replaces some
                demo(name)
        assert follower.call("fine").until("result")["data"] == ["FINE"]
        assert visitor.result("fine") == ["FINE"]


def test_an_executor_may_cancel_a_call() -> None:
    visitor = Visitor(gr.Interface(fail, "text", "text", executor=Cancelling()))
    assert visitor.predict("fine").json()["error"]["message"] == FAILED


def test_a_function_may_cancel_its_own_task() -> None:
    async def cancel(name: str) -> str:
        task = asyncio.current_task()
        if task is not None and name == "bad":
            task.cancel()
        await asyncio.sleep(0)
        return name

    with following(gr.Interface(cancel, "text", "text")) as follower:
        assert follower.call("bad").until("error")["message"].startswith("Something went wrong")
        assert follower.http.post("/predict", json={"data": ["bad"]}).status_code == 500
        assert follower.call("fine").until("result")["data"] == ["fine"]


def test_a_failed_run_says_what_was_raised() -> None:
    visitor = Visitor(gr.Interface(fail, "text", "text"), show_error=True)
    messages = {name: visitor.predict(name).json()["error"]["message"] for name in ("panic", "without text")}
    assert messages == {
        "panic": "Something went wrong while running this demo: index out of bounds.",
        "without text": "Something went wrong while running this demo: <Speechless>.",
    }
    visitor.flag(visitor.predict("panic").json()["run"])
    (record,) = gr.FlagStore("flagged").records()
    assert record.error == "Panic: index out of bounds"


def test_the_first_value_of_a_state_may_fail() -> None:
    names = iter(EXCEPTIONS)
    inputs: list[str | gr.Component] = ["text", gr.State(lambda: fail(next(names)))]
    visitor = Visitor(gr.Interface(lambda name, word: (word, name), inputs, ["text", gr.State()]))
    for name in EXCEPTIONS:
        assert visitor.predict("a").json()["error"]["message"] == MESSAGES.get(name, FAILED), name


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_the_end_of_a_state_may_fail(name: str, caplog: pytest.LogCaptureFixture) -> None:
    session, gone = Session(), list[int]()
    session.get(gr.State(0, delete_callback=lambda value: fail(name)))
    session.get(gr.State(1, delete_callback=gone.append))
    if name == "interrupt":
        with pytest.raises(KeyboardInterrupt):  # in the main thread it is Ctrl-C
            session.expire(float("inf"))
        return
    assert session.expire(float("inf"))
    assert gone == [1], "the others are told"
    assert "The delete_callback of a State failed" in caplog.text


@pytest.mark.parametrize("place", ["flagging_redact", "flagging_callback"])
def test_flagging_may_fail(place: str) -> None:
    names = list[str]()
    demo = gr.Interface(str.upper, "text", "text", **{place: lambda value: fail(names[-1])})  # type: ignore[arg-type]
    visitor = Visitor(demo)
    for name in EXCEPTIONS:
        names.append(name)
        response = visitor.flag(visitor.predict("a").json()["run"])
        assert response.status_code == 503, name
        assert "Nothing is lost: please try again." in response.json()["error"]["message"]


def test_a_component_that_cannot_be_stored_holds_up_no_other_flag() -> None:
    class Unstorable(gr.Textbox):
        def flag(self, value: Any) -> Any:
            return failing() if value == "bad" else value

    visitor = Visitor(gr.Interface(str.upper, Unstorable(label="text"), "text"))
    statuses = [visitor.flag(visitor.predict(word).json()["run"]).status_code for word in ("a", "bad", "b")]
    assert statuses == [201, 503, 201]


@pytest.mark.parametrize("mode", ["eager", "lazy"])
def test_the_outputs_of_an_example_may_fail(mode: Any) -> None:
    demo = gr.Interface(fail, "text", "text", examples=["panic"], cache_examples=True, cache_mode=mode)
    if mode == "eager":
        with pytest.raises(gr.ConfigurationError, match=r"the function failed\. Panic: index out of bounds"):
            Visitor(demo)
    else:
        assert Visitor(demo).show(0).json()["error"]["message"] == FAILED


def test_a_sink_that_fails_is_tried_again() -> None:
    seen, taken = [], threading.Event()

    def sink(record: gr.FlagRecord) -> None:
        seen.append(record)
        if len(seen) < 3:
            failing()
        taken.set()

    backend = FanOut([gr.CSVLogger(), sink], pauses=[0.01])
    visitor = Visitor(gr.Interface(str.upper, "text", "text", flagging_callback=backend))
    assert visitor.flag(visitor.predict("a").json()["run"]).status_code == 201
    assert taken.wait(60)


def test_an_error_about_something_else_has_its_text() -> None:
    assert gr.Error(Speechless()).told == "<Speechless>"  # type: ignore[arg-type]
    assert gr.InputError(ValueError("bad")).message == "bad"  # type: ignore[arg-type]
