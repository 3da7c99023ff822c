"""Requests that a tunnel on this machine passes on."""

from starlette.types import ASGIApp, Receive, Scope, Send

from minidemo.utils.addresses import is_loopback

HTTPS = (b"x-forwarded-proto", b"https")


class TunnelMiddleware:
    """ASGI middleware that takes https, but no address, from a tunnel.

    A visitor can send the headers, too, if the tunnel passes them on. A wrong scheme harms only its own cookie; a wrong
    address would get around the limits per address.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and HTTPS in scope["headers"] and is_loopback((scope["client"] or [""])[0]):
            scope["scheme"] = "https"
        await self._app(scope, receive, send)
