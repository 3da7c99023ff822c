"""Gate: hands on the requests of those who are logged in, and all others to the door."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from minidemo.server.services import USER
from minidemo.server.wire import responses

Who: TypeAlias = Callable[[Request], Awaitable[str | None]]


class Gate:
    """ASGI middleware: asks of each request who makes it. For nobody, the door answers in the application's place.

    Which address is asked for plays no part, so that there is none that was forgotten, or that looks like another.
    """

    def __init__(self, app: ASGIApp, *, door: ASGIApp, who: Who) -> None:
        self._app = app
        self._door = door
        self._who = who

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        try:
            user = await self._who(Request(scope))
        except HTTPException as error:
            await responses.error(error.status_code, error.detail)(scope, receive, send)
            return
        if user is None:
            await self._door({**scope, USER: None}, receive, send)
        else:
            await self._app({**scope, USER: user}, receive, _private(send))


def _private(send: Send) -> Send:
    """Let nothing be kept by browsers or proxies that was for one user; what is the same for all may be."""

    async def send_private(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            if not headers.get("cache-control", "").startswith("public"):
                headers["cache-control"] = "no-store"
            message["headers"] = headers.raw
        await send(message)

    return send_private
