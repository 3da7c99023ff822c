"""Guard: the headers that every answer bears, and the origins and hosts that are turned away."""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from minidemo.errors import ConfigurationError
from minidemo.i18n import use_language
from minidemo.server.middleware.language import preferred
from minidemo.server.wire import responses

_ALLOWED = {  # scripts, styles, requests and frames are as the default says: every answer bears this
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
READS = frozenset({"GET", "HEAD", "OPTIONS"})
_FRAME = re.compile(r"[^\s;,]+")


def headers(frames: Iterable[str] = ()) -> dict[str, str]:
    """Return the headers; pages of the sites `frames` may show the demo in a frame."""
    sites = list(frames)
    for site in sites:
        if not _FRAME.fullmatch(site):
            raise ConfigurationError(f'allowed_frames holds {site!r}; expected sites such as "https://example.org".')
    return {"Content-Security-Policy": policy(sites)} | _HEADERS


def policy(frames: Iterable[str] = (), more: Mapping[str, Iterable[str]] | None = None) -> str:
    """Return the Content-Security-Policy, with `more` sources for some directives."""
    sites, added = " ".join(frames), more or {}
    allowed = _ALLOWED | {name: "'self'" for name in added if name not in _ALLOWED}
    if sites:
        allowed["frame-ancestors"] = f"'self' {sites}"
    return "; ".join(" ".join([name, sources, *added.get(name, ())]) for name, sources in allowed.items())


class Guard:
    """ASGI middleware: adds the headers, and refuses foreign hosts and writes from other sites' pages.

    With `hosts`, a request must name one of them, or an address in numbers: a name that an attacker's DNS server points
    here is turned away. Without, any host will do, as behind a proxy. `root` is the path under which a proxy offers the
    application, whether it takes that off or not.
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

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in self._headers if pair[0] not in present)]
            await send(message)

        if self._root and not scope.get("root_path"):
            scope["root_path"] = self._root
        headers = Headers(scope=scope)
        use_language(preferred(headers.get("accept-language")))
        refusal = self._refusal(scope["method"], headers)
        app = responses.error(*refusal) if refusal else self._app
        await app(scope, receive, send_guarded)

    def _refusal(self, method: str, sent: Headers) -> tuple[int, str] | None:
        host = sent.get("host", "")
        if self._hosts is not None and not self._is_known(host):
            return 421, "This address is not served here. Start the demo with allowed_hosts=[…] to serve it."
        if method not in READS and _is_foreign(sent, host):
            return 403, "Pages of other sites may not write here."
        return None

    def _is_known(self, host: str) -> bool:
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


def _is_foreign(sent: Headers, host: str) -> bool:
    """Tell whether a browser says that another site's page makes the request; other programs do not say."""
    if sent.get("sec-fetch-site") in ("cross-site", "same-site"):
        return True
    origin = sent.get("origin")
    return origin is not None and (not host or origin.partition("://")[2].lower() != host.lower())
