"""upload and file=: files come as forms, and go by the ids that they were given."""

import re
import socket
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import minidemo as gr
from tests.components.pictures import encoded, gradient
from tests.server.gradio_api.caller import PREFIX, Caller, calling

FORM = "multipart/form-data; boundary=x"
HEAD = b'Content-Disposition: form-data; name="files"; filename="a"'
HOSTILE = [
    *("", ".", "..", "/", "../../x", "..\\..\\x", "/etc/passwd", "C:\\x", "C:x", "\\\\host\\share"),
    *("\\\\.\\NUL", "x::$DATA"),
    *("a/b", "a\\b", ".htaccess", "CON.txt", "NUL.tar.gz", "COM1", "x.", "x ", " x", "-rf"),
    *("--help", "$(id)", "`id`"),
    *("a;b", "a|b", "a&b", "a>b", "a<b", "a*b", "a?b", "a:b", "'", '"', "a'b", 'a"b', "%00"),
    *("a%00.png", "a\0b", "%2e%2e/x"),
    *("..%2fx", "..%5cx", "....//x", "~", "~root", "$HOME", "a\tb", "a\x1bb", "a\x7fb", "a\u202egnp.exe", "a\u200bb"),
    *("\u2028", "e\u0301", "\u00e9", "\U0001f600", "\ufeff", "\uff0e\uff0e\uff0fx", "a" * 255),
    *("a" * 256, "a" * 5_000),
    *("é" * 300, "\U0001f600" * 100, "x." + "y" * 300, "a.b.c.d", "...", "a..", "..a", "a#b", "a%b"),
    *("a@b", "{a}", "a{0}"),
    *("<script>.html", "a\u0000", "file:///etc/passwd", "http://127.0.0.1/x", "javascript:x"),
    *("=1+1", "@x", "+x", "a\\", "a/"),
]  # fmt: skip
"""What a file may be called by who means no good."""


def of_file(**options: Any) -> gr.Interface:
    return gr.Interface(lambda file: Path(file).name, gr.File(), "text", **options)


def of_picture() -> gr.Interface:
    return gr.Interface(lambda im: im, gr.Image(type="pil"), gr.Image())


def sent(path: str, **more: Any) -> dict[str, Any]:
    return {"path": path, "meta": {"_type": "gradio.FileData"}} | more


def test_a_picture_goes_in_and_comes_out() -> None:
    with calling(of_picture()) as caller:
        (path,) = caller.upload(("in put.png", encoded(gradient())))
        (out,) = caller.end_of(sent(path))["output"]["data"]
        assert out["meta"]["_type"] == "gradio.FileData"
        assert out["url"] == f"{caller.http.base_url}gradio_api/file={quote(out['path'])}"
        response = caller.http.get(out["url"])
        assert response.headers["content-type"] == "image/png"
        assert caller.http.get(f"{PREFIX}/file={path}").content == encoded(gradient())
        head = caller.http.head(out["url"])
        assert (head.status_code, head.content, head.headers["content-length"]) == (
            200,
            b"",
            str(len(response.content)),
        )
        part = caller.http.get(out["url"], headers={"Range": "bytes=1-3"})
        assert (part.status_code, part.content) == (206, b"PNG")


def test_what_came_out_goes_in_again_but_not_for_another_session() -> None:
    with calling(of_picture()) as caller:
        (path,) = caller.upload(("a.png", encoded(gradient())))
        (out,) = caller.end_of(sent(path))["output"]["data"]
        assert caller.end_of(out)["success"] is True
        other = Caller(caller.http, "an0ther")
        assert "no longer available" in other.end_of(out)["output"]["error"]


def test_several_files_are_kept_in_their_order_and_other_fields_are_read_past() -> None:
    demo = gr.Interface(lambda files: [Path(f).read_text() for f in files], gr.File(file_count="multiple"), "json")
    with calling(demo) as caller:
        files = [("files", (name, name.encode())) for name in ("b.txt", "a.txt", "c é.txt")]
        response = caller.http.post(f"{PREFIX}/upload", files=[*files, ("other", ("d.txt", b"d"))], data={"x": "y"})
        paths = response.json()
        assert [path.partition("/")[2] for path in paths] == ["b.txt", "a.txt", "c é.txt"]
        assert caller.end_of([sent(path) for path in paths])["output"]["data"] == [["b.txt", "a.txt", "c é.txt"]]
        assert caller.http.post(f"{PREFIX}/upload", files={"other": b"x"}).json() == []


@pytest.mark.parametrize("name", ["/home/ann/secret folder/notes.txt", "notes.txt"])
def test_a_file_that_was_sent_without_a_name_gets_that_of_the_call_but_no_folder(name: str) -> None:
    with calling(of_file()) as caller:
        (path,) = caller.upload(("blob", b"x"))
        assert caller.end_of(sent(path, orig_name=name))["output"]["data"] == ["notes.txt"]
        assert caller.end_of(sent(path, orig_name="other.txt"))["output"]["data"] == ["notes.txt"]
        assert caller.http.get(f"{PREFIX}/file={path}").headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["http://127.0.0.1:9/a.png", "https://example.org/a.png", "HTTP://EXAMPLE.org"])
def test_an_address_is_not_fetched(path: str) -> None:
    demo = gr.Interface(lambda gallery: len(gallery), gr.Gallery(), "number")
    with calling(gr.TabbedInterface([of_picture(), demo])) as caller:
        for number, value in ((0, {"path": path, "url": path}), (1, [{"caption": "a", "image": {"path": path}}])):
            end = caller.end_of(value, number=number)
            assert "fetches nothing from other addresses" in end["output"]["error"]
        assert caller.http.post("/call/predict", json={"data": [{"path": path}]}).status_code == 422


