"""A function tells how far it is, and says a few words to its visitor."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
import tqdm
from hypothesis import given
from hypothesis import strategies as st

import minidemo as gr
from minidemo.context.alerts import listening
from minidemo.engine.job import CallContext, Job
from tests.exceptions import Exiting, Speechless
from tests.following import Stream, following
from tests.visitor import Visitor

NOTHING = {"done": None, "total": None, "unit": "steps", "share": None, "text": None}


class Gate:
    """Where a function waits until a test has read what it told."""

    def __init__(self) -> None:
        self._gate = threading.Semaphore(0)

    def wait(self) -> None:
        """Wait in the function."""
        assert self._gate.acquire(timeout=60)

    def steps(self, stream: Stream) -> list[dict[str, Any]]:
        """Read what is told next, and let the function go on."""
        steps: list[dict[str, Any]] = stream.until("progress")["steps"]
        self.open()
        return steps

    def open(self) -> None:
        """Let the function go on."""
        self._gate.release()


@pytest.mark.parametrize(
    ("arguments", "step"),
    [
        ({"progress": 0.25}, {"share": 0.25}),
        ({"progress": 0.5, "desc": "Half"}, {"share": 0.5, "text": "Half"}),
        ({"progress": (3, 10)}, {"done": 3, "total": 10}),
        ({"progress": (3, None), "unit": "pages"}, {"done": 3, "unit": "pages"}),
        ({"progress": 3, "total": 4}, {"done": 3, "total": 4}),
        ({"progress": None, "desc": "Starting"}, {"text": "Starting"}),
    ],
)
def test_progress_is_told_as_it_is_given(arguments: dict[str, Any], step: dict[str, Any]) -> None:
    gate = Gate()

    def work(text: str, progress: gr.Progress = gr.Progress()) -> str:  # noqa: B008  # as Gradio's users write it
        progress(**arguments)
        gate.wait()
        return text

    with following(gr.Interface(work, "text", "text")) as follower:
        stream = follower.call("a")
        assert gate.steps(stream) == [NOTHING | step]
        assert stream.until("result")["data"] == ["a"]


def test_loops_in_loops_are_told_the_outer_first() -> None:
    gate, inner = Gate(), {"done": 0, "total": 1, "unit": "pages"}

    def work(text: str, progress: gr.Progress) -> str:
        for _ in progress.tqdm(iter("ab"), desc="books", total=2):
            for page in progress.tqdm([1], unit="pages"):
                text += str(page)
                gate.wait()
        return text

    with following(gr.Interface(work, "text", "text")) as follower:
        stream = follower.call("")
        for book in (0, 1):
            outer = NOTHING | {"done": book, "total": 2, "text": "books"}
            assert [outer, NOTHING | inner] in iter(lambda: stream.until("progress")["steps"], None)
            gate.open()
        assert stream.until("result")["data"] == ["11"]


def test_the_bars_of_tqdm_are_told_where_that_is_wanted() -> None:
    gate = Gate()

    def work(text: str, progress: gr.Progress = gr.Progress(track_tqdm=True)) -> str:  # noqa: B008
        with tqdm.tqdm(total=8, initial=2, desc="Loading", unit="parts"):
            gate.wait()
        return text

    def silent(text: str) -> str:
        for _ in tqdm.trange(2):
            """Count."""
        return text

    for _ in range(2):  # the second finds tqdm as the first has left it
        with following(gr.Interface(work, "text", "text")) as follower:
            stream = follower.call("a")
            assert gate.steps(stream) == [NOTHING | {"done": 2, "total": 8, "unit": "parts", "text": "Loading"}]
            stream.until("result")
    visitor = Visitor(gr.Interface(silent, "text", "text"))
    assert [name for name, _ in visitor.events("a")] == ["result"]


def test_without_tqdm_its_bars_are_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    def work(text: str, progress: gr.Progress = gr.Progress(track_tqdm=True)) -> str:  # noqa: B008
        return text

    assert Visitor(gr.Interface(work, "text", "text")).result("a") == ["a"]


def test_each_call_tells_its_own_progress() -> None:
    seen = []

    def work(text: str, progress: gr.Progress = gr.Progress(track_tqdm=True)) -> str:  # noqa: B008
        seen.append(progress)
        return text

    visitor = Visitor(gr.Interface(work, "text", "text"))
    for _ in range(2):
        visitor.result("a")
    assert seen[0] is not seen[1]
    assert all(progress.track_tqdm for progress in seen)


def test_a_function_that_tells_its_progress_can_be_stopped() -> None:
    began = threading.Event()

    def work(text: str, progress: gr.Progress = gr.Progress()) -> None:  # noqa: B008
        with suppress(Exception):  # as a function may, which goes on then
            while True:
                progress(0.5)
                began.set()

    with following(gr.Interface(work, "text", "text")) as follower:
        stream = follower.call("a")
        assert began.wait(60)
        follower.stop(stream.run)
        assert stream.until("error")["message"] == "Stopped."


ODD: Any = st.builds(Speechless) | st.builds(Exiting) | st.sampled_from([object, 10**400, 1j, "", "a", b"a", [3], {}])
ANYTHING: Any = ODD | st.one_of(
    st.none(), st.floats(), st.integers(), st.decimals(), st.fractions(), st.booleans(), st.lists(ODD, max_size=3)
)


@given(drawn=st.lists(ANYTHING, min_size=40, max_size=40))
def test_no_report_ends_the_function(drawn: list[Any]) -> None:
    def work(text: str, progress: gr.Progress = gr.Progress()) -> str:  # noqa: B008
        one = partial(next, iter(drawn))
        values: list[Any] = [one(), (one(), one()), [one()], (), (one(), one(), one())]
        for value in values:
            progress(value, desc=one(), total=one(), unit=one())
        for _ in progress.tqdm([1], desc=one(), total=one(), unit=one()):
            """Count."""
        for speak in (gr.Info, gr.Warning, gr.Success):
            speak(one(), duration=one(), title=one())
        return text

    events = list(Visitor(gr.Interface(work, "text", "text")).events("a"))
    assert events[-1][0] == "result", events[-1]
    assert events[-1][1]["data"] == ["a"]


@pytest.mark.parametrize(
    ("said", "share"),
    [(1.0000000000000013, 1), (2, 1), (-0.1, 0), (float("nan"), None), (float("inf"), None), ("half", None), (True, 1)],
)
def test_a_share_is_between_nothing_and_all(said: Any, share: float | None) -> None:
    gate = Gate()

    def work(text: str, progress: gr.Progress = gr.Progress()) -> str:  # noqa: B008
        progress(said)
        gate.wait()
        return text

    with following(gr.Interface(work, "text", "text")) as follower:
        stream = follower.call("a")
        assert gate.steps(stream) == [NOTHING | {"share": share}]
        stream.until("result")


def test_a_sum_of_shares_may_be_more_than_all() -> None:
    def work(text: str, progress: gr.Progress = gr.Progress()) -> str:  # noqa: B008
        done = 0.0
        for _ in range(60):
            done += 1 / 60
            progress(done)
        return text

    assert Visitor(gr.Interface(work, "text", "text")).result("a") == ["a"]


class Unsized(list[int]):
    """Has no length, as data sets that come as a stream."""

    def __len__(self) -> int:
        raise TypeError("no length")


@pytest.mark.parametrize(("items", "read"), [(Unsized([1, 2]), [1, 2]), (None, []), ([1, 2], [1, 2])])
def test_any_items_may_be_counted(items: Any, read: list[int]) -> None:
    assert list(gr.Progress().tqdm(items)) == read


def test_a_function_that_reports_goes_on_after_the_server() -> None:
    demo = gr.Interface(str.upper, "text", "text")

    async def start() -> Job:
        job = Job(demo.page.endpoint(None), ("a",), CallContext())
        job.follow(asyncio.Event())
        return job

    job = asyncio.run(start())
    with listening(job):
        gr.Info("The server is gone.")
        gr.Progress()(0.5)
    assert [message.text for message in job.messages] == ["The server is gone."]


def test_where_nobody_listens_nothing_is_told() -> None:
    progress = gr.Progress()
    progress(0.5)
    assert list(progress.tqdm(range(3))) == [0, 1, 2]
    gr.Info("Nobody hears this.")


def test_messages_are_told_in_their_order() -> None:
    def speak(text: str) -> Iterator[str]:
        gr.Info("one")
        gr.Warning("two", duration=None, title="Mind")
        yield text
        gr.Success("three", 3)
        gr.Info("unseen", visible=False)
        gr.Info("unseen", duration=0)

    events = Visitor(gr.Interface(speak, "text", "text")).events("a")
    assert [tuple(data.values()) for name, data in events if name == "log"] == [
        ("info", "one", "Info", 10),
        ("warning", "two", "Mind", None),
        ("success", "three", "Success", 3),
    ]


def test_a_function_that_says_too_much_is_cut_short() -> None:
    def chat(text: str) -> str:
        for i in range(1_100):
            gr.Info(str(i))
        return text

    names = [name for name, _ in Visitor(gr.Interface(chat, "text", "text")).events("a")]
    assert names.count("log") == 1_000


@pytest.mark.parametrize(("said", "seconds"), [(-1, 10), ("3", 3), ("soon", 10), (float("nan"), 10), (0.5, 0.5)])
def test_a_duration_is_in_seconds(said: Any, seconds: float) -> None:
    def work(text: str) -> str:
        gr.Info(text, duration=said)
        return text

    [(_, message), _] = Visitor(gr.Interface(work, "text", "text")).events("a")
    assert message["duration"] == seconds
