"""POST /predict."""

import asyncio
import logging
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import minidemo as gr
from minidemo.server.wire import requests
from tests.following import following
from tests.visitor import Visitor


def add(a: float, b: float) -> float:
    return a + b


@pytest.fixture
def visitor() -> Visitor:
    return Visitor(gr.Interface(add, ["number", "number"], "number", flagging_mode="never"))


def test_answers_with_a_value_for_each_output(visitor: Visitor) -> None:
    response = visitor.predict(5, 7)
    assert response.status_code == 200
    assert response.json()["data"] == [12]
    assert response.json()["duration"] >= 0


def test_every_run_has_an_id_that_cannot_be_guessed(visitor: Visitor) -> None:
    ids = {visitor.predict(5, 7).json()["run"] for _ in range(20)}
    assert len(ids) == 20
    assert all(len(run) >= 22 for run in ids), "128 bits take 22 characters of base 64"


def test_a_stream_ends_with_exactly_one_result(visitor: Visitor) -> None:
    events = list(visitor.events(5, 7))
    assert [name for name, _ in events] == ["result"]
    assert events[0][1]["data"] == [12]
    assert set(events[0][1]) == {"run", "data", "duration"}


def test_an_endpoint_can_be_named(visitor: Visitor) -> None:
    assert visitor.predict(5, 7, endpoint="add").json()["data"] == [12]


def test_an_unknown_endpoint_is_not_found(visitor: Visitor) -> None:
    response = visitor.predict(5, 7, endpoint="ad")
    assert response.status_code == 404
    assert response.json()["error"]["message"] == "There is no endpoint 'ad'. Did you mean 'add'?"


def test_integers_keep_every_bit(visitor: Visitor) -> None:
    assert visitor.result(2**80, 1) == [2**80 + 1]
    assert b"1208925819614629174706177" in visitor.predict(2**80, 1).content


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_for_which_json_has_no_word(visitor: Visitor, number: str) -> None:
    assert visitor.result(number, 1) == [number]


def test_a_value_that_does_not_fit_names_its_field(visitor: Visitor) -> None:
    response = visitor.predict(5, "seven")
    assert response.status_code == 422
    assert response.json() == {"error": {"message": "b must be a number, such as 1.5.", "field": "b"}, "run": None}


def test_a_stream_tells_of_a_value_that_does_not_fit(visitor: Visitor) -> None:
    assert list(visitor.events(5, "seven")) == [
        ("error", {"run": None, "message": "b must be a number, such as 1.5.", "field": "b"})
    ]


