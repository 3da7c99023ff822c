"""Calls of tools: through the same queue, validators and limits as the page's, with results that a model reads."""

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import minidemo as gr
from examples.calculator import demo as calculator
from minidemo.content.media import Media
from minidemo.context.alerts import Step
from minidemo.errors import Defect
from minidemo.server.mcp.meter import ProgressMeter
from tests.agent import STREAMS, Agent


def echo(x: Any) -> Any:
    return x


def test_the_calculator_calculates() -> None:
    agent = Agent(calculator)
    assert agent.call("calculator", num1=5, operation="add", num2=7) == ["12"]
    assert agent.call("calculator", num1=6, operation="subtract", num2=1.5) == ["4.5"]
    assert agent.call("calculator", num1=10**30, operation="add", num2=1) == [f"{10**30 + 1}"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"num1": 1, "operation": "divide", "num2": 0}, "Cannot divide by zero."),
        ({"num1": 1, "operation": "power", "num2": 0}, "operation"),
        ({"num1": "one", "operation": "add", "num2": 0}, "num1"),
        ({"operation": "add"}, "calculator needs num1, num2."),
        ({"num1": 1, "operation": "add", "num2": 0, "mode": 1}, "calculator takes no 'mode'. Known are:"),
        ({"num1": 1, "operation": "add", "nun2": 0}, "calculator takes no 'nun2'. Did you mean 'num2'?"),
    ],
)
def test_what_went_wrong_is_a_result_so_that_a_model_can_do_better(arguments: Any, says: str) -> None:
    assert says in Agent(calculator).failure("calculator", **arguments)


def test_an_unknown_tool_is_a_result_too() -> None:
    assert Agent(calculator).failure("calculate") == "There is no tool 'calculate'. Did you mean 'calculator'?"
    nothing = Agent(gr.Interface(lambda: 1, None, "number", api_name="one"))
    assert nothing.failure("one", x=1) == "one takes no 'x'. It takes nothing."


def test_what_is_left_out_is_as_on_a_fresh_page() -> None:
    def tell(a: Any, b: Any, c: Any = None, d: float = 4) -> str:
        return json.dumps([a, b, c, d])

    inputs: list[Any] = [gr.Number(1), gr.Textbox(lambda: "two"), "text", "number"]
    agent = Agent(gr.Interface(tell, inputs, "text"))
    assert agent.call("tell") == ['[1, "two", null, 4]']
    assert agent.call("tell", a=None, c="three") == ['[null, "two", "three", 4]']


def test_a_failure_of_the_function_is_told_as_on_the_page() -> None:
    def fail(x: str) -> str:
        gr.Warning("It will fail.")
        raise ValueError(f"secret {x}")

    agent = Agent(gr.Interface(fail, "text", "text"))
    result = agent.answer("tools/call", {"name": "fail", "arguments": {"x": "y"}})
    assert [item["text"] for item in result["content"]] == [
        "Something went wrong while running this demo.",
        "Warning: It will fail.",
    ]
    assert "secret y" in Agent(gr.Interface(fail, "text", "text"), show_error=True).failure("fail", x="y")


def test_results_are_texts_or_json() -> None:
    def all_kinds() -> Any:
        gr.Info("Done.", title="By the way")
        return "text", {"a": [1, float("nan")], "é": "\ud800"}, True, None, {"cat": 0.9}, "kept"

    demo = gr.Interface(all_kinds, None, ["text", "json", "checkbox", "number", "label", "state"])
    assert Agent(demo).call("all_kinds") == [
        "text",
        '{"a":[1,null],"é":"?"}',
        "true",
        "null",
        '{"label":"cat","confidences":[{"label":"cat","confidence":0.9}]}',
        "By the way: Done.",
    ]


def test_a_function_that_gives_nothing() -> None:
    assert Agent(gr.Interface(lambda x: None, "text", None, api_name="take")).call("take", x="a") == []


def test_of_a_generator_it_is_the_last_value() -> None:
    def count(n: float) -> Iterator[float]:
        yield from range(int(n))

    async def wait(n: float) -> AsyncIterator[float]:
        for i in range(int(n)):
            yield i

    assert Agent(gr.Interface(count, "number", "number")).call("count", n=5) == ["4"]
    assert Agent(gr.Interface(wait, "number", "number")).call("wait", n=5) == ["4"]


def test_a_state_is_fresh_in_each_call() -> None:
    def push(x: str, all: list[str]) -> tuple[str, list[str]]:
        return " ".join([*all, x]), [*all, x]

    agent = Agent(gr.Interface(push, ["text", gr.State([])], ["text", "state"]))
    assert [agent.call("push", x="a"), agent.call("push", x="b")] == [["a"], ["b"]]


