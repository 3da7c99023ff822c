"""call/ and run/: how curl calls a demo, and other programs without a client."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

import minidemo as gr
from minidemo.engine.job import CallContext, Job
from minidemo.server.gradio_api import pending_results
from minidemo.server.gradio_api.call import stream_events
from minidemo.stores.runs import Run
from tests.server.gradio_api.caller import calling


def count(to: float) -> Iterator[float]:
    """Count."""
    yield from range(int(to))


def greet(name: str, greeting: str = "Hello") -> str:
    """Greet somebody."""
    return f"{greeting}, {name}"


def of_count() -> gr.Interface:
    return gr.Interface(count, "number", "number")


def of_greet(**options: Any) -> gr.Interface:
    return gr.Interface(greet, ["text", "text"], "text", **options)


@pytest.mark.parametrize("prefix", ["/gradio_api", ""])
def test_a_call_is_asked_for_and_then_read(prefix: str) -> None:
    with calling(of_greet()) as caller:
        event = caller.call("greet", "Ann", "Hi", prefix=prefix)
        assert caller.result("greet", event, prefix) == [("complete", ["Hi, Ann"])]
        assert caller.result("greet", event, prefix) == [("complete", ["Hi, Ann"])]


def test_each_value_of_a_function_that_goes_on_is_told_whole() -> None:
    with calling(of_count()) as caller:
        told = caller.result("count", caller.call("count", 3))
    assert told == [("generating", [0]), ("generating", [1]), ("generating", [2]), ("complete", [2])]


def test_what_is_going_on_is_told_as_it_happens() -> None:
    go = Event()

    def wait(text: str) -> Iterator[str]:
        yield text
        go.wait(60)
        yield text * 2

    with calling(gr.Interface(wait, "text", "text")) as caller:
        event = caller.call("wait", "a")
        with caller.http.stream("GET", f"/call/wait/{event}") as response:
            lines = response.iter_lines()
            assert [next(lines), next(lines)] == ["event: generating", 'data: ["a"]']
            go.set()
            assert [line for line in lines if line] == [
                "event: generating",
                'data: ["aa"]',
                "event: complete",
                'data: ["aa"]',
            ]


def test_of_a_function_that_takes_a_while_the_answer_begins_before_it_ends() -> None:
    go = Event()
    with calling(gr.Interface(lambda text: go.wait(60) and text, "text", "text")) as caller:
        event = caller.call("predict", "a")
        with caller.http.stream("GET", f"/call/predict/{event}") as response:
            go.set()
            assert [line for line in response.iter_lines() if line] == ["event: complete", 'data: ["a"]']


def test_the_body_of_curl_is_taken_without_a_type_but_not_from_a_page() -> None:
    with calling(of_greet()) as caller:
        url, body = "/call/greet", b'{"data": ["Ann", "Hi"]}'
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        assert caller.http.post(url, content=body, headers=form).status_code == 200
        page = form | {"Origin": str(caller.http.base_url).rstrip("/")}
        response = caller.http.post(url, content=body, headers=page)
        assert (response.status_code, "application/json" in response.json()["detail"]) == (415, True)
        assert caller.http.post(url, json={"data": []}, headers={"Origin": "http://evil.example"}).status_code == 403


def test_values_by_their_names() -> None:
    with calling(of_greet()) as caller:
        response = caller.http.post("/gradio_api/call/v2/greet", json={"name": "Ann"})
        assert caller.result("greet", response.json()["event_id"]) == [("complete", ["Hello, Ann"])]


@pytest.mark.parametrize(
    ("sent", "said"),
    [({"nme": "Ann"}, "Did you mean 'name'?"), ({"greeting": "Hi"}, "no value for 'name'"), ({"name": {"a": 3}}, "")],
)
def test_names_that_there_are_not_are_told(sent: dict[str, Any], said: str) -> None:
    with calling(of_greet()) as caller:
        response = caller.http.post("/gradio_api/call/v2/greet", json=sent)
        if said:
            assert response.status_code == 422
            assert said in response.json()["detail"]
        else:
            assert caller.result("greet", response.json()["event_id"])[0][0] == "error"


def test_a_function_without_inputs_takes_no_names() -> None:
    with calling(gr.Interface(lambda: 1, None, "number")) as caller:
        response = caller.http.post("/call/v2/predict", json={"x": 1})
        assert "It takes no values." in response.json()["detail"]
        assert caller.http.post("/run/predict", json={}).json()["data"] == [1]


def test_a_state_is_kept_for_a_session_and_left_out_of_the_values() -> None:
    demo = gr.Interface(lambda x, s: (s + x, s + x), ["number", gr.State(0)], ["number", gr.State()])
    with calling(demo) as caller:
        sums = [caller.result("predict", caller.call("predict", 2, session_hash="mine"))[-1][1][0] for _ in range(2)]
        named = caller.http.post("/call/v2/predict", json={"x": 5}).json()["event_id"]
        assert sums == [2, 4]
        assert caller.result("predict", named)[-1] == ("complete", [5, None])


def test_an_error_is_told_with_what_belongs_to_it() -> None:
    def fail(text: str) -> str:
        raise gr.Error(text, title="Oops", duration=3, visible=text != "hidden")

    with calling(gr.Interface(fail, "text", "text")) as caller:
        error = {"error": "boom", "title": "Oops", "duration": 3, "visible": True}
        assert caller.result("fail", caller.call("fail", "boom")) == [("error", error)]
        answer = caller.http.post("/run/fail", json={"data": ["boom"]})
        assert (answer.status_code, answer.json()) == (500, error)
        hidden = caller.http.post("/run/fail", json={"data": ["hidden"]}).json()
        assert (hidden["error"], hidden["visible"]) == ("Something went wrong while running this demo.", False)


def test_of_other_errors_nothing_is_told() -> None:
    def fail(text: str) -> str:
        raise RuntimeError("secret")

    with calling(gr.Interface(fail, "text", "text")) as caller:
        event = caller.call("fail", "x")
        assert caller.result("fail", event) == [("error", {"error": "Something went wrong while running this demo."})]
        assert caller.result("fail", event) == [("error", {"error": "Something went wrong while running this demo."})]


def test_values_that_do_not_fit_are_refused_or_told() -> None:
    with calling(gr.Interface(lambda x: x, "number", "number")) as caller:
        assert "must hold 1 values" in caller.http.post("/call/predict", json={"data": [1, 2]}).json()["detail"]
        event = caller.call("predict", "one")
        assert caller.result("predict", event) == [("error", {"error": "x must be a number, such as 1.5."})]
        assert "must be a number" in caller.http.post("/run/predict", json={"data": ["one"]}).json()["error"]


def test_what_a_validator_refuses_is_told_in_the_form_that_clients_know() -> None:
    def check(text: str) -> Any:
        return gr.validate(len(text) > 3, "too short")

    with calling(gr.Interface(str.upper, "text", "text", validator=check)) as caller:
        response = caller.http.post("/call/upper", json={"data": ["ab"]})
        assert response.status_code == 422
        refused = {"__type__": "validate", "is_valid": False, "message": "too short", "parameter_name": "self"}
        assert response.json() == {"detail": [refused]}
        assert caller.result("upper", caller.call("upper", "abcd")) == [("complete", ["ABCD"])]


@pytest.mark.parametrize("path", ["/call/other", "/gradio_api/call/v2/other", "/run/other", "/gradio_api/api/other"])
def test_an_unknown_name_is_not_found(path: str) -> None:
    with calling(of_greet()) as caller:
        response = caller.http.post(path, json={"data": []})
        assert response.status_code == 404
        assert "greet" in response.json()["detail"]


def test_what_is_private_is_not_found_even_by_who_claims_to_be_a_page() -> None:
    with calling(of_greet(api_visibility="private")) as caller:
        page = {"Origin": str(caller.http.base_url).rstrip("/")}
        for path in ("/call/greet", "/run/greet", "/call/v2/greet", "/call/predict"):
            response = caller.http.post(path, json={"data": ["Ann", "Hi"]}, headers=page)
            assert (response.status_code, response.json()["detail"].count("Known are")) == (404, 0)


def test_a_result_is_only_found_where_it_belongs() -> None:
    with calling(gr.TabbedInterface([of_greet(), of_count()])) as caller:
        event = caller.call("greet", "Ann", "Hi")
        assert caller.http.get(f"/call/count/{event}").status_code == 410
        assert caller.http.get("/call/greet/unknown").status_code == 410
        assert caller.result("predict", event) == [("complete", ["Hi, Ann"])]


def test_a_result_of_another_user_is_not_found() -> None:
    with calling(of_greet(), auth=[("ann", "pass"), ("bob", "word")]) as ann:
        ann.http.post("/login", data={"username": "ann", "password": "pass"})
        event = ann.call("greet", "Ann", "Hi")
        ann.http.cookies.clear()
        ann.http.post("/login", data={"username": "bob", "password": "word"})
        assert ann.http.get(f"/call/greet/{event}").status_code == 410


def test_when_too_many_wait_one_is_asked_to_try_again() -> None:
    go = Event()
    demo = gr.Interface(lambda x: go.wait(60), "number", "text").queue(max_size=1)
    with calling(demo) as caller:
        events = [caller.call("predict", i) for i in range(2)]
        assert caller.http.get("/gradio_api/queue/status").json()["queue_size"] == 1
        for path in ("/call/predict", "/run/predict"):
            response = caller.http.post(path, json={"data": [1]})
            assert (response.status_code, response.headers["retry-after"]) == (503, "2")
        go.set()
        assert [caller.result("predict", event)[-1][0] for event in events] == ["complete"] * 2


def test_flags_that_are_made_by_themselves_include_the_calls_of_programs() -> None:
    with calling(of_greet(flagging_mode="auto")) as caller:
        caller.result("greet", caller.call("greet", "Ann", "Hi"))
        assert caller.http.post("/run/greet", json={"data": ["Bob", "Ho"]}).status_code == 200
    assert Path("flagged/logs.csv").read_text().splitlines()[1:] == ['Ann,Hi,"Hi, Ann"', 'Bob,Ho,"Ho, Bob"']


def test_who_reads_hears_that_the_server_is_there_while_nothing_happens() -> None:
    async def read() -> list[bytes]:
        job = Job(of_greet().page.endpoint(None), ("Ann", "Hi"), CallContext())
        events = []
        async for event in stream_events(job, lambda value, _: value, pending_results.PendingResults(), interval=0.001):
            events.append(event)
            if event.startswith(b"event: heartbeat"):
                job.end(Run(endpoint=job.endpoint.name, inputs=job.inputs, outputs=("Hi, Ann",), duration=0.0))
        return events

    events = asyncio.run(read())
    assert events[0] == b"event: heartbeat\ndata: null\n\n"
    assert events[-1] == b'event: complete\ndata: ["Hi, Ann"]\n\n'


def test_results_that_nobody_reads_are_forgotten_after_a_while() -> None:
    async def wait() -> None:
        now = [0.0]
        kept = pending_results.PendingResults(clock=lambda: now[0])
        old, new = (Job(of_greet().page.endpoint(None), (), CallContext()) for _ in range(2))
        kept.add(old)
        now[0] = pending_results.MAX_AGE + 1
        kept.add(new)
        assert (kept.get(old.id), kept.get(new.id)) == (None, new)

    asyncio.run(wait())


def test_the_results_of_the_client_with_the_most_make_room() -> None:
    async def fill() -> None:
        now = [0.0]
        kept = pending_results.PendingResults(clock=lambda: now[0])
        endpoint = of_greet().page.endpoint(None)
        clients = ["one", *["many"] * pending_results.MAX_JOBS]
        jobs = [Job(endpoint, (), CallContext(client=client)) for client in clients]
        for job in jobs:
            kept.add(job)
        assert [kept.get(job.id) is job for job in jobs[:3]] == [True, False, True]
        large = "x" * (pending_results.MAX_BYTES * 2 // 5)
        for job in (jobs[0], *jobs[-2:]):
            client = job.context.client
            run = Run(endpoint=endpoint.name, inputs=(large,), outputs=(), duration=0.0, id=job.id, client=client)
            await kept.note(run)
        assert [kept.get(job.id) is job for job in (jobs[0], *jobs[-2:])] == [True, False, True]
        now[0] = pending_results.MAX_AGE + 1
        kept.add(Job(endpoint, (), CallContext(client="one")))
        assert kept.get(jobs[0].id) is kept.get(jobs[-1].id) is None

    asyncio.run(fill())


def test_results_that_nobody_reads_make_room() -> None:
    async def fill() -> None:
        kept = pending_results.PendingResults()
        endpoint = of_greet().page.endpoint(None)
        jobs = [Job(endpoint, (), CallContext()) for _ in range(pending_results.MAX_JOBS + 1)]
        for job in jobs:
            kept.add(job)
        assert kept.get(jobs[0].id) is None
        assert kept.get(jobs[1].id) is jobs[1]
        large = "x" * (pending_results.MAX_BYTES // 2)
        for job in (jobs[-3], jobs[-2], jobs[-1], jobs[0]):
            await kept.note(Run(endpoint=endpoint.name, inputs=(large,), outputs=(), duration=0.0, id=job.id))
        assert [kept.get(job.id) is job for job in jobs[-3:]] == [False, False, True]

    asyncio.run(fill())
