"""Security headers of every response, and checks of hosts and origins."""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from minidemo.errors import ConfigurationError
from minidemo.i18n import use_language
from minidemo.server.middleware.language import preferred_language
from minidemo.server.wire import responses

_ALLOWED = {  # `default-src` covers scripts, styles, requests and frames; short, since every response has it
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}
DECODER_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'"
"""The Content-Security-Policy of a worker that runs WebAssembly and loads nothing."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_FRAME = re.compile(r"[^\s;,]+")


def headers(frames: Iterable[str] = ()) -> dict[str, str]:
    """Return the headers; the sites `frames` can embed the demo."""
    sites = list(frames)
    for site in sites:
        if not _FRAME.fullmatch(site):
            raise ConfigurationError(f'allowed_frames holds {site!r}; expected sites such as "https://example.org".')
    return {"Content-Security-Policy": policy(sites)} | _HEADERS


def policy(frames: Iterable[str] = (), more: Mapping[str, Iterable[str]] | None = None) -> str:
    """Return the Content-Security-Policy, with `more` sources for some directives."""
    sites, extra = " ".join(frames), more or {}
    allowed = _ALLOWED | {name: "'self'" for name in extra if name not in _ALLOWED}
    if sites:
        allowed["frame-ancestors"] = f"'self' {sites}"
    return "; ".join(" ".join([name, sources, *extra.get(name, ())]) for name, sources in allowed.items())


class SecurityMiddleware:
    """ASGI middleware that adds headers, and refuses foreign hosts and cross-site writes.

    Args:
        app: The application.
        hosts: Host names to serve, besides numeric addresses; protects against DNS rebinding. None, as behind a proxy,
            allows all.
        frames: Sites whose pages can embed the demo.
        root: Path of the application behind a proxy, which may strip it or not.
    """

    def __init__(
        self, app: ASGIApp, *, hosts: Iterable[str] | None = None, frames: Iterable[str] = (), root: str = ""
    ) -> None:
        self._app = app
        self._root = root
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers(frames).items()]
        self._hosts = None if hosts is None else frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *[pair for pair in self._headers if pair[0] not in present]]
            await send(message)

        if self._root and not scope.get("root_path"):
            scope["root_path"] = self._root
        headers = Headers(scope=scope)
        use_language(preferred_language(headers.get("accept-language")))
        refusal = self._refusal(scope["method"], headers)
        app = responses.error(*refusal) if refusal else self._app
        await app(scope, receive, send_with_headers)

    def _refusal(self, method: str, request_headers: Headers) -> tuple[int, str] | None:
        host = request_headers.get("host", "")
        if self._hosts is not None and not self._is_allowed(host):
            return 421, "This address is not served here. Start the demo with allowed_hosts=[…] to serve it."
        if method not in SAFE_METHODS and _is_foreign(request_headers, host):
            return 403, "Pages of other sites may not write here."
        return None

    def _is_allowed(self, host: str) -> bool:
        name = _hostname(host)
        return name in (self._hosts or ()) or _is_address(name)


def _hostname(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_foreign(request_headers: Headers, host: str) -> bool:
    """Tell whether another site's page makes the request; only browsers tell.

    The browser's own word comes first: a proxy may replace the host, but not the page's origin.
    """
    if site := request_headers.get("sec-fetch-site"):
        return site in ("cross-site", "same-site")
    origin = request_headers.get("origin")
    return origin is not None and (not host or origin.partition("://")[2].lower() != host.lower())