def test_the_validator_of_the_author_is_asked() -> None:
    demo = gr.Interface(echo, "text", "text", validator=lambda x: gr.validate(x != "no", "Say something else."))
    assert Agent(demo).call("echo", x="yes") == ["yes"]
    assert Agent(demo).failure("echo", x="no") == "Say something else."


def test_the_function_knows_the_request() -> None:
    def who(x: str, request: gr.Request) -> str:
        return f"{request.headers['x-key']} {request.username}"

    agent = Agent(gr.Interface(who, "text", "text"), auth=("ann", "secret"))
    agent.http.post("/login", data={"username": "ann", "password": "secret"})
    agent.http.headers["x-key"] = "k"
    assert agent.call("who", x="") == ["k ann"]


def test_runs_of_agents_are_stored_where_all_are() -> None:
    agent = Agent(gr.Interface(echo, gr.Textbox(label="x"), "text", flagging_mode="auto"))
    agent.call("echo", x="by an agent")
    assert Path("flagged/logs.csv").read_text() == "x,Output\nby an agent,by an agent\n"


def test_progress_is_told_to_who_asks_for_it() -> None:
    def slowly(x: str, progress: gr.Progress) -> str:
        progress((1, 4), desc="A quarter")
        return x

    agent = Agent(gr.Interface(slowly, "text", "text"))
    *notes, answer = agent.followed("slowly", x="done")
    assert [note["params"] for note in notes] == [
        {"progressToken": "t", "progress": 1, "total": 4, "message": "A quarter"}
    ]
    assert {note["method"] for note in notes} == {"notifications/progress"}
    assert answer["id"] == 7
    assert answer["result"]["content"] == [{"type": "text", "text": "done"}]


def test_without_a_token_or_without_a_stream_there_is_one_answer() -> None:
    agent = Agent(calculator)
    params: dict[str, Any] = {"name": "calculator", "arguments": {"num1": 1, "operation": "add", "num2": 1}}
    plain = agent.send("tools/call", params, headers=STREAMS)
    assert plain.headers["content-type"] == "application/json"
    plain = agent.send("tools/call", params | {"_meta": {"progressToken": 1}}, headers={"Accept": "application/json"})
    assert plain.headers["content-type"] == "application/json"
    [failed] = agent.followed("calculator", num1=1, operation="divide", num2=0)
    assert failed["result"]["isError"] is True
    [refused] = agent.followed("calculator", num1=1, operation="power", num2=0)
    assert refused["result"]["isError"] is True


def test_the_number_always_rises() -> None:
    steps: list[tuple[Step, ...]] = [
        (),
        (Step(text="Loading"),),
        (Step(text="Still loading"),),
        (Step(done=0, total=2, text="a"),),
        (Step(done=0, total=2, text="a"), Step(done=1, total=2)),
        (Step(done=0, total=2, text="a"), Step(done=None)),
        (Step(done=2, total=2, text="a"),),
        (Step(done=2, total=2, text="a"),),
        (Step(share=0.5, text="b"),),
        (Step(done=3),),
    ]
    meter = ProgressMeter()
    read = [meter.read(each) for each in steps]
    told = [each for each in read if each is not None]
    assert read[0] is None
    assert [each.get("message") for each in told] == ["Loading", "Still loading", "a", "a", "a", "b", None]
    numbers = [each["progress"] for each in told]
    assert numbers == sorted(set(numbers)), "each above the one before"
    assert [round(each["total"], 3) for each in told if "total" in each] == [2, 2, 2, 3]
    assert [round(number, 3) for number in numbers] == [0, 0, 0, 0.5, 2, 2.5, 5]


PARAMS: dict[str, Any] = {"name": "wait", "arguments": {}}


@pytest.mark.parametrize("more", [{}, {"_meta": {"progressToken": 1}}])
def test_a_call_ends_when_the_agent_goes_away(more: dict[str, Any]) -> None:
    begun, ended = threading.Event(), threading.Event()

    async def wait() -> str:
        begun.set()
        try:
            return await asyncio.sleep(600, "never")
        finally:
            ended.set()

    with gr.Interface(wait, None, "text").running(mcp_server=True) as url:
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": PARAMS | more})
        head = (
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\n"
        )
        with socket.create_connection(("127.0.0.1", urlsplit(url).port or 0)) as line:
            line.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
            assert begun.wait(60)
        assert ended.wait(60)


def broken() -> bytes:
    raise OSError


class Odd(gr.Textbox):
    """Gives what cannot be read."""

    takes_files = True

    def postprocess(self, value: Any) -> Any:
        return Media("odd.wav", encode=broken)


def test_a_result_that_cannot_be_told_is_a_defect(caplog: pytest.LogCaptureFixture) -> None:
    assert Agent(gr.Interface(echo, "text", Odd())).failure("echo", x="") == Defect().message
    assert "A run could not be answered" in caplog.text
