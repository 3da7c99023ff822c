"""Calls of a remote app: what it says on the way, how it fails, and how it is stopped."""

import asyncio
import json
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest

import minidemo as gr
from minidemo.remote.diffs import apply_edits
from minidemo.remote.link import InvalidResponse
from minidemo.remote.sessions import Sessions
from tests.following import following
from tests.remote.fake import CLOSE, EVENT, Remote, Reply, about, completed, failed, generating, line, remote, visitor

GONE = "The app behind this demo can't be reached. Please try again in a moment."
FAILED = "Something went wrong while running this demo."


def told(app: Remote, **options: Any) -> str:
    message: str = visitor(app, **options).predict("here").json()["error"]["message"]
    return message


def test_values_that_go_on_come_as_what_has_changed() -> None:
    with remote() as app:
        app.says(generating("a"), generating([["append", [], "b"]]), generating([]), completed("abc"))
        events = list(visitor(app).events("here"))
    changes = [data["changes"] for name, data in events if name == "partial"]
    assert changes == [[[["replace", [], "a"]]], [[["append", [], "b"]]], [[["append", [], "c"]]]]


def test_more_outputs_than_before_begin_with_nothing() -> None:
    with remote(outputs=["textbox", "textbox"]) as app:
        app.says({**generating(), "output": {"data": []}}, completed("a", "b"))
        assert told(app) == FAILED
        app.says(generating("a", "b"), generating([], [["replace", [], "c"]]), completed("a", "c"))
        assert visitor(app).result("here") == ["a", "c"]


def test_a_stream_of_whole_values() -> None:
    with remote() as app:
        app.config["dependencies"][0]["types"] = {"connection": "stream"}
        app.says(generating("a"), generating("b"), completed("b"))
        assert visitor(app).result("here") == ["b"]


@pytest.mark.parametrize(
    ("value", "edits", "result"),
    [
        ({"a": ["b"]}, [["append", ["a", 0], "c"]], {"a": ["bc"]}),
        ({"a": ["b"]}, [["add", ["a", 0], "c"], ["add", ["d"], 1]], {"a": ["c", "b"], "d": 1}),
        ({"a": ["b"]}, [["delete", ["a", 0], None], ["replace", ["e"], 2]], {"a": [], "e": 2}),
        ("a", [["replace", [], None]], None),
    ],
)
def test_changes_of_a_value(value: Any, edits: Any, result: Any) -> None:
    assert apply_edits(value, edits) == result


@pytest.mark.parametrize(
    "edits",
    [
        [["append", [], 1]],
        [["delete", [], None]],
        [["append", ["a"], "b"]],
        [["replace", ["x", 1], 2]],
        [["explode", ["a"], 2]],
        [["add"]],
        7,
    ],
)
def test_changes_that_fit_nothing(edits: Any) -> None:
    with pytest.raises(InvalidResponse, match="which fits nothing"):
        apply_edits({"a": ["b"]}, edits)


def test_a_small_change_copies_only_what_is_above_it() -> None:
    before: dict[str, Any] = {"large": [[1], [2]], "small": {"a": ["x"], "b": []}}
    text = json.dumps(before)
    after = apply_edits(before, [["append", ["small", "a", 0], "y"], ["add", ["small", "a", 1], "z"]])
    assert after == {"large": [[1], [2]], "small": {"a": ["xy", "z"], "b": []}}
    assert json.dumps(before) == text
    assert after["large"] is before["large"]
    assert after["small"]["b"] is before["small"]["b"]


