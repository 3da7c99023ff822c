"""A function tells how far it is, and says a few words to its visitor."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import tqdm

import minidemo as gr
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


@pytest.mark.parametrize("wrong", [2, -0.1])
def test_a_share_that_is_none_is_refused(wrong: float) -> None:
    with pytest.raises(gr.ConfigurationError, match=r"expected a share from 0 to 1, or steps such as \(3, 10\)"):
        gr.Progress()(wrong)
    with pytest.raises(gr.ConfigurationError, match="needs something to iterate over"):
        gr.Progress().tqdm(None)


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


@pytest.mark.parametrize("wrong", [-1, "3", True])
def test_a_duration_is_in_seconds(wrong: Any) -> None:
    with pytest.raises(gr.ConfigurationError, match=r"duration is .*; expected seconds from 0, or None"):
        gr.Info("a", duration=wrong)
