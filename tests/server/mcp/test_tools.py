"""What agents are told of a demo: its tools, with names, descriptions and arguments."""

import functools
from typing import Any

import pytest

import minidemo as gr
from examples.calculator import demo as calculator
from examples.sepia import demo as sepia
from minidemo.server.mcp.tools import MAX_TOOL, plain_name, plain_names
from tests.agent import Agent
from tests.components.pictures import gradient


def test_the_calculator_is_a_tool() -> None:
    assert Agent(calculator).tools() == {
        "calculator": {
            "name": "calculator",
            "description": "Add, subtract, multiply or divide.",
            "inputSchema": {
                "type": "object",
                "properties": {
                    "num1": {"type": "number"},
                    "operation": {
                        "enum": ["add", "subtract", "multiply", "divide"],
                        "type": "string",
                        "default": "add",
                    },
                    "num2": {"type": "number"},
                },
                "additionalProperties": False,
                "required": ["num1", "num2"],
            },
        }
    }


def test_a_file_is_a_text() -> None:
    [picture] = Agent(sepia).tools()["sepia"]["inputSchema"]["properties"].values()
    assert picture == {
        "type": "string",
        "description": "A file: a data: URI, or the path that POST http://testserver/upload answers.",
    }


def test_what_a_fresh_page_shows_may_be_left_out() -> None:
    def paint(width: Any, colour: Any, mood: Any, note: Any, base: Any, tags: Any = None, size: float = 3) -> None:
        """Paint.

        Args:
            width (int): How wide,
                in metres.
            mood: How it feels.
        """

    inputs: list[Any] = [
        gr.Number(2, label="Width"),
        gr.Dropdown(["red", "blue"], value=lambda: "red", info="Of the wall."),
        gr.Textbox(label="The mood"),
        gr.DateTime(),
        gr.Image(gradient(), type="pil"),
        gr.CheckboxGroup(["a", "b"]),
        "number",
    ]
    tool = Agent(gr.Interface(paint, inputs, None)).tools()["paint"]
    properties = tool["inputSchema"]["properties"]
    assert tool["description"] == "Paint."
    assert tool["inputSchema"]["required"] == ["mood", "note"]
    assert properties["width"] == {"type": "number", "description": "How wide, in metres.", "default": 2}
    assert properties["colour"] == {"enum": ["red", "blue"], "type": "string", "description": "Of the wall."}
    assert properties["mood"] == {"title": "The mood", "type": "string", "description": "How it feels."}
    assert properties["note"]["description"].endswith("or 'now - 5m' and the like")
    assert "default" not in properties["base"]
    assert properties["size"]["default"] == 3


def test_several_results_are_told_apart() -> None:
    def split(text: str) -> tuple[str, int, int]:
        """Split a text.

        Returns:
            The first word,
            and how long it is.
        """
        return text.split()[0], len(text.split()[0]), 0

    demo = gr.Interface(split, "text", ["text", gr.Number(label="Length"), gr.State()])
    agent = Agent(demo)
    assert agent.call("split", text="two words") == ["two", "3"]
    assert agent.tools()["split"]["description"] == (
        "Split a text.\n\nReturns: The first word, and how long it is.\n\n"
        "Results, in this order: Output 0 (string); Length (number)"
    )


def test_what_takes_nothing_and_says_nothing() -> None:
    tool = Agent(gr.Interface(lambda: 1, None, "number", api_name="one", api_description=False)).tools()["one"]
    assert tool == {"name": "one", "inputSchema": {"type": "object", "properties": {}, "additionalProperties": False}}


def test_an_authors_own_words_go_over_those_of_the_function() -> None:
    def fn(x: str) -> str:
        """Do something.

        :param x: What it is done with.
        """
        return x

    agent = Agent(gr.Interface(fn, "text", "text", api_description="Another thing."))
    assert agent.call("fn", x="y") == ["y"]
    told = agent.tools()["fn"]
    assert told["description"] == "Another thing."
    assert told["inputSchema"]["properties"]["x"]["description"] == "What it is done with."
    silent = Agent(gr.Interface(fn, "text", "text", api_description=False)).tools()["fn"]
    assert "description" not in silent
    assert "description" not in silent["inputSchema"]["properties"]["x"]


def test_state_is_nobodys_argument() -> None:
    schema = Agent(gr.Interface(lambda a, s: (a, s), ["text", "state"], ["text", "state"], api_name="a")).tools()["a"]
    assert list(schema["inputSchema"]["properties"]) == ["a"]


def test_a_builtin_has_names_for_its_inputs() -> None:
    schema = Agent(gr.Interface(functools.partial(max, 1), ["number", "number"], "number")).tools()["max"]
    assert list(schema["inputSchema"]["properties"]) == ["input_0", "input_1"]


@pytest.mark.parametrize("visibility", ["undocumented", "private"])
def test_only_what_is_public_is_a_tool(visibility: Any) -> None:
    agent = Agent(gr.Interface(str.upper, "text", "text", api_visibility=visibility))
    assert agent.tools() == {}
    assert "There is no tool 'upper'" in agent.failure("upper")


def test_each_function_of_a_page_is_a_tool() -> None:
    def one(x: str) -> str:
        return f"1 {x}"

    def other(x: str) -> str:
        return f"2 {x}"

    demos = [gr.Interface(one, "text", "text", api_name="a-b"), gr.Interface(other, "text", "text", api_name="a_b")]
    agent = Agent(gr.TabbedInterface(demos, ["one", "two"]))
    assert list(agent.tools()) == ["a_b", "a_b_2"]
    assert [agent.call("a_b", x="x"), agent.call("a_b_2", x="x")] == [["1 x"], ["2 x"]]


def test_names_are_plain_and_all_different() -> None:
    assert plain_name("größe") == "groe"
    assert plain_names(["größe", "grosse", "grße", "计算", "_x", "x y"], 64)[3:] == ["unnamed", "_x", "x_y"]
    long = plain_names(["x" * 200] * 3, MAX_TOOL)
    assert [len(name) for name in long] == [128, 126, 126]
    assert len(set(long)) == 3


def test_a_decorator_names_and_describes_a_tool() -> None:
    @gr.mcp.tool(name="shout", description="Say it loud.")
    def upper(text: str) -> str:
        """Turn to upper case."""
        return text.upper()

    @gr.mcp.tool()
    def lower(text: str) -> str:
        """Turn to lower case."""
        return text.lower()

    @gr.mcp.resource("greeting://{name}", description="A greeting.")
    def greet(name: str) -> str:
        return f"Hello, {name}"

    @gr.mcp.prompt(name="ask")
    def question(topic: str) -> str:
        """Ask about a topic."""
        return f"What is {topic}?"

    demos = [gr.Interface(fn) for fn in (upper, lower, greet, question)]
    agent = Agent(gr.TabbedInterface(demos))
    assert {name: tool["description"] for name, tool in agent.tools().items()} == {
        "shout": "Say it loud.",
        "lower": "Turn to lower case.",
        "greet": "A greeting.",
        "ask": "Ask about a topic.",
    }
    assert [demo("a") for demo in demos] == ["A", "a", "Hello, a", "What is a?"]
