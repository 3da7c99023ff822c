"""HTTP requests to one app and no other host."""

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

MAX_ERROR_SIZE = 64 * 2**10
"""Bytes to read of an error response."""
MAX_DRAIN_TIMEOUT = 5.0
MAX_IDLE = 4.0
"""Seconds for which a connection stays open; Uvicorn closes it after five."""

_NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""TLS context for http, since loading the system's certificates takes 100 ms."""


class RemoteError(MinidemoError):
    """A request to an app failed; the message is for the author."""


class Unreachable(RemoteError):
    """An app does not respond, or the connection breaks."""


class InvalidResponse(RemoteError):
    """A response does not follow the protocol."""


class RequestRefused(RemoteError):
    """A response with an error status; `detail` is its JSON or None."""

    def __init__(self, status: int, detail: Any = None, location: str | None = None) -> None:
        super().__init__(f"it answered with the status {status}" + (f", to go to {location}" if location else ""))
        self.status = status
        self.detail = detail
        self.location = location


class Link:
    """Sends requests to one app over persistent connections.

    No cookie or header reaches another host: redirects and the environment's proxies are ignored. Only cookies of the
    login are kept, since all visitors share them.

    Args:
        url: The address of the app.
        timeout: Seconds to wait for data.
        limit: Limit of a response, in bytes.
        headers: Headers of all requests.
        auth: The name and password for the login, which is repeated when it expires.
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
        self.drain_timeout = min(MAX_DRAIN_TIMEOUT, timeout / 10)
        """Seconds to read the stream of a finished call."""
        self._root = httpx2.URL(url)
        self._cookies = httpx2.Cookies()
        self._client = httpx2.Client(
            headers={"User-Agent": "minidemo", "Accept-Encoding": "identity", **(headers or {})},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=timeout,
            limits=httpx2.Limits(max_keepalive_connections=20, keepalive_expiry=MAX_IDLE),
            verify=httpx2.create_ssl_context() if self._root.scheme == "https" else _NO_CERTIFICATES,
            trust_env=False,
        )
        weakref.finalize(self, self._client.close)

    def get(self, path: str) -> Any:
        """Return the JSON at a path."""
        with self.open("GET", path) as response:
            return response.json()

    def post(self, path: str, data: Any) -> Any:
        """Send JSON, and return the JSON of the response."""
        body = json.dumps(data).encode()
        with self.open("POST", path, content=body, headers={"Content-Type": "application/json"}) as response:
            return response.json()

    def log_in(self) -> None:
        """Send the name and password, and keep the response's cookies."""
        import httpx2  # noqa: PLC0415  # as above

        name, password = self.auth or ("", "")
        with self._open("POST", "/login", data={"username": name, "password": password}) as response:
            cookies = httpx2.Cookies()
            cookies.extract_cookies(response.http_response)
        self._cookies = cookies

    def open(self, method: str, path: str, **body: Any) -> "RemoteResponse":
        """Send a request, and return the response, which the caller closes.

        `body` are arguments of `httpx2.Client.build_request`. Raises `RequestRefused` or `Unreachable`.
        """
        try:
            return self._open(method, path, **body)
        except RequestRefused as error:
            if error.status != 401 or self.auth is None:
                raise
        self.log_in()
        return self._open(method, path, **body)

    def _open(self, method: str, path: str, **body: Any) -> "RemoteResponse":
        with _convert_errors():
            # joined as text, a path from the app could name another host
            url = self._root.copy_with(path=self._root.path.rstrip("/") + path)
            request = self._client.build_request(method, url, **body)
            self._cookies.set_cookie_header(request)
            http_response = self._client.send(request, stream=True)
        response = RemoteResponse(http_response, limit=self.limit)
        if http_response.status_code != 200:
            with response:
                raise RequestRefused(
                    http_response.status_code, response.error_detail(), http_response.headers.get("Location")
                )
        if "Content-Encoding" in http_response.headers:  # a few bytes could become gigabytes
            response.close()
            raise InvalidResponse("it sent a compressed answer, for which nobody asked")
        return response


class RemoteResponse:
    """A response of an app, with at most `limit` bytes."""

    def __init__(self, http_response: "httpx2.Response", *, limit: int) -> None:
        self.http_response = http_response
        self._limit = limit

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def json(self) -> Any:
        """Return its JSON, which must arrive within the timeout."""
        return parse_json(self._read())

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes in chunks."""
        size = 0
        with _convert_errors():
            for chunk in self.http_response.iter_raw():
                size += len(chunk)
                if size > self._limit:
                    raise InvalidResponse(
                        f"its answer is larger than {self._limit:,} bytes, which max_file_size allows"
                    )
                yield chunk

    def events(self) -> Iterator[str]:
        """Yield the data of server-sent events."""
        import httpx2  # noqa: PLC0415  # as above

        with _convert_errors():
            for event in httpx2.EventSource(self.http_response, max_event_size=self._limit):
                yield event.data

    def error_detail(self) -> Any:
        """Return the JSON of an error response, or None."""
        self._limit = MAX_ERROR_SIZE
        with suppress(RemoteError):
            return self.json()

    def abort(self) -> None:
        """Close the connection from another thread, whose reads then fail."""
        with suppress(OSError):  # the app may have closed it
            self.http_response.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close the response."""
        self.http_response.close()

    def _read(self) -> bytes:
        data, timeout = bytearray(), self.http_response.request.extensions["timeout"]["read"]
        deadline = time.monotonic() + timeout
        for chunk in self.chunks():
            data += chunk
            if time.monotonic() > deadline:
                raise Unreachable(f"its answer took longer than {timeout:g} seconds")
        return bytes(data)


def parse_json(text: str | bytes) -> Any:
    """Return the value of JSON text, or raise `InvalidResponse`."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        start = text[:60]
        excerpt = start if isinstance(start, str) else start.decode(errors="replace")
        raise InvalidResponse(f"it answered {excerpt!r}, which is no JSON") from None


@contextmanager
def _convert_errors() -> Iterator[None]:
    """Raise `Unreachable` or `InvalidResponse` for connection errors."""
    import httpx2  # noqa: PLC0415  # as above

    try:
        yield
    except httpx2.SSEError as error:
        raise InvalidResponse(f"it sent no stream of events that max_file_size allows: {error}".rstrip(".")) from error
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
