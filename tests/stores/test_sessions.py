"""State: what a demo remembers of one visitor, and for how long."""

import asyncio
import threading
from typing import Any

import pytest

import minidemo as gr
from minidemo.context.session import Session
from minidemo.engine.job import CallContext
from minidemo.engine.runner import Runner
from minidemo.engine.workers import Workers
from minidemo.stores.files import FileStore
from minidemo.stores.runs import RunStore
from minidemo.stores.sessions import SessionStore
from tests.clock import Clock
from tests.visitor import Visitor

NOTHING: Any = 3
"""What is no function."""


def remember(text: str, said: list[str]) -> tuple[str, list[str]]:
    """Add a text to what was said."""
    said.append(text)
    return " ".join(said), said


def visitors(demo: gr.Interface, *names: str | None) -> list[Visitor]:
    """Return visitors of one running demo."""
    first = Visitor(demo)
    others = [Visitor(demo, session=name) for name in names]
    for other in others:
        other.http = first.http
    return [first, *others]


@pytest.mark.parametrize("shared", [True, False])
def test_each_visitor_has_a_state(shared: bool) -> None:
    state = gr.State([])
    demo = gr.Interface(remember, ["text", state], ["text", state if shared else gr.State([])])
    ada, bob = visitors(demo, "another-visitor")
    assert ada.result("a") == ["a", None]
    assert bob.result("x") == ["x", None]
    assert ada.result("b") == ["a b", None]
    assert bob.result("y") == ["x y", None]


def test_a_caller_without_a_session_begins_anew_each_time() -> None:
    demo = gr.Interface(remember, ["text", gr.State([])], ["text", "state"])
    _, nobody = visitors(demo, None)
    assert nobody.result("a") == nobody.result("a") == ["a", None]


def test_by_name_and_counted_as_in_gradio() -> None:
    demo = gr.Interface(lambda text, n: (text, (n or 0) + 1, n), ["text", "state"], ["text", "state", "number"])
    assert [component.label for component in demo.page.endpoint(None).outputs] == ["Output 0", "n", "Output 1"]
    visitor = Visitor(demo)
    assert [visitor.result("a")[2] for _ in range(3)] == [None, 1, 2]


def test_a_state_may_be_made_by_a_function() -> None:
    made = iter(range(10))
    demo = gr.Interface(lambda state: state, gr.State(lambda: next(made)), "number")
    ada, bob = visitors(demo, "another-visitor")
    assert (ada.result(None), bob.result(None), ada.result(None)) == ([0], [1], [0])


def test_what_a_visitor_sends_for_a_state_is_ignored() -> None:
    demo = gr.Interface(lambda state: state, gr.State("kept"), "text")
    assert Visitor(demo).result("forged") == ["kept"]


def test_a_state_is_never_stored_with_a_flag() -> None:
    demo = gr.Interface(remember, ["text", gr.State([])], ["text", "state"])
    visitor = Visitor(demo)
    visitor.flag(visitor.predict("a").json()["run"])
    (record,) = gr.FlagStore("flagged").records()
    assert (record.inputs, record.outputs) == (("a",), ("a",))


def test_states_of_calls_in_batches() -> None:
    def count(words: list[str], numbers: list[int]) -> tuple[list[str], list[int]]:
        return words, [number + 1 for number in numbers]

    demo = gr.Interface(count, ["text", gr.State(0)], ["text", "state"], batch=True)
    visitor = Visitor(demo)
    assert visitor.result("a") == visitor.result("a") == ["a", None]


def test_a_state_works_without_a_server() -> None:
    demo = gr.Interface(remember, ["text", gr.State([])], ["text", "state"])
    assert demo("a") == demo("a") == "a", "each time as a new visitor"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: gr.State(threading.Lock()), "which cannot be copied for each visitor"),
        (lambda: gr.State(time_to_live=0), "time_to_live=0; expected seconds above 0"),
        (lambda: gr.State(delete_callback=NOTHING), "delete_callback=3; expected a function"),
    ],
)
def test_mistakes_of_the_author_show_while_the_demo_is_built(make: Any, said: str) -> None:
    with pytest.raises(gr.ConfigurationError) as error:
        make()
    assert said in str(error.value)


def test_what_is_not_used_is_forgotten_and_its_author_is_told() -> None:
    gone: list[Any] = []
    clock = Clock()
    sessions = SessionStore(clock=clock)
    short, long = gr.State(1, time_to_live=10, delete_callback=gone.append), gr.State(2)
    sessions.of("a").get(short)
    sessions.of("a").set(long, 3)
    clock.now = 9
    sessions.sweep()
    assert gone == []
    clock.now = 10
    sessions.sweep()
    assert (gone, len(sessions)) == ([1], 1)
    assert sessions.of("a").get(long) == 3
    clock.now = 3610
    sessions.sweep()
    assert len(sessions) == 0


def test_a_state_outlives_a_sweep_while_its_call_waits() -> None:
    sessions = SessionStore()
    state = gr.State(1)
    kept = sessions.of("a")
    sessions.sweep()
    kept.set(state, 2)
    sessions.keep("a", kept)
    assert sessions.of("a").get(state) == 2


def test_a_server_looks_now_and_then_for_what_is_not_used() -> None:
    async def visit() -> bool:
        gone = asyncio.Event()
        clock = Clock()
        state = gr.State(0, time_to_live=10, delete_callback=lambda value: gone.set())
        (endpoint,) = gr.Interface(lambda n: n, state, "number").page.endpoints.values()
        sessions = SessionStore(clock=clock)
        runner = Runner(runs=RunStore(), files=FileStore(), workers=Workers(), sessions=sessions, sweep=0.001)
        run = await runner.run(runner.job(endpoint, [None], CallContext(session="a")))
        clock.now = 10
        return run.outputs == (0,) and await gone.wait()

    assert asyncio.run(visit())


def test_the_oldest_makes_room_for_the_newest() -> None:
    gone: list[Any] = []
    sessions = SessionStore(capacity=2)
    state = gr.State(0, delete_callback=gone.append)
    for i, name in enumerate(("a", "b", "a", "c")):
        sessions.of(name).set(state, f"{name}{i}")
    assert (gone, len(sessions)) == (["b1"], 2)


def test_a_callback_that_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    session = Session()
    session.get(gr.State(0, delete_callback=lambda value: 1 / value))
    assert session.expire(float("inf"))
    assert "The delete_callback of a State failed" in caplog.text