@pytest.mark.parametrize(("data", "count"), [([], 0), ([1], 1), ([1, 2, 3], 3)])
def test_the_wrong_number_of_values(visitor: Visitor, data: list[int], count: int) -> None:
    response = visitor.predict(*data)
    assert response.status_code == 422
    assert response.json()["error"]["message"] == f"data must hold 2 values (a, b), but it holds {count}."


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "The body is not valid JSON: EOF while parsing a value at line 1 column 0."),
        (b"{", "The body is not valid JSON: EOF while parsing an object at line 1 column 1."),
        (b"[1, 2]", "The body: Input should be an object."),
        (b"{}", 'data: Field required. Send {"data": […]}.'),
        (b'{"data": 5}', "data: Input should be a valid array."),
        (b'{"data": [1, 2], "path": "/etc/passwd"}', 'path: Extra inputs are not permitted. Send {"data": […]}.'),
        (b'{"data": [1, 2], "session": "../../x"}', "session: String should match pattern '^[A-Za-z0-9_-]{8,64}$'."),
        (b'{"data": ["\\ud800", 1]}', None),
        (b'{"data": [' + b"9" * 100_000 + b", 1]}", None),
        (b'{"data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", None),
        (b"\xff\xfe", None),
    ],
)
def test_a_body_that_does_not_fit_is_refused(visitor: Visitor, body: bytes, message: str | None) -> None:
    response = visitor.http.post("/predict", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    said = response.json()["error"]["message"]
    assert said == message if message else said.startswith(("The body is not valid JSON: ", "a must be"))
    assert visitor.result(1, 2) == [3], "the server goes on"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_json_must_be_announced_as_json(visitor: Visitor, kind: str) -> None:
    response = visitor.http.post("/predict", content=b'{"data": [1, 2]}', headers={"Content-Type": kind})
    assert response.status_code == 415
    assert "Content-Type: application/json" in response.json()["error"]["message"]


def test_a_body_over_the_limit_is_refused(visitor: Visitor) -> None:
    response = visitor.predict("9" * 17 * 2**20, 1)
    assert response.status_code == 413
    assert response.json()["error"]["message"] == "The body is over 16 MB."


def test_a_body_that_hides_its_length_is_refused_too(visitor: Visitor) -> None:
    chunks = (b"9" * 2**20 for _ in range(20))
    response = visitor.http.post("/predict", content=chunks, headers={"Content-Type": "application/json"})
    assert response.status_code == 413


@pytest.mark.parametrize(("size", "words"), [(100 * 2**20, "100 MB"), (1000, "1,000 bytes")])
def test_sizes_are_written_as_a_person_writes_them(size: int, words: str) -> None:
    assert requests.size_text(size) == words


def fail(x: float) -> float:
    raise ZeroDivisionError("the secret of /srv/demo")


def test_a_failing_function_says_little_to_the_visitor_and_all_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    visitor = Visitor(gr.Interface(fail, "number", "number"))
    with caplog.at_level(logging.ERROR, logger="minidemo"):
        response = visitor.predict(1)
    assert response.status_code == 500
    assert response.json()["error"] == {"message": "Something went wrong while running this demo.", "field": None}
    assert "ZeroDivisionError: the secret of /srv/demo" in caplog.text
    assert visitor.flag(response.json()["run"]).status_code == 201, "a failed run can be flagged"


def test_show_error_tells_the_visitor_too() -> None:
    visitor = Visitor(gr.Interface(fail, "number", "number"), show_error=True)
    assert (
        visitor.predict(1).json()["error"]["message"]
        == "Something went wrong while running this demo: the secret of /srv/demo."
    )


def test_an_exception_without_words_is_called_by_its_name() -> None:
    def silent(x: float) -> float:
        raise KeyError

    visitor = Visitor(gr.Interface(silent, "number", "number"), show_error=True)
    assert visitor.predict(1).json()["error"]["message"] == "Something went wrong while running this demo: KeyError."


def test_a_function_that_ends_the_program_only_fails() -> None:
    visitor = Visitor(gr.Interface(sys.exit, gr.Textbox(label="status"), "number"), show_error=True)
    assert visitor.predict("Bye").json()["error"]["message"] == "Something went wrong while running this demo: Bye."
    assert visitor.predict("Bye").status_code == 500


def test_the_author_can_speak_to_the_visitor() -> None:
    def divide(a: float, b: float) -> float:
        if b == 0:
            raise gr.Error("Cannot divide by zero.")
        return a / b

    visitor = Visitor(gr.Interface(divide, ["number", "number"], "number"))
    response = visitor.predict(1, 0)
    assert (response.status_code, response.json()["error"]["message"]) == (500, "Cannot divide by zero.")
    [(name, event)] = visitor.events(1, 0)
    assert (name, event["message"], event["field"]) == ("error", "Cannot divide by zero.", None)
    assert len(event["run"]) >= 22
    assert visitor.result(1, 2) == [0.5]


class TooShort(gr.InputError):
    """A kind of wrong input of the author's own."""


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (gr.Error("No.", title="Sorry"), "Sorry: No."),
        (gr.Error("No.", visible=False), "Something went wrong while running this demo."),
        (gr.Error("No.", duration=None, print_exception=False), "No."),
        (gr.Error(), "Something went wrong while running this demo."),
    ],
)
def test_an_error_may_have_a_title_and_may_be_kept_from_the_visitor(error: gr.Error, told: str) -> None:
    def fails(text: str) -> None:
        raise error

    visitor = Visitor(gr.Interface(fails, "text", "text"))
    assert visitor.predict("a").json()["error"]["message"] == told