def test_what_is_said_on_the_way() -> None:
    with remote() as app:
        step = {"index": 1, "length": 4, "unit": "files", "progress": None, "desc": "Reading"}
        app.says(
            about("estimation", rank=2, queue_size=3, rank_eta=None),
            about("estimation", rank=0, queue_size=1),
            about("process_starts", eta=None),
            about("progress", progress_data=[step]),
            about("progress", progress_data=[{"index": True, "progress": 7, "unit": None, "desc": None}]),
            about("log", log="one", level="info", duration=10.0, visible=True, title="Info"),
            about("log", log="two", level="error", duration=None, title=None),
            about("log", log="three", level="success", duration=2, title="Done"),
            about("log", log="hidden", level="info", duration=2, visible=False),
            about("log", log="brief", level="strange", duration="x"),
            {"msg": "heartbeat", "event_id": None},
            about("something_new"),
            {**completed("another's"), "event_id": "f" * 32},
            completed("there"),
        )
        with following(gr.load(app.url)) as follower:
            follower.call("here").until("result")
        events = list(visitor(app).events("here"))
    logs = [(data["level"], data["message"], data["title"], data["duration"]) for name, data in events if name == "log"]
    assert logs == [("info", "one", "Info", 10), ("warning", "two", "Warning", None), ("success", "three", "Done", 2)]
    last = [data for name, data in events if name == "progress"][-1]["steps"]
    assert last == [{"done": None, "total": None, "unit": "steps", "share": 1, "text": None}]
    assert events[-1][1]["data"] == ["there"]


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ({"error": "Too dark.", "title": "Error", "duration": 10, "visible": True}, "Too dark."),
        ({"error": "Too dark.", "title": "Picture"}, "Picture: Too dark."),
        ({"error": "Too dark.", "visible": False}, FAILED),
        ({"error": None}, FAILED),
        ({"error": "", "title": 7}, FAILED),
    ],
)
def test_remote_errors(output: dict[str, Any], message: str) -> None:
    with remote() as app:
        app.says(failed(**output))
        assert told(app) == message
        app.says(about("process_generating", output=output, success=False), failed(**output))
        assert told(app) == message
        assert "/cancel" not in app.paths()


def test_a_call_that_was_cancelled_there() -> None:
    with remote() as app:
        app.says(about("process_completed", output={}, success=True))
        assert told(app) == "Stopped."


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({"msg": "unexpected_error", "event_id": None, "message": "404: Not Found"}, "it said '404: Not Found'"),
        (CLOSE, "it broke off before the call was over"),
    ],
)
def test_an_app_that_goes_away(message: Any, reason: str, caplog: pytest.LogCaptureFixture) -> None:
    with remote() as app:
        app.says(message, close=False)
        assert told(app) == GONE
        assert f"The app at {app.url} failed: {reason}" in caplog.text


@pytest.mark.parametrize(
    "message",
    [
        7,
        about("process_completed", output=None),
        about("process_completed", output={"data": 7}),
        about("progress", progress_data=[7]),
        about("progress", progress_data=7),
        completed("one", "too many"),
    ],
)
def test_messages_that_make_no_sense(message: Any, caplog: pytest.LogCaptureFixture) -> None:
    with remote() as app:
        app.says(message)
        assert told(app) == FAILED
        assert f"The app at {app.url} could not be understood: it sent" in caplog.text


