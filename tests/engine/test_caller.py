"""How functions are called: in batches, in another executor, and only with what a validator lets through."""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest

import minidemo as gr
from minidemo.utils.renewing_executor import RenewingExecutor
from tests.engine.test_streaming import counts as goes_on
from tests.following import following
from tests.visitor import Visitor


class Batcher:
    """Takes lists, and keeps how many calls came at once; the first batch waits until a test opens the gate."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.began = threading.Event()
        self.sizes: list[int] = []

    def __call__(self, words: list[str], lengths: list[float]) -> tuple[list[str]]:
        """Cut words."""
        self.began.set()
        assert self.gate.wait(30)
        self.sizes.append(len(words))
        return ([word[: int(length)] for word, length in zip(words, lengths, strict=True)],)


def batched(fn: Callable[..., Any], **options: Any) -> gr.Interface:
    return gr.Interface(fn, ["text", "number"], "text", batch=True, **options)


@pytest.mark.parametrize(("limit", "sizes"), [(1, [1, 3, 1]), (2, [1, 3, 1])])
def test_calls_that_wait_are_made_together(limit: int, sizes: list[int]) -> None:
    fn = Batcher()
    with following(batched(fn, max_batch_size=3, concurrency_limit=1)) as follower:
        first = follower.call("a first", 1)
        assert fn.began.wait(60)
        others = [follower.call(f"{i} other", 1) for i in range(4)]
        assert others[-1].until("queued")["position"] == 3
        fn.gate.set()
        texts = [stream.until("result")["data"] for stream in [first, *others]]
    assert texts == [["a"], ["0"], ["1"], ["2"], ["3"]]
    assert fn.sizes == sizes


def test_a_call_that_another_is_making_waits_for_it() -> None:
    gate, started = threading.Event(), threading.Semaphore(0)

    def slow(words: list[str], lengths: list[float]) -> tuple[list[str]]:
        started.release()
        assert gate.wait(30)
        return (words,)

    with following(batched(slow, concurrency_limit=2)) as follower:
        streams = [follower.call(f"{i}", 1) for i in range(5)]
        assert started.acquire(timeout=60)
        gate.set()
        assert [stream.until("result")["data"] for stream in streams] == [[f"{i}"] for i in range(5)]


def test_a_call_that_does_not_fit_spoils_no_other() -> None:
    fn = Batcher()
    with following(batched(fn)) as follower:
        follower.call("first", 1)
        assert fn.began.wait(60)
        good, bad = follower.call("good", 2), follower.call("bad", "x")
        assert bad.until("queued")["position"] == 1
        fn.gate.set()
        assert good.until("result")["data"] == ["go"]
        assert bad.until("error")["field"] == "lengths"
        assert follower.call("alone", "x").until("error")["field"] == "lengths"


def test_who_stops_waiting_is_not_called() -> None:
    fn = Batcher()
    with following(batched(fn)) as follower:
        follower.call("first", 1)
        assert fn.began.wait(60)
        gone, stays = follower.call("gone", 1), follower.call("stays", 2)
        assert stays.until("queued")["position"] == 1
        follower.stop(gone.run)
        assert gone.until("error")["message"] == "Stopped."
        fn.gate.set()
        assert stays.until("result")["data"] == ["st"]
    assert fn.sizes == [1, 1]


def test_all_calls_of_a_batch_hear_the_function() -> None:
    fn = Batcher()

    def speak(words: list[str], lengths: list[float], progress: gr.Progress = gr.Progress()) -> Any:  # noqa: B008
        progress(0.5)
        gr.Info("Half way")
        return fn(words, lengths)

    with following(batched(speak)) as follower:
        first = follower.call("first", 1)
        assert first.until("log")["message"] == "Half way"
        others = [follower.call("other", 1) for _ in range(2)]
        assert others[1].until("queued")["position"] == 1
        fn.gate.set()
        for stream in others:
            assert stream.until("log")["message"] == "Half way"


def test_a_batch_ends_when_nobody_waits_for_it() -> None:
    began, gate = threading.Event(), threading.Event()

    def endless(words: list[str], lengths: list[float], progress: gr.Progress = gr.Progress()) -> None:  # noqa: B008
        began.set()
        assert gate.wait(30)
        while True:
            progress(0.5)

    with following(batched(endless)) as follower:
        stream = follower.call("a", 1)
        assert began.wait(60)
        follower.stop(stream.run)
        gate.set()
        assert stream.until("error")["message"] == "Stopped."


@pytest.mark.parametrize("result", [["a"], ("ab",), (["a", "b"],), (["a"], ["b"]), None])
def test_a_batch_of_another_size_is_told(result: Any) -> None:
    visitor = Visitor(batched(lambda words, lengths: result), show_error=True)
    response = visitor.predict("a", 1)
    assert response.status_code == 500
    said = "the function must return a tuple with a list of 1 values for each of its 1 outputs, since batch=True"
    assert said in response.json()["error"]["message"]


def test_a_batch_has_several_outputs() -> None:
    demo = gr.Interface(lambda words: (words, [len(w) for w in words]), "text", ["text", "number"], batch=True)
    assert Visitor(demo).result("abc") == ["abc", 3]


def double(number: float) -> float:
    """Return twice a number."""
    return 2 * number


def crash(number: float) -> float:
    """Take the process down, or return the number."""
    return number if number >= 0 else os._exit(1)


@pytest.fixture
def processes() -> Iterator[ProcessPoolExecutor]:
    import multiprocessing  # noqa: PLC0415  # here it is seen how

    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        yield pool


def test_a_function_runs_in_another_process(processes: Executor) -> None:
    visitor = Visitor(gr.Interface(double, "number", "number", executor=processes))
    assert visitor.result(4) == [8]
    assert visitor.predict("x").json()["error"]["field"] == "number"


def test_after_a_crash_of_a_process_the_next_call_works(processes: Executor) -> None:
    visitor = Visitor(gr.Interface(crash, "number", "number", executor=processes))
    for _ in range(2):
        assert visitor.result(1) == [1]
        response = visitor.predict(-1)
        assert (response.status_code, response.json()["error"]["message"]) == (
            500,
            "Something went wrong while running this demo.",
        )
    assert visitor.result(2) == [2]


def test_an_executor_that_stays_broken_says_so() -> None:
    class Broken(ThreadPoolExecutor):
        def submit(self, *_: Any, **__: Any) -> Any:
            raise BrokenExecutor

    with pytest.raises(BrokenExecutor):
        RenewingExecutor(Broken()).submit(len, "")


def test_types_that_are_not_known_do_not_matter_where_the_fields_are_named() -> None:
    names: dict[str, Any] = {}
    exec('def same(text: "Unknown"): return text', names)
    assert Visitor(gr.Interface(names["same"], "text", "text")).result("a") == ["a"]


def test_what_another_executor_returns_is_checked() -> None:
    with ThreadPoolExecutor(1) as pool:
        visitor = Visitor(gr.Interface(lambda x: "text", "number", "number", executor=pool), show_error=True)
        assert "Output" in visitor.predict(1).json()["error"]["message"]
    broken = Visitor(gr.Interface(double, "number", "number", executor=pool))
    assert broken.predict(1).status_code == 500, "it was shut down"


def test_a_call_that_waits_elsewhere_can_be_stopped() -> None:
    gate, called = threading.Event(), list[float]()

    def wait(x: float) -> bool:
        called.append(x)
        return gate.wait(30)

    with ThreadPoolExecutor(1) as pool:
        demo = gr.Interface(wait, "number", "text", executor=pool, concurrency_limit=None)
        with following(demo) as follower:
            first, second = follower.call(1), follower.call(2)
            follower.stop(second.run)
            assert second.until("error")["message"] == "Stopped."
            gate.set()
            assert first.until("result")["data"] == ["True"]
    assert called == [1], "the other never began"


async def waits(x: float) -> None:
    """Do nothing, some time."""


@pytest.mark.parametrize(
    ("fn", "options", "said"),
    [
        (waits, {"batch": True}, "batch=True needs a plain function"),
        (goes_on, {"batch": True}, "batch=True needs a plain function"),
        (double, {"batch": True, "max_batch_size": 0}, "max_batch_size is 0; expected a number from 1."),
        (double, {"executor": 4}, "executor is 4; expected a concurrent.futures.Executor"),
        (goes_on, {"executor": ThreadPoolExecutor(1)}, "executor= needs a plain function"),
        (waits, {"executor": ThreadPoolExecutor(1)}, "executor= needs a plain function"),
        (lambda x: x, {"executor": ProcessPoolExecutor(1)}, "cannot be sent to another process"),
        (double, {"validator": "x"}, "validator is 'x'; expected a function."),
        (double, {"time_limit": 0}, "time_limit is 0; expected seconds above 0"),
    ],
)
def test_mistakes_of_the_author_show_while_the_demo_is_built(
    fn: Callable[..., Any], options: dict[str, Any], said: str
) -> None:
    with pytest.raises(gr.ConfigurationError) as error:
        gr.Interface(fn, "number", "number", **options)
    assert said in str(error.value)


def positive(a: float, b: float) -> list[Any]:
    """Say of each number whether it is positive."""
    return [gr.validate(number > 0, f"{name} must be positive.") for name, number in (("a", a), ("b", b))]


def test_a_validator_refuses_a_value_at_its_field() -> None:
    calls = []

    def add(a: float, b: float) -> float:
        calls.append((a, b))
        return a + b

    visitor = Visitor(gr.Interface(add, ["number", "number"], "number", validator=positive))
    assert visitor.result(1, 2) == [3]
    response = visitor.predict(1, -2)
    assert (response.status_code, response.json()["error"]) == (422, {"message": "b must be positive.", "field": "b"})
    assert visitor.predict(1, "x").json()["error"]["field"] == "b"
    assert calls == [(1, 2)]


@pytest.mark.parametrize(
    ("said", "status", "field"),
    [(gr.validate(False, "No."), 422, None), (gr.validate(True, "No."), 200, None), (None, 200, None)],
)
def test_a_validator_may_speak_of_all_values_at_once(said: Any, status: int, field: str | None) -> None:
    visitor = Visitor(gr.Interface(positive, ["number", "number"], "json", validator=lambda a, b: said))
    response = visitor.predict(1, 2)
    assert response.status_code == status
    if status == 422:
        assert response.json()["error"] == {"message": "No.", "field": field}


def test_a_validator_that_fails_is_told_as_a_failure() -> None:
    visitor = Visitor(gr.Interface(double, "number", "number", validator=lambda x: 1 / 0))
    response = visitor.predict(1)
    assert (response.status_code, response.json()["error"]["message"]) == (
        500,
        "Something went wrong while running this demo.",
    )


def test_a_function_gets_the_request() -> None:
    def who(text: str, request: gr.Request, mark: str = "!") -> str:
        host = request.client.host if request.client else ""
        return f"{request.headers['x-test']} {request.session_hash} {host} {text}{mark}"

    visitor = Visitor(gr.Interface(who, ["text", "text"], "text"))
    visitor.http.headers["X-Test"] = "header"
    assert visitor.result("a", "?") == ["header a-visitor-of-the-tests testclient a?"]


def test_a_special_parameter_may_follow_those_that_are_left_out() -> None:
    def speak(text: str, times: int = 2, request: "gr.Request | None" = None, *, progress: gr.Progress) -> str:
        assert isinstance(progress, gr.Progress)
        return f"{text * times} {request is not None}"

    assert Visitor(gr.Interface(speak, "text", "text")).result("a") == ["aa True"]