@pytest.mark.parametrize("path", ["/etc/passwd", "../x", "", "file:///etc/passwd", "http:x"])
def test_a_path_is_not_opened(path: str) -> None:
    with calling(of_picture()) as caller:
        assert "no longer available" in caller.end_of(sent(path))["output"]["error"]
        response = caller.http.get(f"{PREFIX}/file={quote(path)}")
        assert response.status_code == 404


def test_an_object_with_a_path_is_none_where_no_files_are_taken() -> None:
    with calling(gr.Interface(lambda x: x, "json", "json")) as caller:
        assert caller.end_of({"path": "http://x/"})["output"]["data"] == [{"path": "http://x/"}]


def test_hostile_names_become_plain_ones() -> None:
    assert len(HOSTILE) >= 80
    with calling(of_file()) as caller:
        for name in HOSTILE:
            disposition = f'Content-Disposition: form-data; name="files"; filename="{name}"'.encode()
            body = b"--x\r\n%s\r\n\r\nhello\r\n--x--\r\n" % disposition
            response = caller.http.post(
                f"{PREFIX}/upload", content=body, headers={"Content-Type": "multipart/form-data; boundary=x"}
            )
            assert response.status_code == 200, name
            token, _, plain = response.json()[0].partition("/")
            assert re.fullmatch(r"[\w-]{22}", token)
            assert plain not in ("", ".", "..")
            assert not re.search(r"""[\x00-\x1f\x7f/\\:*?"'<>|;&$`%#{}\u202e\u200b\u2028]""", plain), name
            assert len(plain.encode()) <= 255
            assert caller.http.get(f"{PREFIX}/file={quote(response.json()[0])}").content == b"hello"
    assert [*Path().iterdir()] == []


def test_a_file_that_a_browser_could_run_is_offered_as_a_download() -> None:
    with calling(of_file()) as caller:
        (path,) = caller.upload(("page.html", b"<script>"))
        response = caller.http.get(f"{PREFIX}/file={path}")
        assert response.headers["content-type"] == "application/octet-stream"
        assert response.headers["content-disposition"].startswith("attachment")


def test_the_files_of_another_user_are_not_found() -> None:
    with calling(of_file(), auth=[("ann", "pass"), ("bob", "word")]) as caller:
        caller.http.post("/login", data={"username": "ann", "password": "pass"})
        (path,) = caller.upload(("a.txt", b"x"))
        assert caller.http.get(f"{PREFIX}/file={path}").status_code == 200
        caller.http.cookies.clear()
        caller.http.post("/login", data={"username": "bob", "password": "word"})
        assert caller.http.get(f"{PREFIX}/file={path}").status_code == 404
        assert "no longer available" in caller.end_of(sent(path))["output"]["error"]


def test_what_is_too_large_is_refused_and_nothing_of_it_is_kept() -> None:
    with calling(of_file(), max_file_size=1_000) as caller:
        for files in ([("a.txt", b"x" * 1_001)], [("a.txt", b"x"), ("b.txt", b"x" * 5_000)], [("a", b"x" * 900)] * 12):
            response = caller.http.post(f"{PREFIX}/upload", files=[("files", file) for file in files])
            assert response.status_code == 413
        assert caller.upload(("a.txt", b"x" * 1_000), ("b.txt", b"x" * 1_000))


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"x", "application/octet-stream", 415),
        (b"x", "multipart/form-data", 422),
        (b"--x\r\n", FORM, 422),
        (b"--x\r\n%s\r\n\r\nabc" % HEAD, FORM, 422),
        (b"--x\r\n%s\r\n\r\n\r\n" % HEAD * 100_000, FORM, 422),
    ],
)
def test_what_is_no_form_is_refused(body: bytes, kind: str, status: int) -> None:
    with calling(of_file()) as caller:
        response = caller.http.post(f"{PREFIX}/upload", content=body, headers={"Content-Type": kind})
        assert response.status_code == status


def test_a_body_of_two_gigabytes_is_refused_before_it_is_sent() -> None:
    with calling(of_file()) as caller:
        host, port = caller.http.base_url.host, caller.http.base_url.port
        with socket.create_connection((host, port or 80), timeout=60) as link:
            link.sendall(
                f"POST {PREFIX}/upload HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: {2 * 2**30}\r\n"
                "Content-Type: multipart/form-data; boundary=x\r\n\r\n".encode()
            )
            assert link.recv(100).startswith(b"HTTP/1.1 413")


def test_a_large_body_that_does_not_say_so_is_streamed_and_refused_at_the_limit() -> None:
    def body() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        yield from [b"x" * 2**16] * 2**9

    with calling(of_file(), max_file_size=24 * 2**20) as caller:
        tracemalloc.start()
        response = caller.http.post(f"{PREFIX}/upload", content=body(), headers={"Content-Type": FORM})
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert response.status_code == 413
    assert peak < 12 * 2**20


@pytest.mark.parametrize("mime", ["image/png\x01", "image/png\x7f", "日本/x", "x" * 9_000 + "/y"])
def test_a_type_that_no_header_can_hold_is_that_of_the_name(mime: str) -> None:
    head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\nContent-Type: {mime}\r\n\r\n'
    with calling(of_file()) as caller:
        sent = caller.http.post(
            f"{PREFIX}/upload", content=head.encode() + b"a\r\n--x--\r\n", headers={"Content-Type": FORM}
        )
        response = caller.http.get(f"{PREFIX}/file={sent.json()[0]}")
    assert (response.status_code, response.headers["content-type"]) == (200, "image/png")
