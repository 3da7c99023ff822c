"""Limits of connections: whoever sends half a request keeps nobody out."""

import asyncio
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.server import ServerState

import minidemo as gr
from minidemo.server.connections import ConnectionLimits, Connections, LimitedProtocol
from minidemo.server.serving import Serving, bind
from minidemo.utils.addresses import networks
from tests import plain
from tests.clock import Clock

LIMITS = ConnectionLimits(total=4, per_address=2, header_seconds=10, body_seconds=20, body_bytes=1000)
HEADER = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n"
GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


class Line(asyncio.Transport):
    """The server's end of a connection from an address."""

    def __init__(self, address: str) -> None:
        super().__init__({"peername": (address, 1)})
        self.sent = b""
        self.state = "open"
        self.is_read = True

    def write(self, data: Any) -> None:
        self.sent += data

    def is_closing(self) -> bool:
        return self.state != "open"

    def close(self) -> None:
        self.state = "closed"

    def abort(self) -> None:
        self.state = "aborted"

    def pause_reading(self) -> None:
        self.is_read = False


class Server:
    """The protocols of a server, and a clock."""

    def __init__(self, app: Any) -> None:
        self.clock = Clock()
        self.connections = Connections(LIMITS, proxies=networks("proxies", "10.0.0.0/8"), clock=self.clock)
        config = Config(app, ws="none", log_config=None, access_log=False)
        self._options = {"config": config, "server_state": ServerState(), "app_state": {}}

    def open(self, address: str = "127.0.0.1") -> tuple[Line, LimitedProtocol]:
        line = Line(address)
        protocol = LimitedProtocol(self.connections, **self._options)
        protocol.connection_made(line)
        return line, protocol

    async def wait(self, seconds: float) -> None:
        self.clock.now += seconds
        await self.connections.sweep()


def played(play: Callable[[Server], Any], *, reads: bool = True) -> None:
    """Play with the connections to an application that answers after it has read the body, or never."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if not reads:
            await asyncio.Event().wait()
        while (message := await receive())["type"] == "http.request" and message["more_body"]:
            pass
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    async def run() -> None:
        await play(Server(app))

    asyncio.run(run())


async def turn() -> None:
    """Let the application run."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_a_header_has_its_time_however_it_trickles() -> None:
    async def play(server: Server) -> None:
        line, protocol = server.open()
        for byte in GET[:9]:
            protocol.data_received(bytes([byte]))
            await server.wait(1)
        assert line.state == "open"
        await server.wait(1)
        assert line.state == "aborted"

    played(play)


def test_after_a_response_the_next_header_has_as_long() -> None:
    async def play(server: Server) -> None:
        line, protocol = server.open()
        await server.wait(9)
        protocol.data_received(GET)
        await turn()
        assert line.sent.startswith(b"HTTP/1.1 204")
        await server.wait(9)
        protocol.data_received(GET[:5])
        assert line.state == "open"
        await server.wait(1)
        assert line.state == "aborted"

    played(play)


def test_who_waits_for_the_response_may_wait() -> None:
    async def play(server: Server) -> None:
        line, protocol = server.open()
        protocol.data_received(GET)
        await server.wait(10_000)
        assert line.state == "open"

    played(play, reads=False)


def test_a_body_has_a_rate() -> None:
    async def play(server: Server) -> None:
        line, protocol = server.open()
        protocol.data_received(HEADER)
        for _ in range(3):
            await server.wait(19)
            protocol.data_received(b"x" * 1000)
            await server.wait(1)
            assert line.state == "open"
        await server.wait(19)
        protocol.data_received(b"x" * 999)
        await server.wait(1)
        assert line.state == "aborted"

    played(play)


def test_a_body_that_the_server_does_not_read_may_wait() -> None:
    async def play(server: Server) -> None:
        line, protocol = server.open()
        protocol.data_received(HEADER.replace(b"9000", b"900000") + b"x" * 70_000)
        assert not line.is_read
        await server.wait(10_000)
        assert line.state == "open"

    played(play, reads=False)


