"""Uploads under way take their room on the disk before they are whole."""

import asyncio
import tempfile
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

import minidemo as gr
from minidemo.server.app import assemble
from minidemo.server.services import Stores
from minidemo.server.settings import Settings
from minidemo.stores.files import FileStore

CHUNK = 2**20
LIMIT = 8 * CHUNK


class Upload:
    """A connection that sends four megabytes, and the end only when told to."""

    def __init__(self, app: FastAPI, path: str, body: list[bytes], headers: list[tuple[bytes, bytes]]) -> None:
        self.status: int | None = None
        self.stalled = asyncio.Event()
        self.go_on = asyncio.Event()
        self._body = list(body)
        scope = {
            "type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "path": path, "root_path": "",
            "raw_path": path.encode(), "query_string": b"name=x", "headers": [(b"host", b"localhost"), *headers],
            "client": ("192.0.2.1", 5000), "server": ("localhost", 80), "state": {}, "extensions": {},
        }  # fmt: skip
        self.task = asyncio.create_task(app(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        if len(self._body) == 1:
            self.stalled.set()
            await self.go_on.wait()
        return {"type": "http.request", "body": self._body.pop(0), "more_body": bool(self._body)}

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        self.status = message.get("status", self.status)

    async def settle(self) -> None:
        """Wait until it waits, or is answered."""
        waiting = asyncio.create_task(self.stalled.wait())
        await asyncio.wait([waiting, self.task], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()


def written() -> int:
    return sum(path.stat().st_size for path in Path(tempfile.gettempdir()).rglob("*") if path.is_file())


def form(content: bytes) -> tuple[list[bytes], list[tuple[bytes, bytes]]]:
    """Return a form with a file, and its headers."""
    head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="x"\r\n\r\n'
    return [head, *([content] * 3), b"\r\n--b--\r\n"], [(b"content-type", b"multipart/form-data; boundary=b")]


@pytest.mark.parametrize("route", ["/upload", "/gradio_api/upload"])
def test_uploads_that_wait_stay_within_the_limit(route: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    files = FileStore(max_disk=LIMIT)
    app = assemble(gr.Interface(lambda path: path, "file", "text").page, Settings(), stores=Stores(files=files))
    raw: tuple[list[bytes], list[tuple[bytes, bytes]]] = ([bytes(CHUNK)] * 3 + [b""], [])
    body, headers = raw if route == "/upload" else form(bytes(CHUNK))

    async def test() -> None:
        uploads = [Upload(app, route, body, headers) for _ in range(40)]
        for upload in uploads:
            await upload.settle()
        assert written() <= LIMIT
        statuses = [upload.status for upload in uploads]
        assert 0 < statuses.count(None) <= 2
        assert statuses.count(507) == 40 - statuses.count(None)
        for upload in uploads:
            upload.go_on.set()
            await upload.task
        assert {upload.status for upload in uploads} <= {200, 201, 507}
        late = Upload(app, route, body, headers)
        late.go_on.set()
        await late.task
        assert late.status in (200, 201), "what was reserved is free again"
        assert written() <= LIMIT

    asyncio.run(test())
