"""Downloads of files from addresses that the author's code gave."""

import mimetypes
import re
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cached_property
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.util import find_spec
from threading import Thread
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from minidemo.content.media import OCTETS, Media
from minidemo.errors import OutputError
from minidemo.stores.addresses import PORTS, Address, AddressPolicy, is_public

if TYPE_CHECKING:
    import ssl

    import httpx2

MAX_REDIRECTS = 5
TIMEOUT = 10.0
"""Seconds for one file, redirects included."""
MAX_SIZE = 100 * 2**20
"""Bytes of one file, unless the author sets another limit."""
Resolve: TypeAlias = Callable[[str, int], Sequence[str]]
"""Returns the IP addresses of a host and port, or raises `OSError`."""
_MIME = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}")
_VAGUE_MIMES = (OCTETS, "binary/octet-stream", "text/plain")
"""Types that servers send for files of any kind."""


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host."""
    entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in entries))


class Downloads:
    """Downloads files over http and https, from public hosts or listed ones.

    The IP addresses of a host are checked, and the connection goes to the checked ones, for each redirect anew. The
    environment's proxies are not used, no cookies are kept, and compressed answers are refused.

    Args:
        resolve: Returns the IP addresses of a host and port.
        timeout: Seconds for one file.
    """

    def __init__(self, *, resolve: Resolve = resolve, timeout: float = TIMEOUT) -> None:
        self._resolve = resolve
        self._timeout = timeout
        self.limit(AddressPolicy(), max_size=MAX_SIZE)

    def limit(self, policy: AddressPolicy, *, max_size: int) -> None:
        """Set the addresses that may be asked, and the bytes of one file."""
        self._policy, self._max_size = policy, max_size

    def save(self, media: Media, file: BinaryIO) -> tuple[str, str]:
        """Write the content at a media's address to a file, and return its name and type.

        Raises `OutputError`.
        """
        return _described(media, self._in_time(media.url or "", file))

    def _in_time(self, url: str, file: BinaryIO) -> str | None:
        """Write the content at an address to a file, and return the type in the answer."""
        if find_spec("httpx2") is None:
            raise refusal(url, "that needs an HTTP client, httpx2. Run: pip install 'minidemo[remote]'")
        client = self._client()
        result: Future[str | None] = Future()
        work = Thread(target=_run, args=(result, self._save, client, url, file), name="minidemo-download", daemon=True)
        work.start()
        try:
            return result.result(self._timeout)
        except TimeoutError:
            raise refusal(url, f"it takes longer than {self._timeout:g} seconds") from None
        finally:
            client.close()

    def _save(self, client: "httpx2.Client", url: str, file: BinaryIO) -> str | None:
        with _converted_errors(url):
            response = self._open(client, url)
            try:
                size = 0
                for chunk in response.iter_raw():
                    size += len(chunk)
                    if size > self._max_size:
                        raise refusal(url, f"the file is larger than {self._max_size:,} bytes, the max_file_size")
                    file.write(chunk)
            finally:
                response.close()
        mime = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return mime if _MIME.fullmatch(mime) else None

    def _open(self, client: "httpx2.Client", url: str) -> "httpx2.Response":
        """Return the response at the end of the redirects."""
        import httpx2  # noqa: PLC0415  # an extra, imported only where it is used

        target = httpx2.URL(url)
        for _ in range(MAX_REDIRECTS + 1):
            response = self._send(client, target, url)
            if response.status_code == 200 and "Content-Encoding" not in response.headers:
                return response
            response.close()
            if not response.has_redirect_location:
                fault = "is compressed" if response.status_code == 200 else f"has the status {response.status_code}"
                raise refusal(url, f"the answer {fault}")
            target = target.join(response.headers["Location"])
        raise refusal(url, f"it redirects more than {MAX_REDIRECTS} times")

    def _send(self, client: "httpx2.Client", target: "httpx2.URL", url: str) -> "httpx2.Response":
        """Ask one address, at a checked IP address."""
        import httpx2  # noqa: PLC0415  # as above

        ips = self._checked_ips(target, url)
        for ip in ips:
            request = client.build_request(
                "GET",
                target.copy_with(host=ip),
                headers={"Host": target.netloc.decode("ascii")},
                extensions={"sni_hostname": target.raw_host.decode("ascii")},
            )
            try:
                return client.send(request, stream=True)
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                if ip == ips[-1]:
                    raise
        raise OSError("no IP address")

    def _checked_ips(self, target: "httpx2.URL", url: str) -> Sequence[str]:
        if target.scheme not in PORTS or not target.host or target.userinfo:
            raise refusal(url, "it is, or redirects to, something else than an http or https address without a user")
        host, port = target.raw_host.decode("ascii"), target.port or PORTS[target.scheme]
        address = Address(scheme=target.scheme, host=host.rstrip("."), port=port, path=target.path)
        if not self._policy.lists(address):
            raise refusal(url, "it is not below one of the allowed_urls")
        ips = self._resolve(host, port)
        if not self._policy.trusts(address) and not all(map(is_public, ips)):
            raise refusal(url, f"its host is not public. If it is yours: launch(allowed_urls=['{target.scheme}://…'])")
        return ips

    def _client(self) -> "httpx2.Client":
        import httpx2  # noqa: PLC0415  # as above

        return httpx2.Client(
            headers={"User-Agent": "minidemo", "Accept-Encoding": "identity"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            limits=httpx2.Limits(max_keepalive_connections=0),  # a connection is one of a name, not of an IP address
            timeout=2 * self._timeout,  # `_in_time` is over before
            verify=self._certificates,
            trust_env=False,
        )

    @cached_property
    def _certificates(self) -> "ssl.SSLContext":
        """The system's certificates, which take 100 ms to load."""
        import httpx2  # noqa: PLC0415  # as above

        return httpx2.create_ssl_context()


def _described(media: Media, mime: str | None) -> tuple[str, str]:
    """Return name and type of a file whose answer has a type, with a suffix of that type."""
    guess = mimetypes.guess_type(media.name)[0] or OCTETS
    known = [each for each in (media.mime, mime, guess) if each and each not in _VAGUE_MIMES]
    best = known[0] if known else mime or OCTETS
    is_odd = media.mime == OCTETS and mime in known and guess.partition("/")[0] != best.partition("/")[0]
    return media.name + (mimetypes.guess_extension(best) or "" if is_odd else ""), best


def _run(result: "Future[Any]", call: Callable[..., Any], *arguments: Any) -> None:
    try:
        result.set_result(call(*arguments))
    except Exception as error:
        result.set_exception(error)


@contextmanager
def _converted_errors(url: str) -> Iterator[None]:
    """Raise `OutputError` for errors of the network."""
    import httpx2  # noqa: PLC0415  # as above

    try:
        yield
    except httpx2.InvalidURL:
        raise refusal(url, "it is, or redirects to, no valid address") from None
    except (httpx2.HTTPError, OSError, UnicodeError) as error:
        raise refusal(url, "the host cannot be reached") from error


def refusal(url: str, reason: str) -> OutputError:
    """Return an error without the user and the query, which may be secret."""
    shown = re.sub("//[^/]*@", "//", url.partition("?")[0])
    return OutputError(f"The address {shown!r:.100} cannot be downloaded: {reason}.")
