"""A remote app that says what a test wants it to say, and notes what it is asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias

import minidemo as gr
from tests.visitor import Visitor

EVENT = "e" * 32
CLOSE = {"msg": "close_stream", "event_id": None}
META = {"_type": "gradio.FileData"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """What it says as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer: its body comes in pieces, of which each may let the visitor wait."""

    status: int = 200
    body: bytes | Iterator[bytes] = b""
    headers: dict[str, str] = field(default_factory=dict)


Route: TypeAlias = Reply | Callable[[Asked], Reply] | dict[str, Any] | list[Any]


class Remote:
    """An app with one endpoint, `echo`; `routes` are the answers by path, `talk` is what the stream of a call says."""

    def __init__(self, inputs: list[Any], outputs: list[Any], **config: Any) -> None:
        self.asked: list[Asked] = []
        self.connections: list[Any] = []
        self.cancelled = threading.Event()
        self.url = ""
        parts = [_part(id, given) for id, given in enumerate([*inputs, *outputs])]
        ids = [part["id"] for part in parts]
        echo = {"id": 0, "api_name": "echo", "inputs": ids[: len(inputs)], "outputs": ids[len(inputs) :]}
        self.config: dict[str, Any] = {
            "version": "6.0.0",
            "protocol": "sse_v3",
            "components": parts,
            "dependencies": [echo],
            **config,
        }
        self.routes: dict[str, Route] = {
            "/config": self.config,
            "/info": {"named_endpoints": {"/echo": {"parameters": [], "returns": []}}},
            "/queue/join": {"event_id": EVENT},
            "/upload": ["there/sent.bin"],
            "/cancel": self._cancel,
            "/reset": {"success": True},
        }

    def answers(self, *data: Any) -> None:
        """Let a call give these outputs."""
        self.says(completed(*data))

    def says(self, *messages: Any, close: bool = True) -> None:
        """Let the stream of a call consist of these messages."""
        said = [*messages, *([CLOSE] if close else [])]
        self.routes["/queue/data"] = lambda _: Reply(body=b"".join(map(line, said)))

    def sent(self) -> Any:
        """Return the data of the last call."""
        return next(each for each in reversed(self.asked) if each.path == "/queue/join").json["data"]

    def paths(self) -> list[str]:
        """Return which paths were asked for, in order."""
        return [each.path for each in self.asked]

    def answer(self, asked: Asked) -> Reply:
        """Return the answer to a request."""
        self.asked.append(asked)
        route = self.routes.get(asked.path, Reply(status=404))
        found = route(asked) if callable(route) else route
        return found if isinstance(found, Reply) else Reply(body=json.dumps(found).encode())

    def _cancel(self, _: Asked) -> Reply:
        self.cancelled.set()
        return Reply(body=b'{"success": true}')


class _Handler(BaseHTTPRequestHandler):
    remote: Remote
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.remote.connections.append(self.client_address)

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        path = self.path.partition("?")[0]
        reply = self.remote.answer(Asked(method=self.command, path=path, headers=headers, body=body))
        self.send_response(reply.status)
        kind = "text/event-stream" if path.endswith("/queue/data") else "application/json"
        if isinstance(reply.body, bytes) and "Content-Length" not in reply.headers:
            end = "Content-Length", str(len(reply.body))
        else:
            end = "Connection", "close"
        for name, value in [("Content-Type", kind), end, *reply.headers.items()]:
            self.send_header(name, value)
        self.end_headers()
        for piece in [reply.body] if isinstance(reply.body, bytes) else reply.body:
            self.wfile.write(piece)
            self.wfile.flush()

    do_POST = do_GET

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def remote(inputs: list[Any] | None = None, outputs: list[Any] | None = None, **config: Any) -> Iterator[Remote]:
    """Serve an app from text to text, or from other components: names, or (name, props)."""
    app = Remote(["textbox"] if inputs is None else inputs, ["textbox"] if outputs is None else outputs, **config)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"remote": app}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    app.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield app
    finally:
        server.shutdown()
        server.server_close()


def visitor(app: Remote, **options: Any) -> Visitor:
    """Visit a demo around the app."""
    return Visitor(gr.load(app.url, **options))


def line(message: Any) -> bytes:
    """Return a message as the stream has it."""
    return b"data: " + json.dumps(message).encode() + b"\n\n"


def about(msg: str, **more: Any) -> dict[str, Any]:
    """Return a message about the call."""
    return {"msg": msg, "event_id": EVENT, **more}


def generating(*data: Any) -> dict[str, Any]:
    """Return a message with outputs so far, or what has changed of them."""
    return about("process_generating", output={"data": list(data)}, success=True)


def completed(*data: Any) -> dict[str, Any]:
    """Return the message with the last outputs."""
    return about("process_completed", output={"data": list(data)}, success=True)


def failed(**output: Any) -> dict[str, Any]:
    """Return the message that a call failed."""
    return about("process_completed", output=output, success=False)


def _part(id: int, given: Any) -> dict[str, Any]:
    kind, props = given if isinstance(given, tuple) else (given, {})
    return {"id": id, "type": kind, "props": {"label": f"{kind} {id}", **props}}
