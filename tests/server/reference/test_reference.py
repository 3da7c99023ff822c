"""The page about the API: what it says can be done is done as it stands there."""

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.server.reference.schema_words import schema_text
from tests import plain
from tests.clients.environments import OFFLINE, by_node, by_python
from tests.components.pictures import encoded, gradient

RUN: dict[str, Callable[[str], list[str]]] = {
    "curl": lambda text: ["bash", "-c", text],
    "Python": lambda text: [sys.executable, "-c", text],
    "JavaScript": lambda text: ["node", "--input-type=module", "-e", text],
    "Python, with gradio_client": by_python("new"),
    "JavaScript, with @gradio/client": by_node("new"),
    "curl, in two steps": lambda text: ["bash", "-c", text],
}


def page_of(url: str) -> str:
    """Return the page about the API."""
    return plain.get(url, params={"view": "api"}).text


def snippets_of(page: str) -> dict[str, str]:
    """Return the programs on a page by their languages."""
    found = re.findall(r"<h3>([^<]*)</h3>\n<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)
    return {language: html.unescape(text) for language, text in found}


def greet(name: str, loud: bool, times: float) -> str:
    """Greet somebody."""
    return f"Hello {name}{'!' if loud else '.'} " * int(times)


def sizes(picture: Any, pictures: Any, name: str) -> tuple[str, Any]:
    """Return how large a picture is, and how many others there are."""
    return f"{picture.width} x {picture.height}, {len(pictures)}, {name}", picture


def of_values() -> gr.Interface:
    return gr.Interface(greet, [gr.Textbox("it's $HOME é"), gr.Checkbox(True), gr.Number(2)], "text")


def of_files() -> gr.Interface:
    return gr.Interface(sizes, [gr.Image(type="pil"), gr.Gallery(), gr.Textbox("é")], ["text", "image"])


def of_state() -> gr.Interface:
    return gr.Interface(lambda n: (n + 1, n + 1), gr.State(41), ["number", "state"])


@pytest.mark.parametrize("language", RUN)
@pytest.mark.parametrize(
    ("make", "said"), [(of_values, "it's $HOME é! Hello"), (of_files, "24 x 16, 1, é"), (of_state, "42")]
)
def test_each_program_runs_as_it_is_printed(make: Callable[[], gr.Interface], said: str, language: str) -> None:
    for name in ("example.png", "example1.png"):
        Path(name).write_bytes(encoded(gradient(24, 16)))
    with make().running() as url:
        text = snippets_of(page_of(url))[language]
        done = subprocess.run(
            RUN[language](text), capture_output=True, text=True, check=True, timeout=60, env=os.environ | OFFLINE
        )
    assert said in done.stdout.replace("\\", "")


def test_the_page_tells_of_inputs_outputs_and_the_function() -> None:
    inputs: list[Any] = ["text", "checkbox", gr.Slider(1, 3, label="How often")]
    with gr.Interface(greet, inputs, gr.Textbox(label="Greeting"), title="Greeter").running() as url:
        text = " ".join(re.sub(r"<[^>]*>", " ", page_of(url)).split())
    assert "Greeter: API" in text
    assert "greet Greet somebody. Parameters" in text
    assert "times number Slider : How often" in text.replace("Slider:", "Slider :")
    assert "loud boolean Checkbox" in text


def test_the_page_says_what_the_docstring_says() -> None:
    def blur(radius: float, rest: str) -> None:
        """Blur a picture.

        Args:
            radius: How much, in pixels.

        Returns:
            The sharpness.
        """

    inputs: list[Any] = ["number", gr.Textbox(info="What else there is.")]
    with gr.Interface(blur, inputs, "number").running() as url:
        text = " ".join(re.sub(r"<[^>]*>", " ", page_of(url)).split())
    assert "blur Blur a picture. Parameters" in text
    assert "radius number Number How much, in pixels." in text
    assert "rest string Textbox What else there is." in text
    assert "Number The sharpness." in text


@pytest.mark.parametrize(("title", "name"), [("Greeter & more", "greeter_more"), ("问候", "问候"), ("?", "demo")])
def test_the_page_tells_agents_where_to_find_it(title: str, name: str) -> None:
    demo = gr.Interface(greet, ["text", "checkbox", "number"], "text", title=title)
    with demo.running(mcp_server=True) as url:
        page = html.unescape(page_of(url))
    assert f"<code>{url}mcp</code>" in page
    [settings] = re.findall(r'aria-label="JSON"><code>(.*?)</code>', page, re.DOTALL)
    assert json.loads(settings) == {"mcpServers": {name: {"type": "http", "url": f"{url}mcp"}}}
    with demo.running() as url:
        assert "MCP" not in page_of(url)


@pytest.mark.parametrize(("visibility", "shown"), [("public", True), ("undocumented", False), ("private", False)])
def test_only_what_is_public_is_described(visibility: Any, shown: bool) -> None:
    demo = gr.Interface(greet, ["text", "checkbox", "number"], "text", api_visibility=visibility)
    with demo.running() as url:
        assert ("Greet somebody." in page_of(url)) is shown


def test_a_function_may_take_and_give_nothing() -> None:
    def rest() -> None:
        """Do nothing."""

    with gr.Interface(rest, api_description=False).running() as url:
        page = page_of(url)
    assert page.count("None") == 2
    assert "Do nothing." not in page


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"enum": ["a", 1]}, '"a" | 1'),
        ({"const": "text"}, '"text"'),
        ({"type": "array"}, "list"),
        ({"type": "array", "items": {"type": "string"}}, "list of string"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string | null"),
        ({"type": "object", "title": "FileData", "properties": {}}, "file"),
        ({"type": "object", "properties": {"a": {"type": "number"}}}, "{a: number}"),
        ({"type": ["string", "number"]}, "string | number"),
        ({"description": "any valid JSON"}, "any valid JSON"),
        ({}, "anything"),
    ],
)
def test_a_type_is_told_in_words(schema: dict[str, Any], words: str) -> None:
    assert schema_text(schema) == words
