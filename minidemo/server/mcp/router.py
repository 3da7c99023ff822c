"""POST /mcp and /gradio_api/mcp: one message of an agent, answered at once; nothing is kept between two of them."""

from typing import Any

from fastapi import APIRouter, Request, Response

from minidemo.server.mcp import calls, messages, versions
from minidemo.server.mcp.messages import ProtocolError
from minidemo.server.mcp.tools import tools_of
from minidemo.server.routes.page import address
from minidemo.server.services import Services, Shared

router = APIRouter(include_in_schema=False)
PLACES = ("/mcp", "/mcp/", "/gradio_api/mcp", "/gradio_api/mcp/")
"""The second pair is where Gradio has it."""
FRESH_MS = 60_000
"""For how long an agent may keep the list of tools, in milliseconds."""


async def serve(request: Request, shared: Shared) -> Response:
    """Answer a message of the Model Context Protocol."""
    try:
        message = await messages.read(request, shared.limits.json)
        modern = versions.check(request.headers, message)
        if message.id is None:
            return Response(status_code=202)
        if message.method == "tools/call":
            return await calls.answered(request, shared, message)
        return messages.answer(message, _result(request, shared, message, modern))
    except ProtocolError as error:
        return error.response


for place in PLACES:
    router.post(place, response_class=Response)(serve)


def _result(request: Request, shared: Services, message: messages.Message, modern: bool) -> dict[str, Any]:
    cached = {"ttlMs": FRESH_MS, "cacheScope": "private"} if modern else {}
    if message.method == "initialize":
        version = versions.agreed(message.params.get("protocolVersion"))
        return {"protocolVersion": version} | _about(shared) | {"serverInfo": _server(request, shared)}
    if message.method == "server/discover":
        meta = {"_meta": {versions.SERVER: _server(request, shared)}}
        return {"supportedVersions": list(versions.MODERN)} | _about(shared) | cached | meta
    if message.method == "ping":
        return {}
    if message.method == "tools/list":
        tools = tools_of(shared.page, address(request))
        return {"tools": [tool.described() for tool in tools]} | cached
    raise messages.unknown(message, modern)


def _about(shared: Services) -> dict[str, Any]:
    """Return what the server can do, and what the demo is, as its page says it."""
    page = shared.page
    said = "\n\n".join(text for text in (page.title, page.description) if text)
    return {"capabilities": {"tools": {}}} | ({"instructions": said} if said else {})


def _server(request: Request, shared: Services) -> dict[str, str]:
    """Return what the demo is called, and its author's version of it."""
    versions = [endpoint.version for endpoint in shared.page.endpoints.values() if endpoint.version]
    return {"name": shared.page.title or "Demo", "version": versions[0] if versions else request.app.version}
