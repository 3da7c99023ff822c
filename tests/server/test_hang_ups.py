"""A client that hangs up while it sends a body leaves one short line, if any, in the log."""

import asyncio
import logging
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp, Message

import minidemo as gr

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"


def hang_up(app: ASGIApp, path: str, mime: str) -> list[Message]:
    """Send the beginning of a body, and return the response."""
    headers = {"host": "testserver", "content-type": mime, "content-length": "100"}
    scope: dict[str, Any] = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"session=session-1",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
    }
    begun: Message = {"type": "http.request", "body": b"--x\r\n", "more_body": True}
    messages: list[Message] = [{"type": "http.disconnect"}, begun]
    sent: list[Message] = []

    async def receive() -> Message:
        return messages.pop()

    async def send(message: Message) -> None:
        sent.append(message)

    async def serve() -> None:
        await app(scope, receive, send)

    asyncio.run(serve())
    return sent


@pytest.mark.parametrize(
    ("path", "mime"),
    [
        ("/predict", JSON),
        ("/flag", JSON),
        ("/flag/undo", JSON),
        ("/upload", "image/png"),
        ("/links", JSON),
        ("/mcp", JSON),
        ("/run/predict", JSON),
        ("/gradio_api/call/predict", JSON),
        ("/gradio_api/queue/join", JSON),
        ("/gradio_api/upload", MULTIPART),
        ("/login", FORM),
        ("/login", MULTIPART),
    ],
)
@pytest.mark.parametrize("mounted", [False, True], ids=["application", "mounted"])
def test_a_hang_up_is_one_line(path: str, mime: str, mounted: bool, caplog: pytest.LogCaptureFixture) -> None:
    demo = gr.Interface(lambda file: file, "file", "file", deep_link=True)
    options: dict[str, Any] = {"mcp_server": True, "auth": ("ann", "secret") if path == "/login" else None}
    app = gr.mount_app(FastAPI(), demo, "/demo", **options) if mounted else gr.create_app(demo.page, **options)
    caplog.set_level(logging.INFO)
    hang_up(app, f"/demo{path}" if mounted else path, mime)
    [record] = caplog.records
    assert record.exc_info is None
    assert record.getMessage().startswith("A client hung up while it sent the body of POST '/")
    assert len(record.getMessage()) < 200
