"""The client of the protocol's own package, from PyPI, with a demo on a real server."""

import asyncio
import base64
import io
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from typing import Any

import httpx2
import PIL.Image
import pytest
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client

import minidemo as gr
from examples.calculator import demo as calculator
from examples.sepia import TONES
from examples.sepia import demo as sepia
from tests.agent import uri
from tests.components.pictures import encoded, gradient, pixels

MODES = ["legacy", "auto"]
"""With a handshake, and in the way of 2026, which needs none."""
Use = Callable[[Client], Awaitable[Any]]


def connected(demo: gr.Interface, use: Use, *, mode: Any = "auto", place: str = "mcp", **options: Any) -> Any:
    """Serve a demo, and return what somebody does with it who is connected."""

    async def connect(url: str) -> Any:
        async with Client(url, mode=mode) as client:
            return await use(client)

    with demo.running(mcp_server=True, **options) as url:
        return apart(connect(f"{url}{place}"))


def apart(work: Coroutine[Any, Any, Any]) -> Any:
    """Return what comes of it in a thread of its own: coverage loses sight of one where the client cancels tasks."""
    with ThreadPoolExecutor() as pool:
        return pool.submit(asyncio.run, work).result()


@pytest.mark.parametrize("place", ["mcp", "mcp/", "gradio_api/mcp", "gradio_api/mcp/"])
@pytest.mark.parametrize("mode", MODES)
def test_it_lists_the_tools_and_calls_the_calculator(mode: str, place: str) -> None:
    async def use(client: Client) -> Any:
        tools = (await client.list_tools()).tools
        call = await client.call_tool("calculator", {"num1": 5, "operation": "add", "num2": 7})
        return [tool.name for tool in tools], tools[0].description, call.is_error, call.content[0]

    names, description, failed, content = connected(calculator, use, mode=mode, place=place)
    assert names == ["calculator"]
    assert description == "Add, subtract, multiply or divide."
    assert (failed, content.text) == (False, "12")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("calculator", {"num1": 1, "operation": "divide", "num2": 0}, "Cannot divide by zero."),
        ("calculator", {"num1": 1, "operation": "power", "num2": 0}, "operation"),
        ("calculate", {}, "There is no tool 'calculate'."),
    ],
)
def test_it_hears_of_errors(mode: str, name: str, arguments: dict[str, Any], says: str) -> None:
    result = connected(calculator, lambda client: client.call_tool(name, arguments), mode=mode)
    assert result.is_error is True
    assert says in result.content[0].text


@pytest.mark.parametrize("mode", MODES)
def test_it_sends_a_picture_and_gets_one(mode: str) -> None:
    arguments = {"im": uri(encoded(gradient()))}
    picture, link = connected(sepia, lambda client: client.call_tool("sepia", arguments), mode=mode).content
    seen = PIL.Image.open(io.BytesIO(base64.b64decode(picture.data)))
    assert picture.mime_type == "image/png"
    assert pixels(seen) == pixels(gradient().convert("RGB", TONES))
    assert link.text.startswith("Image URL: http://127.0.0.1:")


@pytest.mark.parametrize("mode", MODES)
def test_it_hears_of_progress_while_the_function_runs(mode: str) -> None:
    heard = threading.Event()
    told: list[tuple[float, float | None, str | None]] = []

    def paint(progress: gr.Progress) -> PIL.Image.Image:
        progress(0.5, desc="Half")
        assert heard.wait(60)
        return gradient()

    async def hear(progress: float, total: float | None, message: str | None) -> None:
        told.append((progress, total, message))
        heard.set()

    demo = gr.Interface(paint, None, gr.Image())
    result = connected(demo, lambda client: client.call_tool("paint", progress_callback=hear), mode=mode)
    assert told == [(0.5, 1, "Half")]
    assert [item.type for item in result.content] == ["image", "text"]


def test_a_call_that_it_gives_up_is_ended() -> None:
    begun, ended = threading.Event(), threading.Event()

    async def wait() -> str:
        begun.set()
        try:
            return await asyncio.sleep(600, "never")
        finally:
            ended.set()

    async def use(client: Client) -> bool:
        call = asyncio.create_task(client.call_tool("wait"))
        await asyncio.to_thread(begun.wait, 20)
        call.cancel()
        return await asyncio.to_thread(ended.wait, 20)

    assert connected(gr.Interface(wait, None, "text"), use)


def test_who_is_not_logged_in_is_turned_away_and_who_is_comes_in() -> None:
    async def enter(url: str) -> Any:
        async with httpx2.AsyncClient() as http:
            with pytest.raises(ExceptionGroup) as refused:
                await AsyncExitStack().enter_async_context(
                    Client(streamable_http_client(f"{url}mcp", http_client=http))
                )
            await http.post(f"{url}login", data={"username": "ann", "password": "secret"})
            async with Client(streamable_http_client(f"{url}mcp", http_client=http)) as client:
                return refused, await client.list_tools()

    with calculator.running(mcp_server=True, auth=("ann", "secret")) as url:
        refused, listed = apart(enter(url))
    assert refused.group_contains(MCPError, match="error response")
    assert [tool.name for tool in listed.tools] == ["calculator"]
