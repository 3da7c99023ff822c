"""Uploads, written to the disk as they arrive."""

import asyncio
from pathlib import Path
from typing import BinaryIO

from minidemo.errors import TooLarge
from minidemo.server.wire.requests import size_text
from minidemo.stores.base import BaseFileStore

_BUFFER_SIZE = 2**20


class IncomingFile:
    """An upload in progress, written in chunks of a megabyte."""

    def __init__(self, files: BaseFileStore, limit: int) -> None:
        self._file: BinaryIO = files.open_upload()
        self._limit = limit
        self._size = 0
        self._buffer = bytearray()
        self.path = Path(self._file.name)

    async def write(self, data: bytes) -> None:
        """Add data to the file, or raise `TooLarge`."""
        self._size += len(data)
        if self._size > self._limit:
            raise TooLarge(too_large_text(self._limit))
        self._buffer += data
        if len(self._buffer) >= _BUFFER_SIZE:
            await self._flush()

    async def finish(self) -> None:
        """Write the rest of the buffer and close the file."""
        await self._flush()
        self._file.close()

    def discard(self) -> None:
        """Delete the file."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    async def _flush(self) -> None:
        await asyncio.to_thread(self._file.write, bytes(self._buffer))
        self._buffer.clear()


def too_large_text(limit: int) -> str:
    """Return the message for a file over the limit."""
    return f"The file is over {size_text(limit)}, which is the limit."
