"""A web server on this machine, which has what a test puts there, and notes what it is asked."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeAlias


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the server has at a path; its body may come in pieces."""

    body: bytes | Iterator[bytes] = b""
    mime: str | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Content: TypeAlias = Answer | Callable[[], Answer]


@dataclass(kw_only=True)
class Host:
    """The server: its port, its contents by path, and the requests so far."""

    port: int = 0
    contents: dict[str, Content] = field(default_factory=dict)
    requests: list[dict[str, str]] = field(default_factory=list)

    def url(self, path: str = "", host: str = "127.0.0.1", scheme: str = "http") -> str:
        """Return the address of a path, by any name for the host."""
        return f"{scheme}://{host}:{self.port}{path}"

    def holds(self, path: str, body: bytes, mime: str | None = None) -> str:
        """Put a file at a path, and return its address."""
        self.contents[path] = Answer(body=body, mime=mime)
        return self.url(path)

    def leads(self, path: str, place: str, status: int = 302) -> str:
        """Put a redirection at a path, and return its address."""
        self.contents[path] = Answer(status=status, headers={"Location": place})
        return self.url(path)


class _Handler(BaseHTTPRequestHandler):
    host: Host

    def do_GET(self) -> None:
        self.host.requests.append({name.lower(): value for name, value in self.headers.items()} | {"path": self.path})
        found = self.host.contents.get(self.path, Answer(status=404))
        answer = found() if callable(found) else found
        self.send_response(answer.status)
        for name, value in [("Content-Type", answer.mime), *answer.headers.items()]:
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        for piece in [answer.body] if isinstance(answer.body, bytes) else answer.body:
            self.wfile.write(piece)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def hosting(certificate: Path | None = None, key: Path | None = None) -> Iterator[Host]:
    """Serve a host, over https if there is a certificate."""
    host = Host()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"host": host}))
    server.daemon_threads = True
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    host.port = server.server_port
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
