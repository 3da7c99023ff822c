"""Serving an application: on a free port, until Ctrl-C or until it is closed."""

import ipaddress
import socket
import threading
import time
from collections.abc import Iterable

import uvicorn

from minidemo.errors import ConfigurationError
from minidemo.server.app import App

FIRST_PORT = 7860
PORTS = 100
LOCAL = ("localhost",)


def bind(name: str, port: int | None) -> socket.socket:
    """Return a socket on the port, or on the first free one from 7860."""
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    ports = range(FIRST_PORT, FIRST_PORT + PORTS) if port is None else [port]
    for candidate in ports:
        # Named, or asyncio does not know that it is TCP, and leaves Nagle's algorithm on: 40 ms for each answer.
        sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((name, candidate))
            sock.listen(512)
        except (OSError, OverflowError) as error:
            sock.close()
            if not isinstance(error, socket.gaierror) and port is None:
                continue
            raise ConfigurationError(
                f"The server cannot listen on {name}:{candidate}: {getattr(error, 'strerror', error)}. "
                "Pick another server_port, or leave it out to get a free one."
            ) from error
        return sock
    raise ConfigurationError(f"No port from {FIRST_PORT} to {FIRST_PORT + PORTS - 1} is free. Pick one by server_port.")


def hosts(server_name: str, allowed: Iterable[str]) -> list[str]:
    """Return the names under which a server that was started by hand may be asked for."""
    return [*LOCAL, server_name, socket.gethostname(), *allowed]


class Serving:
    """A server in a thread of its own; `url` is where a browser finds it."""

    def __init__(self, app: App, sock: socket.socket) -> None:
        host, port = sock.getsockname()[:2]
        self.port: int = port
        self.url = f"http://{_readable(host)}:{port}/"
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([sock],), name="minidemo-server", daemon=True)

    def start(self) -> None:
        """Start, and return as soon as requests are answered."""
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.001)

    def wait(self) -> None:
        """Wait for the end."""
        while self._thread.is_alive():
            self._thread.join(0.5)

    def stop(self) -> None:
        """Stop; requests that are on their way get a second to end."""
        self._server.should_exit = True
        self._thread.join(2)


def _readable(host: str) -> str:
    address = ipaddress.ip_address(host)
    if address.is_unspecified:
        return "localhost"
    return f"[{host}]" if address.version == 6 else host
