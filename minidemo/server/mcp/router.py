"""POST /mcp and /gradio_api/mcp: messages of agents, without sessions."""

from typing import Any

from fastapi import APIRouter, Request, Response

from minidemo.server.mcp import calls, messages, versions
from minidemo.server.mcp.messages import ProtocolError
from minidemo.server.mcp.tools import tools_of
from minidemo.server.routes.page import address
from minidemo.server.services import Services, services_of

router = APIRouter(include_in_schema=False)
PATHS = ("/mcp", "/mcp/", "/gradio_api/mcp", "/gradio_api/mcp/")
"""Paths of the route; the last two are Gradio's."""
MAX_AGE_MS = 60_000
"""Milliseconds for which agents may cache the list of tools."""


async def serve(request: Request) -> Response:
    """Return the response to a message of the Model Context Protocol."""
    services = services_of(request)
    try:
        message = await messages.read(request, services)
        modern = versions.check(request.headers, message)
        if message.id is None:
            return Response(status_code=202)
        if message.method == "tools/call":
            return await calls.respond(request, services, message)
        return messages.result_response(message, _result(request, services, message, modern))
    except ProtocolError as error:
        return error.response


for path in PATHS:
    router.post(path, response_class=Response)(serve)


def _result(request: Request, services: Services, message: messages.Message, modern: bool) -> dict[str, Any]:
    cache_hints = {"ttlMs": MAX_AGE_MS, "cacheScope": "private"} if modern else {}
    if message.method == "initialize":
        version = versions.negotiate(message.params.get("protocolVersion"))
        return {"protocolVersion": version} | _description(services) | {"serverInfo": _server_info(request, services)}
    if message.method == "server/discover":
        meta = {"_meta": {versions.SERVER: _server_info(request, services)}}
        return {"supportedVersions": list(versions.MODERN)} | _description(services) | cache_hints | meta
    if message.method == "ping":
        return {}
    if message.method == "tools/list":
        tools = tools_of(services.page, address(request))
        return {"tools": [tool.definition() for tool in tools]} | cache_hints
    raise messages.unknown_method(message, modern)


def _description(services: Services) -> dict[str, Any]:
    """Return the server's capabilities and the demo's description."""
    page = services.page
    instructions = "\n\n".join(text for text in (page.title, page.description) if text)
    return {"capabilities": {"tools": {}}} | ({"instructions": instructions} if instructions else {})


def _server_info(request: Request, services: Services) -> dict[str, str]:
    """Return the demo's name and version."""
    versions = [endpoint.version for endpoint in services.page.endpoints.values() if endpoint.version]
    return {"name": services.page.title or "Demo", "version": versions[0] if versions else request.app.version}