def test_an_author_may_have_kinds_of_wrong_input() -> None:
    def check(text: str) -> None:
        raise TooShort("text is too short.", field="text")

    visitor = Visitor(gr.Interface(check, "text", "text"))
    response = visitor.predict("a")
    assert response.status_code == 422
    assert response.json()["error"] == {"message": "text is too short.", "field": "text"}
    [(name, event)] = visitor.events("a")
    assert (name, event["field"]) == ("error", "text")


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        ((1,), "the function returned 1 value, but there are 2 outputs (Number, Textbox)."),
        (1, "the function returned 1 value, but there are 2 outputs (Number, Textbox)."),
        (("one", "a"), "Output 0 shows a number, but got str 'one'."),
    ],
)
def test_what_does_not_fit_the_outputs_is_told(returned: object, said: str, caplog: pytest.LogCaptureFixture) -> None:
    def pair(x: float) -> Any:
        return returned

    response = Visitor(gr.Interface(pair, "number", ["number", "text"])).predict(1)
    assert response.status_code == 500
    (line,) = caplog.messages
    assert line.startswith(f'Interface "pair": {said}')


def test_a_function_without_outputs() -> None:
    seen: list[float] = []
    visitor = Visitor(gr.Interface(seen.append, gr.Number(label="x"), None, flagging_mode="never"))
    assert visitor.result(5) == []
    assert seen == [5]


def test_text_that_utf8_has_no_place_for_is_shown_as_well_as_it_can_be() -> None:
    visitor = Visitor(gr.Interface(lambda x: ("\ud800!", x), "number", ["text", "number"]))
    assert visitor.result(1) == ["?!", 1]
    [(name, event)] = visitor.events(1)
    assert (name, event["data"][0]) == ("result", "?!")


async def slow_double(x: float) -> float:
    await asyncio.sleep(0.01)
    return 2 * x


class Doubler:
    async def __call__(self, x: float) -> float:
        return await slow_double(x)


@pytest.mark.parametrize("fn", [slow_double, Doubler()])
def test_async_functions(fn: Any) -> None:
    visitor = Visitor(gr.Interface(fn, "number", "number"))
    assert visitor.result(4) == [8]
    assert visitor.predict("x").status_code == 422


def test_an_async_function_that_fails() -> None:
    async def fail(x: float) -> float:
        raise gr.Error("No.")

    assert Visitor(gr.Interface(fail, "number", "number")).predict(1).json()["error"]["message"] == "No."


def test_functions_run_one_at_a_time_unless_told_otherwise() -> None:
    running = threading.Semaphore(1)

    def alone(x: float) -> bool:
        free = running.acquire(blocking=False)
        time.sleep(0.01)
        running.release()
        return free

    visitor = Visitor(gr.Interface(alone, "number", "checkbox", flagging_mode="never"))
    with visitor.http, ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda x: visitor.result(x) == [True], range(16)))


def test_a_limit_of_two_lets_two_meet() -> None:
    meeting = threading.Barrier(2, timeout=60)
    demo = gr.Interface(lambda x: meeting.wait() >= 0, "number", "checkbox", concurrency_limit=2)
    visitor = Visitor(demo)
    with visitor.http, ThreadPoolExecutor(2) as pool:
        assert list(pool.map(visitor.result, [1, 2])) == [[True], [True]]


def test_who_waits_is_told_the_position() -> None:
    started, go_on = threading.Event(), threading.Event()

    def wait(x: float) -> float:
        started.set()
        assert go_on.wait(60)
        return x

    with following(gr.Interface(wait, "number", "number", flagging_mode="never")) as follower:
        first = follower.call(1)
        assert started.wait(60)
        second = follower.call(2)
        assert second.until("queued")["position"] == 0
        third = follower.call(3)
        assert third.until("queued")["position"] == 1
        go_on.set()
        assert [stream.until("result")["data"] for stream in (first, second, third)] == [[1], [2], [3]]
