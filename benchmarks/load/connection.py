"""A keep-alive HTTP connection that does no more than a load generator needs."""

import asyncio
import re

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
LAST_CHUNK = b"0\r\n\r\n"


class Connection(asyncio.Protocol):
    """Sends one request at a time and gives the whole answer, head included."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[bytes] | None = None

    async def ask(self, request: bytes) -> bytes:
        """Send the request and wait for its answer."""
        if self._transport is None:
            raise ConnectionError("The server closed the connection.")
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Collect, and answer when the message is complete."""
        self._buffer += data
        if self._answer is not None and not self._answer.done() and is_complete(self._buffer):
            self._answer.set_result(bytes(self._buffer))
            self._buffer.clear()

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail the request that still waits."""
        self._transport = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionError("The server closed the connection."))


def is_complete(message: bytearray) -> bool:
    """Tell whether the bytes are a whole HTTP answer."""
    end = message.find(b"\r\n\r\n")
    if end < 0:
        return False
    if length := LENGTH.search(message, 0, end):
        return len(message) >= end + 4 + int(length[1])
    return bool(CHUNKED.search(message, 0, end)) and message.endswith(LAST_CHUNK)