def test_a_network_has_some_connections_and_a_proxy_as_many_as_there_are() -> None:
    async def play(server: Server) -> None:
        lines = [server.open(f"2001:db8::{i}") for i in range(3)]
        assert [line.state for line, _ in lines] == ["open", "open", "closed"]
        assert lines[2][0].sent.startswith(b"HTTP/1.1 503")
        lines[2][1].connection_lost(None)
        lines[0][1].connection_lost(None)
        lines[1][1].connection_lost(None)
        for address in ("2001:db8::9", "127.0.0.1", "10.1.2.3"):
            lines = [server.open(address) for _ in range(4)]
            assert sum(line.state == "open" for line, _ in lines) == (2 if address.startswith("2") else 4)
            for _, protocol in lines:
                protocol.connection_lost(None)

    played(play)


def test_at_the_total_the_one_that_owes_the_longest_goes() -> None:
    async def play(server: Server) -> None:
        body, header, fresh, waits = (server.open() for _ in range(4))
        body[1].data_received(HEADER)
        waits[1].data_received(GET)
        header[1].data_received(GET[:5])
        body[1].data_received(b"x")
        new = [server.open() for _ in range(5)]
        body[1].data_received(b"too late")
        states = [line.state for line, _ in (header, fresh, body, waits)]
        assert states == ["aborted", "aborted", "aborted", "open"]
        assert [line.state for line, _ in new] == ["aborted", "aborted", "open", "open", "open"]

    played(play, reads=False)


def test_where_all_wait_for_responses_none_is_cut_off() -> None:
    async def play(server: Server) -> None:
        lines = [server.open() for _ in range(4)]
        for _, protocol in lines:
            protocol.data_received(GET)
        new, _ = server.open()
        assert new.state == "closed"
        assert new.sent.startswith(b"HTTP/1.1 503")
        assert {line.state for line, _ in lines} == {"open"}

    played(play, reads=False)


def test_the_log_has_one_line_a_second(caplog: pytest.LogCaptureFixture) -> None:
    async def play(server: Server) -> None:
        for _ in range(1000):
            server.open()[1].data_received(GET[:5])
        await server.wait(1)
        [line] = caplog.messages
        assert line == "Connections were closed: 996 unfinished at the total limit."
        await server.wait(1)
        await server.wait(10)
        assert caplog.messages[1:] == ["Connections were closed: 4 too slow."]
        server.open()
        await server.wait(10)
        assert len(caplog.messages) == 2, "browsers open connections that they may not need"

    played(play)


@contextmanager
def served(limits: ConnectionLimits) -> Iterator[Serving]:
    demo = gr.Interface(lambda x: x, "text", "text", flagging_mode="never")
    serving = Serving(demo.app, bind("127.0.0.1", range(1)), limits=limits)
    serving.start()
    try:
        yield serving
    finally:
        serving.stop()


@pytest.mark.parametrize("start", [GET[:9], HEADER.replace(b"POST /", b"POST /predict") + b"{"], ids=["header", "body"])
def test_half_requests_keep_nobody_out(start: bytes) -> None:
    with served(ConnectionLimits(total=8)) as serving:
        half = [socket.create_connection(("127.0.0.1", serving.port)) for _ in range(30)]
        for sock in half:
            with suppress(OSError):  # it is closed already
                sock.sendall(start)
        assert plain.get(serving.url).status_code == 200
        for sock in half:
            sock.close()


def test_a_server_closes_what_is_too_slow() -> None:
    with (
        served(ConnectionLimits(header_seconds=0)) as serving,
        socket.create_connection(("127.0.0.1", serving.port)) as sock,
    ):
        sock.settimeout(60)
        assert sock.recv(1) == b""


def test_broken_requests_do_not_fill_the_log(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(ConnectionLimits()) as serving:
        monkeypatch.setattr(logging.getLogger("uvicorn"), "propagate", True)
        for _ in range(200):
            with socket.create_connection(("127.0.0.1", serving.port)) as sock:
                sock.sendall(b"\0\r\n\r\n")
                sock.settimeout(60)
                assert sock.recv(100).startswith(b"HTTP/1.1 400")
    assert 1 <= caplog.text.count("Invalid HTTP request received.") < 200
