"""Bodies of JSON: how much memory they take as objects, as errors, and while they arrive."""

import tracemalloc

import pytest
from starlette.testclient import TestClient

import minidemo as gr
from minidemo import create_app
from minidemo.content.json_size import MAX_PARTS
from minidemo.server.services import MAX_BODIES
from tests.server.gradio_api.caller import PREFIX
from tests.visitor import Visitor

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def visitor() -> Visitor:
    return Visitor(gr.Interface(lambda x: "seen", "json", "text", flagging_mode="manual"), mcp_server=True)


PARTS = b"[" + b"[]," * MAX_PARTS + b"0]"
BODIES = {
    "/predict": b'{"data": [' + PARTS + b"]}",
    f"{PREFIX}/call/predict": b'{"data": [' + PARTS + b"]}",
    "/flag": b'{"run": "x", "expected": [' + PARTS + b"]}",
    "/mcp": b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "fn", "arguments": {"x": '
    + PARTS
    + b"}}}",
}


@pytest.mark.parametrize("path", BODIES)
def test_a_body_of_very_many_lists_is_refused_everywhere(visitor: Visitor, path: str) -> None:
    response = visitor.http.post(path, content=BODIES[path], headers=JSON)
    assert response.status_code == 413
    assert "over 1,000,000 lists, objects and members" in response.text


def test_brackets_in_text_are_none_too_many(visitor: Visitor) -> None:
    assert visitor.result("[{:" * (MAX_PARTS // 2)) == ["seen"]


@pytest.mark.parametrize("body", [b'{"data": [1]%s}', b'{"run": "x", "about": {"output": 0, "item": 0%s}}'])
def test_of_very_many_unknown_members_one_is_named(visitor: Visitor, body: bytes) -> None:
    """A description of each would take five hundred times their room."""
    path = "/predict" if b"data" in body else "/flag"
    content = body % b"".join(b', "m%d": 0' % i for i in range(20_000))
    tracemalloc.start()
    response = visitor.http.post(path, content=content, headers=JSON)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert response.status_code == 422
    assert 'm0: Extra inputs are not permitted. Send {"' in response.json()["error"]["message"]
    assert most < 20 * len(content)


def test_bodies_under_way_have_a_limit_for_each_client_and_for_all() -> None:
    app = create_app(gr.Interface(str.upper, "text", "text").page)
    one, other = (TestClient(app, client=(f"192.0.2.{i}", 5000)) for i in (1, 2))
    bodies, body = app.state.minidemo.bodies, {"data": ["a"]}

    def statuses() -> list[int]:
        return [http.post("/predict", json=body).status_code for http in (one, other)]

    assert statuses() == [200, 200]
    assert bodies.total == 0
    assert bodies.take(MAX_BODIES // 2, "192.0.2.1")
    assert statuses() == [503, 200]
    assert bodies.take(MAX_BODIES // 2 - 5, "another")
    assert statuses() == [503, 503]
    bodies.give_back(MAX_BODIES // 2, "192.0.2.1")
    assert statuses() == [200, 200]
