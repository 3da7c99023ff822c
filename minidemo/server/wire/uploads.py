"""Uploads, written to the disk as they arrive."""

import asyncio
from pathlib import Path
from typing import BinaryIO

from minidemo.errors import TooLarge
from minidemo.schemas.files import FileData
from minidemo.server.wire.requests import size_text
from minidemo.stores.base import BaseFileStore
from minidemo.stores.owner import Owner

_BUFFER_SIZE = 2**20


class IncomingFile:
    """An upload in progress, written in chunks of a megabyte.

    Its bytes are reserved on the disk for a client until it is stored or discarded.
    """

    def __init__(self, files: BaseFileStore, limit: int, client: str) -> None:
        self._files = files
        self._client = client
        self._file: BinaryIO = files.open_upload()
        self._limit = limit
        self._size = 0
        self._buffer = bytearray()
        self.path = Path(self._file.name)

    async def write(self, data: bytes) -> None:
        """Add data to the file, or raise `TooLarge` or `StoreFull`."""
        if self._size + len(data) > self._limit:
            raise TooLarge(too_large_text(self._limit))
        self._files.reserve(len(data), self._client)
        self._size += len(data)
        self._buffer += data
        if len(self._buffer) >= _BUFFER_SIZE:
            await self._flush()

    async def finish(self) -> None:
        """Write the rest of the buffer and close the file."""
        await self._flush()
        self._file.close()

    def store(self, name: str, mime: str | None, owner: Owner) -> FileData:
        """Hand the file over to the store of its owner."""
        self._release()
        return self._files.upload(self.path, name=name, mime=mime, owner=owner)

    def discard(self) -> None:
        """Delete the file."""
        self._release()
        self._file.close()
        self.path.unlink(missing_ok=True)

    def _release(self) -> None:
        self._files.reserve(-self._size, self._client)
        self._size = 0

    async def _flush(self) -> None:
        await asyncio.to_thread(self._file.write, bytes(self._buffer))
        self._buffer.clear()


def too_large_text(limit: int) -> str:
    """Return the message for a file over the limit."""
    return f"The file is over {size_text(limit)}, which is the limit."
