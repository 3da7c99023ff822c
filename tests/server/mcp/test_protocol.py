"""The protocol: what is answered to which message, and to whom."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

import minidemo as gr
from minidemo.server.mcp.versions import HANDSHAKE
from tests.agent import ENVELOPE, Agent
from tests.visitor import Visitor

PLACES = ["/mcp", "/mcp/", "/gradio_api/mcp", "/gradio_api/mcp/"]


def double(x: float) -> float:
    """Double a number."""
    return 2 * x


def demo(**options: Any) -> gr.Interface:
    return gr.Interface(double, gr.Number(label="x"), "number", **options)


@pytest.fixture
def agent() -> Agent:
    return Agent(demo(title="Double", description="Twice as *much*.", version="0.3"))


def test_it_is_off_unless_it_is_asked_for() -> None:
    visitor = Visitor(demo())
    assert {visitor.http.post(place).status_code for place in PLACES} == {404}
    check = (
        "import sys, minidemo as gr; gr.Interface(str, 'text', 'text').app; print('minidemo.server.mcp' in sys.modules)"
    )
    assert subprocess.check_output([sys.executable, "-c", check], text=True) == "False\n"


@pytest.mark.parametrize("place", PLACES)
def test_it_is_where_gradio_has_it_and_at_a_shorter_place(agent: Agent, place: str) -> None:
    response = agent.send("ping", place=place)
    assert response.json() == {"jsonrpc": "2.0", "id": 7, "result": {"resultType": "complete"}}
    assert response.headers["cache-control"] == "no-store"
    assert agent.http.get(place).status_code == 405
    assert agent.http.delete(place).status_code == 405


@pytest.mark.parametrize("version", HANDSHAKE)
def test_a_client_shakes_hands(agent: Agent, version: str) -> None:
    result = agent.answer("initialize", {"protocolVersion": version, "capabilities": {}, "clientInfo": {}})
    assert result["protocolVersion"] == version
    assert result["capabilities"] == {"tools": {}}
    assert result["serverInfo"] == {"name": "Double", "version": "0.3"}
    assert result["instructions"] == "Double\n\nTwice as *much*."
    done = agent.post({"jsonrpc": "2.0", "method": "notifications/initialized"})
    assert (done.status_code, done.content) == (202, b"")


@pytest.mark.parametrize("asked", [{"protocolVersion": "1999-01-01"}, {"protocolVersion": 1}, {}])
def test_a_client_of_another_time_is_offered_what_there_is(agent: Agent, asked: dict[str, Any]) -> None:
    assert agent.answer("initialize", asked)["protocolVersion"] == HANDSHAKE[0]


def test_a_demo_without_words_says_none() -> None:
    bare = demo()
    bare.page.title = None
    result = Agent(bare, app_kwargs={"title": "T", "version": "2.0"}).answer("initialize", {})
    assert "instructions" not in result
    assert result["serverInfo"] == {"name": "Demo", "version": "2.0"}


def test_a_client_that_shakes_no_hands_finds_out(agent: Agent) -> None:
    result = agent.send_modern("server/discover").json()["result"]
    assert result["supportedVersions"] == ["2026-07-28"]
    assert result["_meta"]["io.modelcontextprotocol/serverInfo"]["name"] == "Double"
    assert (result["resultType"], result["cacheScope"]) == ("complete", "private")
    listed = agent.send_modern("tools/list").json()["result"]
    assert listed["ttlMs"] == result["ttlMs"] == 60_000
    called = agent.send_modern("tools/call", {"name": "double", "arguments": {"x": 4}}, **{"mcp-name": "double"})
    assert called.json()["result"]["content"] == [{"type": "text", "text": "8"}]
    encoded = agent.send_modern("tools/call", {"name": "dóuble"}, **{"mcp-name": "=?base64?ZMOzdWJsZQ==?="})
    assert "There is no tool" in encoded.json()["result"]["content"][0]["text"]
    note = agent.http.post(
        "/mcp", json={"jsonrpc": "2.0", "method": "x"}, headers={"mcp-protocol-version": "2026-07-28"}
    )
    assert note.status_code == 202


@pytest.mark.parametrize(
    ("method", "params", "headers", "code"),
    [
        ("tools/list", {"_meta": {}}, {}, -32602),
        ("tools/list", {"_meta": None}, {}, -32602),
        ("tools/list", {"_meta": ENVELOPE | dict.fromkeys(list(ENVELOPE)[:1], "2025-11-25")}, {}, -32020),
        ("tools/list", {}, {"mcp-method": "tools/call"}, -32020),
        ("tools/call", {"name": "double"}, {}, -32020),
        ("tools/call", {"name": "double"}, {"mcp-name": "=?base64?!?="}, -32020),
        ("tools/list", {}, {"mcp-protocol-version": "2031-01-01"}, -32022),
    ],
)
def test_headers_and_message_must_say_the_same(
    agent: Agent, method: str, params: dict[str, Any], headers: dict[str, str], code: int
) -> None:
    response = agent.send_modern(method, params, **headers)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == code
    assert response.json()["id"] == 7


def test_an_unknown_version_is_told_which_there_are(agent: Agent) -> None:
    error = agent.send("ping", headers={"mcp-protocol-version": "soon"}).json()["error"]
    assert error["data"] == {"supported": ["2026-07-28", *HANDSHAKE], "requested": "soon"}
    assert agent.send("ping", headers={"mcp-protocol-version": "2025-06-18"}).status_code == 200


def test_what_there_is_not_is_told(agent: Agent) -> None:
    old, new = agent.send("resources/list"), agent.send_modern("resources/list")
    assert (old.status_code, new.status_code) == (200, 404), "older clients take 404 for the end of a session"
    assert old.json()["error"]["code"] == new.json()["error"]["code"] == -32601


@pytest.mark.parametrize(
    ("body", "code", "says"),
    [
        ("{", -32700, "not valid JSON"),
        ("[" * 100_000, -32700, "not valid JSON"),
        ("[]", -32600, "should be an object"),
        ('{"jsonrpc": "2.0", "id": 1}', -32600, "method: Field required"),
        ('{"jsonrpc": "1.0", "id": 1, "method": "ping"}', -32600, "jsonrpc"),
        ('{"jsonrpc": "2.0", "id": 1.5, "method": "ping"}', -32600, "id"),
        ('{"jsonrpc": "2.0", "id": {}, "method": "ping"}', -32600, "id"),
        ('{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": [1]}', -32600, "params"),
    ],
)
def test_what_is_no_message_is_refused(agent: Agent, body: str, code: int, says: str) -> None:
    response = agent.http.post("/mcp", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert response.json()["id"] is None
    assert response.json()["error"]["code"] == code
    assert says in response.json()["error"]["message"]


@pytest.mark.parametrize("params", [{}, {"name": 3}, {"name": "double", "arguments": []}, {"name": "x", "_meta": 1}])
def test_what_is_no_call_is_refused(agent: Agent, params: dict[str, Any]) -> None:
    assert agent.send("tools/call", params).json()["error"]["code"] == -32602


def test_bodies_are_json_and_not_too_large(agent: Agent) -> None:
    form = agent.http.post("/mcp", content="{}", headers={"Content-Type": "text/plain"})
    assert (form.status_code, form.json()["error"]["code"]) == (415, -32600)
    large = agent.http.post("/mcp", content=b" " * (16 * 2**20 + 1), headers={"Content-Type": "application/json"})
    assert large.status_code == 413
    assert large.json()["error"]["message"] == "The body is over 16 MB. Upload large files, and send the ids."


def test_pages_of_others_and_strange_names_are_turned_away() -> None:
    agent = Agent(demo(), allowed_hosts=["testserver"])
    assert agent.send("ping", headers={"Origin": "https://evil.example"}).status_code == 403
    assert agent.send("ping", headers={"Origin": "null"}).status_code == 403
    assert agent.send("ping", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert agent.send("ping", headers={"Host": "rebound.example"}).status_code == 421
    assert agent.send("ping", headers={"Origin": "http://testserver"}).status_code == 200


@pytest.mark.parametrize("place", PLACES)
def test_who_is_not_logged_in_learns_nothing(place: str) -> None:
    agent = Agent(demo(), auth=("ann", "secret"))
    response = agent.send("tools/list", place=place)
    assert response.status_code == 401
    assert "double" not in response.text
    assert agent.http.post("/login", data={"username": "ann", "password": "secret"}).status_code == 200
    assert "double" in agent.tools()


def by_mount_app(site: FastAPI, demo: gr.Interface) -> None:
    gr.mount_app(site, demo, "/tools/same", mcp_server=True)


def by_mount(site: FastAPI, demo: gr.Interface) -> None:
    site.mount("/tools/same", gr.create_app(demo.page, mcp_server=True))


@pytest.mark.parametrize("mount", [by_mount_app, by_mount])
def test_a_demo_in_another_application(mount: Callable[[FastAPI, gr.Interface], None]) -> None:
    site = FastAPI()
    mount(site, gr.Interface(lambda f: f, gr.File(), gr.File(), api_name="same"))
    agent = Agent(demo())
    agent.http = TestClient(site)
    response = agent.send("tools/list", place="/tools/same/mcp").json()
    told = response["result"]["tools"][0]["inputSchema"]["properties"]["f"]["description"]
    assert told == "A file: a data: URI, or the path that POST http://testserver/tools/same/upload answers."
    params = {"name": "same", "arguments": {"f": "data:text/plain,hello"}}
    said = agent.send("tools/call", params, place="/tools/same/mcp").json()["result"]["content"][0]["text"]
    assert said.startswith("File URL: http://testserver/tools/same/file/")
    assert agent.http.get(said.removeprefix("File URL: ")).text == "hello"


def test_what_is_neither_on_nor_off_is_told() -> None:
    unclear: Any = "yes"
    with pytest.raises(gr.ConfigurationError, match="mcp_server is 'yes'; expected True or False"):
        Agent(demo(), mcp_server=unclear)
