"""Link: HTTP to one app, and to no other host."""

import json
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from http.cookies import CookieError, SimpleCookie
from typing import Any, Self
from urllib.parse import urlencode

from minidemo.errors import MinidemoError
from minidemo.remote.address import Address

MAX_COMPLAINT = 64 * 2**10
"""How much is read of an answer that says what went wrong."""
MAX_PATIENCE = 5.0
_CHUNK = 64 * 2**10


class RemoteFault(MinidemoError):
    """An app did not do what it was asked for; the message says why, to its caller's author."""


class Unreachable(RemoteFault):
    """An app does not answer, or breaks off."""


class Garbled(RemoteFault):
    """An app answers what does not follow the protocol."""


class Refused(RemoteFault):
    """An app answers with another status than 200; `detail` is what it says, as JSON has it, or nothing."""

    def __init__(self, status: int, detail: Any = None, location: str | None = None) -> None:
        super().__init__(f"it answered with the status {status}" + (f", to go to {location}" if location else ""))
        self.status = status
        self.detail = detail
        self.location = location


class Link:
    """Asks one app; redirections are not followed, so that cookies and headers never get to another host.

    `auth` is the name and the password to log in with, again where the app has forgotten it. `timeout` is for how many
    seconds to wait for a sign of life, `limit` how many bytes an answer may have.
    """

    def __init__(
        self,
        address: Address,
        *,
        timeout: float,
        limit: int,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
    ) -> None:
        self.address = address
        self.limit = limit
        self.auth = auth
        self.patience = min(MAX_PATIENCE, timeout / 2)
        """For how many seconds the app may go on talking about what is over."""
        self._headers = {"User-Agent": "minidemo", "Connection": "close", **(headers or {})}
        self._timeout = timeout
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> Any:
        """Return the JSON at a path."""
        with self.open("GET", path) as answer:
            return answer.json()

    def post(self, path: str, data: Any) -> Any:
        """Send JSON, and return the JSON of the answer."""
        body = json.dumps(data).encode()
        with self.open("POST", path, body=body, headers={"Content-Type": "application/json"}) as answer:
            return answer.json()

    def log_in(self) -> None:
        """Send the name and the password, and keep the cookies of the answer."""
        name, password = self.auth or ("", "")
        form = urlencode({"username": name, "password": password}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        with self._open("POST", "/login", form, kind) as answer:
            self._cookies |= _cookies(answer.cookies, secure=self.address.secure)

    def open(
        self,
        method: str,
        path: str,
        *,
        body: bytes | Iterable[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> "Answer":
        """Ask, and return the answer, which the caller closes; raise `Refused` or `Unreachable`."""
        try:
            return self._open(method, path, body, headers or {})
        except Refused as error:
            if error.status != 401 or self.auth is None:
                raise
        self.log_in()
        return self._open(method, path, body, headers or {})

    def _open(
        self, method: str, path: str, body: bytes | Iterable[bytes] | None, headers: Mapping[str, str]
    ) -> "Answer":
        kind = HTTPSConnection if self.address.secure else HTTPConnection
        connection = kind(self.address.host, self.address.port, timeout=self._timeout)
        try:
            connection.connect()
            line: socket.socket = connection.sock
            connection.request(method, self.address.path + path, body, self._sent(headers))
            response = connection.getresponse()
        except (OSError, HTTPException) as error:
            connection.close()
            raise Unreachable(_reason(error, self._timeout)) from error
        answer = Answer(response, line, timeout=self._timeout, limit=self.limit)
        if response.status != 200:
            with answer:
                raise Refused(response.status, answer.complaint(), response.headers.get("Location"))
        return answer

    def _sent(self, headers: Mapping[str, str]) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return {**self._headers, **({"Cookie": cookies} if cookies else {}), **headers}


class Answer:
    """What an app answers, of which no more is read than is allowed."""

    def __init__(self, response: HTTPResponse, line: socket.socket, *, timeout: float, limit: int) -> None:
        self._response = response
        self._line = line
        self._timeout = timeout
        self._limit = limit

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def cookies(self) -> list[str]:
        """The cookies that it sets."""
        return self._response.headers.get_all("Set-Cookie") or []

    def json(self) -> Any:
        """Return the JSON that it is, all of which must come within the time-out."""
        return parsed(self._whole())

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes as they come."""
        size = 0
        while chunk := self._read():
            size += len(chunk)
            if size > self._limit:
                raise Garbled(f"its answer is larger than {self._limit:,} bytes, which max_file_size allows")
            yield chunk
        if self._response.length:
            raise Unreachable("it broke off in the middle of an answer")

    def line(self) -> bytes:
        """Return the next line, which is empty at the end."""
        try:
            line = self._response.readline(self._limit + 1)
        except (OSError, HTTPException, ValueError) as error:
            raise Unreachable(_reason(error, self._timeout)) from error
        if len(line) > self._limit:
            raise Garbled(f"it said more than {self._limit:,} bytes at once, which max_file_size allows")
        return line

    def complaint(self) -> Any:
        """Return what it says went wrong, or nothing where that is not JSON."""
        self._limit = MAX_COMPLAINT
        try:
            return parsed(self._whole())
        except RemoteFault:
            return None

    def hurry(self, seconds: float) -> None:
        """Wait no longer than this for each of the signs of life to come."""
        self._timeout = seconds
        with suppress(OSError):  # it is at its end
            self._line.settimeout(seconds)

    def hang_up(self) -> None:
        """End it from another thread: who waits for more gets none."""
        with suppress(OSError):  # the app was faster
            self._line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Read no more."""
        self._response.close()
        self._line.close()

    def _whole(self) -> bytes:
        data, latest = bytearray(), time.monotonic() + self._timeout
        for chunk in self.chunks():
            data += chunk
            if time.monotonic() > latest:
                raise Unreachable(f"its answer took longer than {self._timeout:g} seconds")
        return bytes(data)

    def _read(self) -> bytes:
        try:
            return self._response.read1(_CHUNK)
        except (OSError, HTTPException) as error:
            raise Unreachable(_reason(error, self._timeout)) from error


def parsed(text: bytes) -> Any:
    """Return what JSON says, or raise `Garbled`."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        shown = text[:60].decode(errors="replace")
        raise Garbled(f"it answered {shown!r}, which is no JSON") from None


def _reason(error: Exception, timeout: float) -> str:
    if isinstance(error, TimeoutError):
        return f"it gave no sign of life for {timeout:g} seconds"
    return f"{type(error).__name__}: {error}".rstrip(": .")


def _cookies(headers: list[str], *, secure: bool) -> dict[str, str]:
    """Return the cookies that may be sent back: one for https alone is not sent over http."""
    found: dict[str, str] = {}
    for header in headers:
        try:
            jar = SimpleCookie(header)
        except CookieError:
            continue
        found |= {name: each.coded_value for name, each in jar.items() if secure or not each["secure"]}
    return found
