"""An agent without a model: speaks MCP with a demo's application in this very process."""

import base64
import json
from typing import Any

from httpx2 import Response

from minidemo.interfaces.demo import Demo
from tests.visitor import Visitor

STREAMS = {"Accept": "application/json, text/event-stream"}
MODERN = "2026-07-28"
ENVELOPE = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientCapabilities": {},
}


class Agent(Visitor):
    """Sends messages of JSON-RPC, and looks at what comes back."""

    def __init__(self, demo: Demo, **options: Any) -> None:
        super().__init__(demo, **{"mcp_server": True} | options)

    def post(self, body: Any, *, place: str = "/mcp", headers: dict[str, str] | None = None) -> Response:
        """Send any body."""
        return self.http.post(place, json=body, headers=headers)

    def send(self, method: str, params: Any = None, **how: Any) -> Response:
        """Send a request."""
        return self.post({"jsonrpc": "2.0", "id": 7, "method": method} | ({"params": params} if params else {}), **how)

    def send_modern(self, method: str, params: dict[str, Any] | None = None, **headers: str) -> Response:
        """Send a request as clients do that shake no hands."""
        known = {"mcp-protocol-version": MODERN, "mcp-method": method}
        return self.send(method, {"_meta": ENVELOPE} | (params or {}), headers=known | headers)

    def answer(self, method: str, params: Any = None) -> Any:
        """Send a request, and return the result."""
        response = self.send(method, params)
        assert response.status_code == 200, response.text
        answer = response.json()
        assert (answer["jsonrpc"], answer["id"]) == ("2.0", 7)
        return answer["result"]

    def tools(self) -> dict[str, dict[str, Any]]:
        """Return the tools by their names."""
        return {tool["name"]: tool for tool in self.answer("tools/list")["tools"]}

    def call(self, name: str, **arguments: Any) -> list[Any]:
        """Call a tool, and return what it gave: texts, and (type, mime, bytes) of pictures and sounds."""
        result = self.answer("tools/call", {"name": name, "arguments": arguments})
        assert result["isError"] is False, result
        return [plain(item) for item in result["content"]]

    def failure(self, name: str, **arguments: Any) -> str:
        """Call a tool that fails, and return what it says first."""
        result = self.answer("tools/call", {"name": name, "arguments": arguments})
        assert result["isError"] is True, result
        said: str = result["content"][0]["text"]
        return said

    def followed(self, name: str, **arguments: Any) -> list[dict[str, Any]]:
        """Call a tool, and return the messages of the stream: those of its progress, and the answer."""
        params = {"name": name, "arguments": arguments, "_meta": {"progressToken": "t"}}
        response = self.send("tools/call", params, headers=STREAMS)
        assert response.headers["content-type"].startswith("text/event-stream")
        blocks = response.text.split("\n\n")[:-1]
        return [json.loads(block.removeprefix("event: message\ndata: ")) for block in blocks]


def plain(item: dict[str, Any]) -> Any:
    """Return content in few words."""
    if item["type"] == "text":
        return item["text"]
    return item["type"], item["mimeType"], base64.b64decode(item["data"])


def uri(data: bytes, mime: str = "image/png") -> str:
    """Return a data: URI."""
    return f"data:{mime};base64,{base64.b64encode(data).decode()}"
