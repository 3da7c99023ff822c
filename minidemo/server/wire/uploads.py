"""Receiving: files are written to the disk as they come."""

import asyncio
from pathlib import Path
from typing import BinaryIO

from minidemo.errors import TooLarge
from minidemo.server.wire.requests import megabytes
from minidemo.stores.base import BaseFileStore

_AT_ONCE = 2**20


class Draft:
    """A file that is just coming: a megabyte at a time is written, off the event loop. What is not kept is removed."""

    def __init__(self, files: BaseFileStore, limit: int) -> None:
        self._file: BinaryIO = files.open_upload()
        self._limit = limit
        self._received = 0
        self._waiting = bytearray()
        self.path = Path(self._file.name)

    async def write(self, data: bytes) -> None:
        """Take a piece of it, or raise `TooLarge`."""
        self._received += len(data)
        if self._received > self._limit:
            raise TooLarge(too_large(self._limit))
        self._waiting += data
        if len(self._waiting) >= _AT_ONCE:
            await self._flush()

    async def finish(self) -> None:
        """Write what is left."""
        await self._flush()
        self._file.close()

    def discard(self) -> None:
        """Remove it."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    async def _flush(self) -> None:
        await asyncio.to_thread(self._file.write, bytes(self._waiting))
        self._waiting.clear()


def too_large(limit: int) -> str:
    """Say that a file is over the limit."""
    return f"The file is over {megabytes(limit)}, which is the limit."
