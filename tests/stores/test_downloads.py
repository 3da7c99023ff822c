"""Downloads: what is asked, of whom, and how much of it is read."""

import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.content.media import Media
from minidemo.stores.addresses import AddressPolicy
from minidemo.stores.downloads import MAX_REDIRECTS, Downloads
from tests.hosting import Answer, Host, hosting
from tests.interfaces.test_launch import certificate
from tests.watching import watching

NAME = "pictures.example"
"""A host that only the resolver of a test knows."""


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting() as host:
        yield host


class Names:
    """A resolver that knows some names, and notes which it was asked for; the others are of this machine."""

    def __init__(self, **ips: list[str]) -> None:
        self.ips = ips
        self.asked: list[tuple[str, int]] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append((host, port))
        return self.ips.get(host.replace(".", "_"), ["127.0.0.1"])


def save(url: str, *allowed: str, max_size: int = 1000, **options: Any) -> tuple[bytes, str, str]:
    """Download with a list of allowed addresses, or without any; return content, name and type."""
    downloads = Downloads(**options)
    downloads.limit(AddressPolicy(allowed or None), max_size=max_size)
    path = Path("file")
    with path.open("wb") as file:
        name, mime = downloads.save(Media.of_url(url), file)
    return path.read_bytes(), name, mime


def refused(url: str, *allowed: str, **options: Any) -> str:
    with pytest.raises(gr.OutputError) as caught:
        save(url, *allowed, **options)
    return str(caught.value)


def test_a_file_is_downloaded_from_the_address_that_was_resolved(host: Host) -> None:
    host.holds("/a.png?size=2", b"picture", "image/png")
    names, url = Names(), host.url("/a.png?size=2", NAME)
    assert save(url, host.url(host=NAME), resolve=names) == (b"picture", "a.png", "image/png")
    assert names.asked == [(NAME, host.port)]
    [request] = host.requests
    assert (request["host"], request["accept-encoding"]) == (f"{NAME}:{host.port}", "identity")
    assert "cookie" not in request


def test_a_host_without_an_answer_has_others(host: Host) -> None:
    host.holds("/a", b"x")
    names = Names(pictures_example=["::1", "127.0.0.1"])
    assert save(host.url("/a", NAME), host.url(host=NAME), resolve=names)[0] == b"x"


def test_a_host_without_any_address_cannot_be_reached(host: Host) -> None:
    names = Names(pictures_example=[])
    assert "the host cannot be reached" in refused(host.url("/a", NAME), resolve=names)


def test_nobody_answers() -> None:
    with hosting() as host:
        pass
    assert "the host cannot be reached" in refused(host.url("/a"), host.url())


ATTACKS = [
    *("http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://0.0.0.0:{port}/", "http://[::1]:{port}/"),
    *("http://[::ffff:7f00:1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://2130706433:{port}/"),
    *("http://0177.0.0.1:{port}/", "http://0x7f.1:{port}/", "http://127.1:{port}/", "http://169.254.169.254/latest"),
    *(
        "http://10.0.0.1/",
        "http://192.168.1.250/",
        "https://172.16.0.1/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
    ),
    *("http://evil@127.0.0.1:{port}/", "http://example.org:80@127.0.0.1:{port}/", "http://LOCALHOST.:{port}/"),
    *(
        "http:\\\\127.0.0.1:{port}\\",
        "http:///127.0.0.1:{port}/",
        "http://",
        "https:///",
        "http://?x",
        "http://#127.0.0.1",
    ),
    *(
        "http://127.0.0.1:{port}\t/",
        "http://127.0.0.1\n:{port}/",
        "http://\u246027.0.0.1:{port}/",
        "http://\uff11\uff12\uff17.0.0.1:{port}/",
    ),
    *("ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1:{port}/", "data:text/plain,x", "dict://127.0.0.1/"),
    *("//127.0.0.1:{port}/", "http%3A%2F%2F127.0.0.1:{port}/", "http://127.0.0.1:99999/", "http://[::1", "x" * 5000),
    *(
        "http://xn--a.example/",
        f"http://{'a' * 300}.example/",
        "http://a..b/",
        "http://127.0.0.1%2f@example.org:{port}/",
    ),
]


def numeric(host: str, port: int) -> list[str]:
    """Return the address that a host means without any server of names."""
    name = {"localhost": "127.0.0.1"}.get(host.rstrip("."), host)
    entries = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return [str(entry[4][0]) for entry in entries]


@pytest.mark.parametrize("url", ATTACKS)
def test_addresses_within_are_refused_and_not_asked(url: str, host: Host) -> None:
    with watching("127.0.0.1", "::1", "169.254") as seen:
        message = refused(url.format(port=host.port), resolve=numeric)
    assert "cannot be downloaded: " in message
    assert not [each for each in seen if each.startswith("socket.connect")]
    assert host.requests == []


@pytest.mark.parametrize("ips", [["192.168.1.250"], ["93.184.215.14", "127.0.0.1"], ["127.0.0.1", "2a00::1"]])
def test_names_that_lead_within_are_refused(ips: list[str], host: Host) -> None:
    names = Names(pictures_example=ips)
    with watching(*ips) as seen:
        message = refused(host.url("/a", NAME), resolve=names)
    assert "its host is not public. If it is yours: launch(allowed_urls=['http://…'])" in message
    assert not [each for each in seen if each.startswith("socket.connect")]


