"""HTTP to one app, and to no other host."""

import json
import socket
import ssl
import time
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Self

from minidemo.errors import MinidemoError

if TYPE_CHECKING:
    import httpx2

MAX_COMPLAINT = 64 * 2**10
"""Bytes that are read of an answer with an error."""
MAX_PATIENCE = 5.0
MAX_IDLE = 4.0
"""Seconds that a connection stays open for the next request; Uvicorn closes it after five."""

_TRUST_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For apps over http: to read the certificates of the system takes 100 ms."""


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
    """Sends requests to one app, over connections that it keeps open.

    No cookie or header reaches another host: redirects are not followed, and proxies of the environment not used.
    Cookies count if a login sets them, since all visitors share them.

    Args:
        url: The address of the app.
        timeout: Seconds to wait for a sign of life.
        limit: Bytes that an answer may have.
        headers: Headers of all requests.
        auth: The name and the password to log in with, also when the app has forgotten the login.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float,
        limit: int,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
    ) -> None:
        import httpx2  # noqa: PLC0415  # an extra, imported only where it is used

        self.url = url
        self.limit = limit
        self.auth = auth
        self.patience = min(MAX_PATIENCE, timeout / 2)
        """Seconds that the app may go on talking when a call is over."""
        self._root = httpx2.URL(url)
        self._cookies = httpx2.Cookies()
        self._client = httpx2.Client(
            headers={"User-Agent": "minidemo", "Accept-Encoding": "identity", **(headers or {})},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=timeout,
            limits=httpx2.Limits(max_keepalive_connections=20, keepalive_expiry=MAX_IDLE),
            verify=httpx2.create_ssl_context() if self._root.scheme == "https" else _TRUST_NOBODY,
            trust_env=False,
        )
        weakref.finalize(self, self._client.close)

    def get(self, path: str) -> Any:
        """Return the JSON at a path."""
        with self.open("GET", path) as answer:
            return answer.json()

    def post(self, path: str, data: Any) -> Any:
        """Send JSON, and return the JSON of the answer."""
        body = json.dumps(data).encode()
        with self.open("POST", path, content=body, headers={"Content-Type": "application/json"}) as answer:
            return answer.json()

    def log_in(self) -> None:
        """Send the name and the password, and keep the cookies of the answer."""
        import httpx2  # noqa: PLC0415  # as above

        name, password = self.auth or ("", "")
        with self._open("POST", "/login", data={"username": name, "password": password}) as answer:
            cookies = httpx2.Cookies()
            cookies.extract_cookies(answer.response)
        self._cookies = cookies

    def open(self, method: str, path: str, **body: Any) -> "Answer":
        """Send a request, and return the answer, which the caller closes; raise `Refused` or `Unreachable`.

        `body` are arguments of `httpx2.Client.build_request`.
        """
        try:
            return self._open(method, path, **body)
        except Refused as error:
            if error.status != 401 or self.auth is None:
                raise
        self.log_in()
        return self._open(method, path, **body)

    def _open(self, method: str, path: str, **body: Any) -> "Answer":
        with _faults():
            # The app names part of the path; joined as text, that could name another host.
            url = self._root.copy_with(path=self._root.path.rstrip("/") + path)
            request = self._client.build_request(method, url, **body)
            self._cookies.set_cookie_header(request)
            response = self._client.send(request, stream=True)
        answer = Answer(response, limit=self.limit)
        if response.status_code != 200:
            with answer:
                raise Refused(response.status_code, answer.complaint(), response.headers.get("Location"))
        if "Content-Encoding" in response.headers:  # a few bytes could become gigabytes
            answer.close()
            raise Garbled("it sent a compressed answer, for which nobody asked")
        return answer


class Answer:
    """The answer of an app, of which at most `limit` bytes are read at once."""

    def __init__(self, response: "httpx2.Response", *, limit: int) -> None:
        self.response = response
        self._limit = limit

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def json(self) -> Any:
        """Return its JSON, all of which must arrive within the timeout."""
        return parsed(self._whole())

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes as they arrive."""
        size = 0
        with _faults():
            for chunk in self.response.iter_raw():
                size += len(chunk)
                if size > self._limit:
                    raise Garbled(f"its answer is larger than {self._limit:,} bytes, which max_file_size allows")
                yield chunk

    def events(self) -> Iterator[str]:
        """Yield the data of server-sent events."""
        import httpx2  # noqa: PLC0415  # as above

        with _faults():
            for event in httpx2.EventSource(self.response, max_event_size=self._limit):
                yield event.data

    def complaint(self) -> Any:
        """Return the JSON of an error, or None for anything else."""
        self._limit = MAX_COMPLAINT
        with suppress(RemoteFault):
            return self.json()

    def hang_up(self) -> None:
        """End it from another thread, which fails to read any more."""
        with suppress(OSError):  # the app was faster
            self.response.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Read no more."""
        self.response.close()

    def _whole(self) -> bytes:
        data, timeout = bytearray(), self.response.request.extensions["timeout"]["read"]
        latest = time.monotonic() + timeout
        for chunk in self.chunks():
            data += chunk
            if time.monotonic() > latest:
                raise Unreachable(f"its answer took longer than {timeout:g} seconds")
        return bytes(data)


def parsed(text: str | bytes) -> Any:
    """Return the value of JSON, or raise `Garbled`."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        start = text[:60]
        shown = start if isinstance(start, str) else start.decode(errors="replace")
        raise Garbled(f"it answered {shown!r}, which is no JSON") from None


@contextmanager
def _faults() -> Iterator[None]:
    """Raise `Unreachable` or `Garbled` for the errors of a connection."""
    import httpx2  # noqa: PLC0415  # as above

    try:
        yield
    except httpx2.SSEError as error:
        raise Garbled(f"it sent no stream of events that max_file_size allows: {error}".rstrip(".")) from error
    except httpx2.TimeoutException as error:
        seconds = error.request.extensions["timeout"]["read"]
        raise Unreachable(f"it gave no sign of life for {seconds:g} seconds") from error
    except httpx2.RemoteProtocolError as error:
        raise Unreachable(f"it broke off in the middle of an answer: {error}") from error
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        raise Unreachable(_reason(error)) from error


def _reason(error: BaseException) -> str:
    """Return the first cause of an error."""
    while cause := error.__cause__ or error.__context__:
        error = cause
    return f"{type(error).__name__}: {error}".rstrip(": .")