@pytest.mark.parametrize("body", [b"data: {\n\n", b"data: [[\n\n", b"x" * 5_000])
def test_a_stream_that_makes_no_sense(body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with remote() as app:
        app.routes["/queue/data"] = Reply(body=body)
        assert told(app, max_file_size=4_000) == FAILED
        assert re.search(rf"The app at {app.url} could not be understood: .*[^.]\.\n", caplog.text)


def test_comments_and_names_of_events_are_passed_over() -> None:
    with remote() as app:
        app.routes["/queue/data"] = Reply(body=b": ping\r\nevent: x\r\n" + line(completed("there")) + line([]))
        assert visitor(app).result("here") == ["there"]


@pytest.mark.parametrize(
    ("joined", "message"),
    [
        (Reply(status=503), "Too many people are waiting. Please try again in a moment."),
        (Reply(status=500), GONE),
        (Reply(status=404), FAILED),
        (Reply(status=422, body=b'{"detail": "no"}'), FAILED),
        (Reply(status=422, body=b'{"detail": [7, {"type": "missing"}]}'), FAILED),
        (Reply(status=422, body=b"[]"), FAILED),
        (7, FAILED),
        ({"event_id": 7}, FAILED),
    ],
)
def test_calls_that_are_refused(joined: Any, message: str) -> None:
    with remote() as app:
        app.routes["/queue/join"] = joined
        assert told(app) == message


@pytest.mark.parametrize(("name", "field"), [("word", "word"), ("other", None), (None, None)])
def test_what_a_remote_validator_says_stands_at_the_field(name: str | None, field: str | None) -> None:
    with remote() as app:
        app.routes["/info"] = {"named_endpoints": {"/echo": {"parameters": [{"parameter_name": "word"}]}}}
        detail = {"__type__": "validate", "is_valid": False, "message": "too short", "parameter_name": name}
        fine = {"__type__": "validate", "is_valid": True}
        app.routes["/queue/join"] = Reply(status=422, body=str({"detail": [fine, detail]}).replace("'", '"').replace(
            "True", "true").replace("False", "false").replace("None", "null").encode())  # fmt: skip
        response = visitor(app).predict("here")
    assert response.status_code == 422
    assert response.json()["error"] == {"message": "too short", "field": field}


class Slow:
    """A call that goes on until the test says so, or for ever; and then, if it is `loud`, goes on talking."""

    def __init__(self, app: Remote, *, loud: bool = False) -> None:
        self.app = app
        self.loud = loud
        self.done = threading.Event()
        app.routes["/queue/data"] = lambda _: Reply(body=self.talk())

    def talk(self) -> Iterator[bytes]:
        yield line(generating("on"))
        while self.loud and not self.done.wait(0.02):
            yield line({"msg": "heartbeat", "event_id": None})
        self.done.wait(60)
        yield line(completed("done")) + line(CLOSE)


def test_stop_is_told_to_the_app() -> None:
    with remote() as app, following(gr.load(app.url)) as follower:
        slow = Slow(app)
        stream = follower.call("here")
        stream.until("partial")
        follower.stop(stream.run)
        assert stream.until("error")["message"] == "Stopped."
        assert app.cancelled.wait(60)
        slow.done.set()
        app.answers("there")
        assert follower.call("again").until("result")["data"] == ["there"]
    bodies = {each.path: each.json for each in app.asked if each.path in ("/cancel", "/reset", "/queue/join")}
    session = bodies["/queue/join"]["session_hash"]
    assert bodies["/cancel"] == {"fn_index": 0, "session_hash": session, "event_id": EVENT}
    assert bodies["/reset"] == {"event_id": EVENT}


@pytest.mark.parametrize("loud", [False, True])
def test_an_app_that_does_not_let_itself_be_stopped_is_left_alone(loud: bool) -> None:
    with remote() as app, following(gr.load(app.url, timeout=20)) as follower:
        slow = Slow(app, loud=loud)
        app.routes["/cancel"] = Reply(status=404)
        stream = follower.call("here")
        stream.until("partial")
        follower.stop(stream.run)
        stream.until("error")
        app.answers("there")
        assert follower.call("again").until("result")["data"] == ["there"]
        slow.done.set()


def test_an_app_that_goes_on_talking_when_all_is_said() -> None:
    with remote() as app:
        done = threading.Event()

        def talk() -> Iterator[bytes]:
            yield line(completed("there"))
            while not done.wait(0.02):
                yield line({"msg": "heartbeat", "event_id": None})

        app.routes["/queue/data"] = lambda _: Reply(body=talk())
        demo = visitor(app, timeout=2)
        assert [demo.result("here"), demo.result("again")] == [["there"], ["there"]]
        done.set()


def test_the_calls_of_a_visitor_are_made_one_after_the_other() -> None:
    with remote() as app, following(gr.load(app.url)) as follower:
        slow = Slow(app)
        first = follower.call("first")
        first.until("partial")
        second, third = follower.call("second"), follower.call("third")
        follower.stop(second.run)  # it waits still
        assert second.until("error")["message"] == "Stopped."
        slow.done.set()
        assert first.until("result")["data"] == ["done"]
        assert third.until("result")["data"] == ["done"]
        joined = [each.json for each in app.asked if each.path == "/queue/join"]
        assert [each["data"] for each in joined] == [["first"], ["third"]]
        assert len({each["session_hash"] for each in joined}) == 1


def test_a_call_that_is_stopped_before_it_was_sent() -> None:
    with remote(["file"], ["textbox"]) as app, following(gr.load(app.url)) as follower:
        asked, go_on = threading.Event(), threading.Event()

        def join(_: Any) -> Reply:
            asked.set()
            go_on.wait(60)
            return Reply(body=b'{"event_id": "%s"}' % EVENT.encode())

        app.routes["/queue/join"] = join
        app.says(close=True)
        stream = follower.call(None)
        assert asked.wait(60)
        follower.stop(stream.run)
        assert stream.until("error")["message"] == "Stopped."
        go_on.set()
        assert app.cancelled.wait(60), "as soon as it has a name there"


def test_each_visitor_is_another_one_there() -> None:
    with remote() as app:
        app.answers("there")
        demo = visitor(app)
        for session in ("visitor-1", "visitor-2", "visitor-1", None, None):
            demo.session = session
            demo.result("here")
        names = [each.json["session_hash"] for each in app.asked if each.path == "/queue/join"]
    assert names[0] == names[2]
    assert len(set(names)) == 4
    assert "visitor-1" not in names


def test_visitors_that_were_not_there_for_long_are_strangers_again() -> None:
    sessions = Sessions(capacity=1)
    first = gr.Request(session_hash="a")
    known = sessions.of(first)
    assert sessions.of(first) is known
    sessions.of(gr.Request(session_hash="a", username="ann"))
    assert sessions.of(first) is not known


def test_a_call_from_a_program() -> None:
    with remote(["textbox", "slider"], ["textbox", "number"]) as app:
        app.says(about("progress", progress_data=[]), completed("there", 2))
        assert gr.load(app.url)("here", 5) == ["there", 2]
        assert app.sent() == ["here", 5]


def test_a_time_limit_ends_a_call_there_too() -> None:
    with remote() as app:
        app.says(generating("a"), generating([["append", [], "b"]]), close=False)
        assert visitor(app, time_limit=1e-9).result("here") == ["a"]
        assert app.cancelled.wait(60)


def test_an_app_that_says_nothing_any_longer() -> None:
    with remote() as app:
        slow = Slow(app)
        assert told(app, timeout=2) == GONE
        slow.done.set()


def test_an_app_that_does_not_even_take_the_call() -> None:
    with remote() as app, following(gr.load(app.url, timeout=3)) as follower:
        asked, done = threading.Event(), threading.Event()

        def join(_: Any) -> Reply:
            asked.set()
            done.wait(60)
            return Reply()

        app.routes["/queue/join"] = join
        stream = follower.call("here")
        assert asked.wait(60)
        follower.stop(stream.run)
        assert stream.until("error")["message"] == "Stopped."
        app.routes["/queue/join"] = {"event_id": EVENT}
        app.answers("there")
        assert follower.call("again").until("result")["data"] == ["there"]
        done.set()


def test_the_function_alone_tells_nobody_how_far_it_is() -> None:
    async def values(demo: gr.Interface) -> list[Any]:
        return [value async for value in demo.fn("here", minidemo_request=gr.Request())]

    with remote() as app:
        app.says(about("progress", progress_data=[]), completed("there"))
        assert asyncio.run(values(gr.load(app.url))) == ["there"]
