"""Authentication of every request."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from minidemo.server.services import USER
from minidemo.server.wire import responses

Identify: TypeAlias = Callable[[Request], Awaitable[str | None]]


class AuthenticationMiddleware:
    """ASGI middleware that sends anonymous requests to another app.

    Applies to every path, so no route can be forgotten.
    """

    def __init__(self, app: ASGIApp, *, anonymous_app: ASGIApp, identify: Identify) -> None:
        self._app = app
        self._anonymous_app = anonymous_app
        self._identify = identify

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        try:
            user = await self._identify(Request(scope))
        except HTTPException as error:
            await responses.error(error.status_code, error.detail)(scope, receive, send)
            return
        if user is None:
            await self._anonymous_app({**scope, USER: None}, receive, send)
        else:
            await self._app({**scope, USER: user}, receive, _no_store(send))


def _no_store(send: Send) -> Send:
    """Forbid browsers and proxies to store responses for one user."""

    async def send_no_store(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            if not headers.get("cache-control", "").startswith("public"):
                headers["cache-control"] = "no-store"
            message["headers"] = headers.raw
        await send(message)

    return send_no_store
