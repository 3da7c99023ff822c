"""Serving an application: on a free port, until Ctrl-C or until it is closed."""

import ipaddress
import logging
import socket
import threading
import time
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import uvicorn
from starlette.types import ASGIApp

from minidemo.errors import ConfigurationError
from minidemo.server.connections import BATCH, ConnectionLimits, Connections, LimitedProtocol
from minidemo.server.middleware.tunnel import TunnelMiddleware
from minidemo.utils.addresses import Network
from minidemo.utils.message_limit import MessageLimit

if TYPE_CHECKING:
    from minidemo.server.tls import Certificate

FIRST_PORT = 7860
PORTS = 100
LOCAL = ("localhost",)
QUEUE = 2_048
"""Connections that wait in the system until they are accepted."""
MESSAGE_LIMIT = MessageLimit()
"""Keeps broken requests from filling the log."""


def bind(name: str, ports: range) -> socket.socket:
    """Return a socket on the first of the ports that is free."""
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    for candidate in ports:
        # Named, or asyncio does not know that it is TCP, and leaves Nagle's algorithm on: 40 ms for each answer.
        sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((name, candidate))
            sock.listen(QUEUE)
        except (OSError, OverflowError) as error:
            sock.close()
            if not isinstance(error, socket.gaierror) and len(ports) > 1:
                continue
            raise ConfigurationError(
                f"The server cannot listen on {name}:{candidate}: {getattr(error, 'strerror', error)}. "
                "Pick another server_port, or leave it out to get a free one."
            ) from error
        return sock
    raise ConfigurationError(f"No port from {ports.start} to {ports.stop - 1} is free. Pick one by server_port.")


def hosts(server_name: str, allowed: Iterable[str]) -> list[str]:
    """Return the names under which a server that was started by hand may be asked for."""
    return [*LOCAL, server_name, socket.gethostname(), *allowed]


class Serving:
    """A server in a thread of its own; `url` is where a browser finds it.

    Args:
        app: The application.
        sock: The socket to listen on.
        certificate: The certificate, to serve over https.
        proxies: Networks of proxies whose headers tell the client's address.
        limits: The limits of connections.
    """

    def __init__(
        self,
        app: ASGIApp,
        sock: socket.socket,
        *,
        certificate: "Certificate | None" = None,
        proxies: Sequence[Network] = (),
        limits: ConnectionLimits | None = None,
    ) -> None:
        self._sock = sock
        host, port = sock.getsockname()[:2]
        self.port: int = port
        self.url = f"{'https' if certificate else 'http'}://{_readable(host)}:{port}/"
        connections = Connections(limits, proxies=proxies)
        config = uvicorn.Config(
            app if proxies else TunnelMiddleware(app),
            http=partial(LimitedProtocol, connections),  # type: ignore[arg-type]  # uvicorn only calls it
            backlog=BATCH,
            callback_notify=connections.sweep,
            timeout_notify=0,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=[str(each) for each in proxies],
            log_level="warning",
            use_colors=False,  # otherwise uvicorn asks sys.stdout, which a program without a terminal does not have
            access_log=False,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=1,
            ssl_certfile=certificate.file if certificate else None,
            ssl_keyfile=certificate.key if certificate else None,
            ssl_keyfile_password=certificate.password if certificate else None,
        )
        logging.getLogger("uvicorn.error").addFilter(MESSAGE_LIMIT)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([sock],), name="minidemo-server", daemon=True)

    def start(self) -> None:
        """Start, and return as soon as requests are answered."""
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.001)
        self._sock.listen(QUEUE)  # asyncio sets it to the size of a batch

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