def test_a_list_is_asked_before_the_resolver(host: Host) -> None:
    names = Names()
    assert "it is not below one of the allowed_urls" in refused(host.url("/a"), "https://example.org", resolve=names)
    assert names.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirections_are_followed(status: int, host: Host) -> None:
    host.leads("/old", "new/b.png", status)
    host.holds("/new/b.png", b"x", "image/png")
    assert save(host.url("/old"), host.url()) == (b"x", "old.png", "image/png")


def test_each_redirection_is_checked(host: Host) -> None:
    inner = host.holds("/inner", b"secret")
    url = host.leads("/a", host.url("/inner", "inner.example"))
    names = Names()
    allowed = (host.url("/a"), "http://")
    assert "its host is not public" in refused(url, *allowed, resolve=names)
    assert "it is not below one of the allowed_urls" in refused(host.leads("/b", inner), host.url("/b"), resolve=names)
    assert {request["path"] for request in host.requests} == {"/a", "/b"}
    assert names.asked.count(("inner.example", host.port)) == 1


@pytest.mark.parametrize("place", ["ftp://127.0.0.1/", "http://a:b@127.0.0.1/", "file:///etc/passwd", "http://[::1"])
def test_redirections_to_something_else_are_refused(place: str, host: Host) -> None:
    message = refused(host.leads("/a", place), host.url())
    assert "it is, or redirects to, " in message
    assert len(host.requests) == 1


def test_redirections_end(host: Host) -> None:
    assert f"it redirects more than {MAX_REDIRECTS} times" in refused(host.leads("/a", "/a"), host.url())
    assert len(host.requests) == MAX_REDIRECTS + 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(status=404), "the answer has the status 404"),
        (Answer(status=206, body=b"x"), "the answer has the status 206"),
        (Answer(status=302), "the answer has the status 302"),
        (Answer(body=b"x", headers={"Content-Encoding": "gzip"}), "the answer is compressed"),
        (Answer(body=b"x" * 1001), "the file is larger than 1,000 bytes, the max_file_size"),
        (Answer(body=b"x", headers={"Content-Length": "9"}), "the host cannot be reached"),
    ],
)
def test_answers_that_are_not_taken(answer: Answer, reason: str, host: Host) -> None:
    host.contents["/a"] = answer
    assert reason in refused(host.url("/a"), host.url())


def test_a_password_is_not_repeated() -> None:
    message = refused("http://ann:secret@example.org/a.png")
    assert message.startswith("The address 'http://example.org/a.png' cannot be downloaded: it is, or redirects to,")


def test_cookies_are_not_kept(host: Host) -> None:
    host.contents["/a"] = Answer(status=302, headers={"Location": "/b", "Set-Cookie": "who=ann"})
    host.holds("/b", b"x")
    save(host.url("/a"), host.url())
    assert "cookie" not in host.requests[1]


def test_a_query_is_not_repeated(host: Host) -> None:
    message = refused(host.url("/a?token=secret"), host.url())
    assert message == f"The address '{host.url('/a')}' cannot be downloaded: the answer has the status 404."


@pytest.mark.parametrize("start", [b"", b"x"])
def test_a_slow_answer_is_not_waited_for(start: bytes, host: Host) -> None:
    over = threading.Event()

    def slow() -> Iterator[bytes]:
        yield start
        over.wait()

    host.contents["/a"] = lambda: Answer(body=slow())
    assert "it takes longer than 0.3 seconds" in refused(host.url("/a"), host.url(), timeout=0.3)
    over.set()


def test_a_slow_resolver_is_not_waited_for() -> None:
    over = threading.Event()

    def resolve(_: str, __: int) -> list[str]:
        over.wait()
        return []

    assert "it takes longer than 0.2 seconds" in refused("http://example.org", resolve=resolve, timeout=0.2)
    over.set()


@pytest.mark.parametrize(
    ("path", "mime", "name", "best"),
    [
        ("/cat", "image/jpeg; charset=x", "cat.jpg", "image/jpeg"),
        ("/cat.php", "IMAGE/PNG", "cat.php.png", "image/png"),
        ("/cat.png", "application/octet-stream", "cat.png", "image/png"),
        ("/cat.png", None, "cat.png", "image/png"),
        ("/cat.odd-kind", "text/plain", "cat.odd-kind", "text/plain"),
        ("/", None, "file", "application/octet-stream"),
        ("/a%2F..%2Fb%0A.txt", "nonsense", "b_.txt", "application/octet-stream"),
    ],
)
def test_name_and_type(path: str, mime: str | None, name: str, best: str, host: Host) -> None:
    host.holds(path, b"x", mime)
    assert save(host.url(path), host.url())[1:] == (name, best)


def test_a_proxy_of_the_environment_is_not_asked(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    host.holds("/a", b"x")
    with hosting() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url())
        assert save(host.url("/a"), host.url())[0] == b"x"
        assert proxy.requests == []


def test_the_certificate_must_be_of_the_name_and_not_of_the_ip_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(files["ssl_certfile"]))
    with hosting(files["ssl_certfile"], files["ssl_keyfile"]) as host:
        host.holds("/a", b"x")
        place: Callable[[str], str] = lambda name: host.url("/a", name, "https")  # noqa: E731
        assert save(place("localhost"), place("localhost"), resolve=Names())[0] == b"x"
        assert "the host cannot be reached" in refused(place(NAME), place(NAME), resolve=Names())
        host.leads("/a", place(NAME))
        allowed = place("localhost"), place(NAME)
        assert "the host cannot be reached" in refused(place("localhost"), *allowed, resolve=Names())
        assert len(host.requests) == 2


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx2", None)
    assert refused("https://example.org/a.png").endswith("httpx2. Run: pip install 'minidemo[remote]'.")
