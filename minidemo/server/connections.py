"""Connections: limits of their number, of the time for a header, and of the rate of a body."""

import asyncio
import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from minidemo.utils.addresses import Network, is_in, is_loopback, network

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol as _Protocol
else:
    _Protocol = AutoHTTPProtocol  # the protocol of httptools, if installed, has the same attributes

Phase: TypeAlias = Literal["header", "body"] | None
"""The part of a request that a client has to send; None while it waits for the response."""
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\nretry-after: 2\r\n\r\n"
OPEN_FILES = min(65_536, (os.sysconf("SC_OPEN_MAX") if hasattr(os, "sysconf") else -1) % 2**32)  # -1 is no limit
"""Number of files and connections that the process can have open."""
BATCH = max(16, min(256, OPEN_FILES // 16))
"""Number of connections to accept at once, before they are counted."""

logger = logging.getLogger("minidemo")


@dataclass(frozen=True, kw_only=True, slots=True)
class ConnectionLimits:
    """Limits of a server's connections.

    Args:
        total: Number of open connections. Each needs an open file of the process, and one more for an upload.
        per_address: Number of connections from an IPv4 address or an IPv6 /64.
        header_seconds: Time for the header of a request.
        body_seconds: Time in which `body_bytes` of a body must arrive.
        body_bytes: Bytes that must arrive in `body_seconds`, unless the body ends before.
    """

    total: int = min(4_096, OPEN_FILES // 3)
    per_address: int = 200
    header_seconds: float = 15.0
    body_seconds: float = 30.0
    body_bytes: int = 15_000


class Connections:
    """The open connections of a server, within limits.

    At the total, a new connection replaces the one that has owed a part of its request for the longest time, so that
    unfinished requests cannot keep others out.

    Args:
        limits: The limits.
        proxies: Networks of proxies, to which the limit per address does not apply. Neither does it to this machine,
            from where tunnels connect.
        clock: Returns seconds, never going back.
    """

    def __init__(
        self,
        limits: ConnectionLimits | None = None,
        *,
        proxies: Sequence[Network] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits or ConnectionLimits()
        self._proxies = proxies
        self._clock = clock
        self._open: dict[LimitedProtocol, str] = {}
        self._per_address: Counter[str] = Counter()
        self._owing: dict[LimitedProtocol, None] = {}  # the one with the latest progress is the last
        self._closed: Counter[str] = Counter()

    def add(self, connection: "LimitedProtocol") -> None:
        """Count a new connection, or refuse it."""
        address = self._address(connection)
        if address and self._per_address[address] >= self._limits.per_address:
            self._refuse(connection, "over the limit of an address")
            return
        if len(self._open) >= self._limits.total:
            if not self._owing:
                self._refuse(connection, "over the total limit")
                return
            self._close(next(iter(self._owing)), "unfinished at the total limit")
        self._open[connection] = address
        self._per_address[address] += 1
        self.update(connection)

    def remove(self, connection: "LimitedProtocol") -> None:
        """Forget a connection."""
        self._owing.pop(connection, None)
        if (address := self._open.pop(connection, None)) is not None:
            self._per_address[address] -= 1
            if not self._per_address[address]:
                del self._per_address[address]

    def update(self, connection: "LimitedProtocol", received: int = 0) -> None:
        """Note that a connection has received bytes, or was answered."""
        if connection not in self._open:
            return
        phase = connection.phase
        connection.received += received
        if phase != connection.noted_phase:
            self._restart(connection)
        elif phase != "body":
            return
        connection.noted_phase = phase
        self._owing.pop(connection, None)
        if phase:
            self._owing[connection] = None

    async def sweep(self) -> None:
        """Close slow connections, and log a line if any were closed; called once a second."""
        now = self._clock()
        for connection in [*self._owing]:
            if self._is_slow(connection, now):
                self._close(connection, "too slow" if connection.received else "")
        if closed := ", ".join(f"{count} {reason}" for reason, count in self._closed.items() if reason):
            logger.warning("Connections were closed: %s.", closed)
        self._closed.clear()

    def _address(self, connection: "LimitedProtocol") -> str:
        """Return what the limit per address counts, or an empty string where it does not apply."""
        host = connection.client[0] if connection.client else ""
        return "" if is_loopback(host) or is_in(host, self._proxies) else network(host)

    def _is_slow(self, connection: "LimitedProtocol", now: float) -> bool:
        waited = now - connection.since
        if connection.noted_phase == "header":
            return waited >= self._limits.header_seconds
        if connection.flow.read_paused:  # the client waits for the server
            self._restart(connection)
            return False
        if waited < self._limits.body_seconds:
            return False
        is_slow = connection.received < self._limits.body_bytes
        self._restart(connection)
        return is_slow

    def _restart(self, connection: "LimitedProtocol") -> None:
        connection.since, connection.received = self._clock(), 0

    def _close(self, connection: "LimitedProtocol", reason: str) -> None:
        self._closed[reason] += 1
        self.remove(connection)
        connection.transport.abort()

    def _refuse(self, connection: "LimitedProtocol", reason: str) -> None:
        self._closed[reason] += 1
        connection.transport.write(BUSY)
        connection.transport.close()


class LimitedProtocol(_Protocol):
    """Uvicorn's protocol for one connection, within the limits of all."""

    def __init__(self, connections: Connections, **options: Any) -> None:
        super().__init__(**options)
        self._connections = connections
        self.noted_phase: Phase = None
        self.since = 0.0
        """Time since when `received` is counted."""
        self.received = 0

    @property
    def phase(self) -> Phase:
        """The part of a request that the client has to send."""
        if self.cycle is None or self.cycle.response_complete:
            return "header"
        return "body" if self.cycle.more_body else None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        """Count the connection, or refuse it."""
        super().connection_made(transport)
        self._connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        super().connection_lost(exc)
        self._connections.remove(self)

    def data_received(self, data: bytes) -> None:
        """Take bytes of a request."""
        super().data_received(data)
        self._connections.update(self, len(data))

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._connections.update(self)
