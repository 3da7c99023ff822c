"""cancel, reset and heartbeat."""

import asyncio
from collections.abc import Iterator
from threading import Event
from typing import Any

import minidemo as gr
from minidemo.components.state import State
from minidemo.engine.runner import Runner
from minidemo.engine.workers import Workers
from minidemo.server.gradio_api.cancel import heartbeats
from minidemo.stores.files import FileStore
from minidemo.stores.owner import Owner
from minidemo.stores.runs import RunStore
from minidemo.stores.sessions import SessionStore
from tests.server.gradio_api.caller import PREFIX, SESSION, Caller, calling


def stop(caller: Caller, event: str, session: str = SESSION) -> Any:
    body = {"fn_index": 0, "session_hash": session, "event_id": event}
    response = caller.http.post(f"{PREFIX}/cancel", json=body)
    assert response.status_code == 200, response.text
    assert caller.http.post(f"{PREFIX}/reset", json={"event_id": event}).json() == {"success": True}
    return response.json()


def test_a_function_that_goes_on_ends_and_its_client_hears_of_it() -> None:
    ended = Event()

    def forever(text: str) -> Iterator[str]:
        try:
            while True:
                yield text
        finally:
            ended.set()

    with calling(gr.Interface(forever, "text", "text")) as caller:
        event = caller.event("a")
        with caller.listening() as stream:
            next(message for message in stream if message["msg"] == "process_generating")
            assert stop(caller, event) == {"success": True}
            end = next(message for message in stream if message["msg"] == "process_completed")
        assert ended.wait(60)
    assert (end["success"], end["output"]["data"]) == (True, [None])


def test_for_the_client_of_a_plain_function_it_is_over_while_the_function_goes_on() -> None:
    go, started = Event(), Event()

    def nap(text: str) -> str:
        started.set()
        go.wait(60)
        return text

    with calling(gr.Interface(nap, "text", "text")) as caller:
        event = caller.event("a")
        assert started.wait(60)
        stop(caller, event)
        assert caller.messages(event)[-1]["output"]["data"] == [None]
        assert not go.is_set()
        go.set()
        assert caller.end_of("b")["output"]["data"] == ["b"]


def test_only_its_own_session_stops_a_call() -> None:
    go = Event()
    with calling(gr.Interface(lambda text: go.wait(60) and text, "text", "text")) as caller:
        event = caller.event("a")
        stop(caller, event, "an0ther")
        stop(caller, "unknown")
        go.set()
        assert caller.messages(event)[-1]["output"]["data"] == ["a"]


def test_a_call_by_curl_is_stopped_by_its_session() -> None:
    started = Event()

    def forever(text: str) -> Iterator[str]:
        while True:
            started.set()
            yield text

    with calling(gr.Interface(forever, "text", "text")) as caller:
        event = caller.call("forever", "a", session_hash="curl")
        assert started.wait(60)
        stop(caller, event, "curl")
        assert caller.result("forever", event)[-1] == ("error", {"error": "Stopped."})


def test_who_is_not_logged_in_stops_nothing() -> None:
    with calling(gr.Interface(str.upper, "text", "text"), auth=("ann", "pass")) as caller:
        for path in ("cancel", "reset", "queue/join", "upload", "call/upper", "run/upper"):
            assert caller.http.post(f"{PREFIX}/{path}", json={}).status_code == 401
        for path in ("heartbeat/x", "queue/data", "queue/status", "info", "file=x/y", "call/upper/x"):
            assert caller.http.get(f"{PREFIX}/{path}").status_code == 401


def test_a_heartbeat_is_a_stream() -> None:
    with (
        calling(gr.Interface(str.upper, "text", "text")) as caller,
        caller.http.stream("GET", f"{PREFIX}/heartbeat/{SESSION}") as response,
    ):
        assert response.headers["content-type"].startswith("text/event-stream")
        assert next(response.iter_lines()) == "data: ALIVE"


def test_while_it_beats_nothing_of_the_session_is_forgotten() -> None:
    now, state = [0.0], State(0)
    sessions = SessionStore(clock=lambda: now[0])
    runner = Runner(runs=RunStore(), files=FileStore(), workers=Workers(), sessions=sessions)
    sessions.of("mine").set(state, 5)

    async def beat() -> None:
        stream = heartbeats(runner, Owner("mine"), 0.0)
        for hour in range(3):
            now[0] = hour * 3_599.0
            await anext(stream)
            sessions.sweep()
        runner.remember(Owner("unknown"))

    asyncio.run(beat())
    assert sessions.of("mine").get(state) == 5
    assert len(sessions) == 1
