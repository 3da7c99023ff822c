"""An app that means no good gets nowhere: not at other hosts, not at files of ours, not at all the memory and disk."""

import gzip
import tempfile
from pathlib import Path
from typing import Any

import pytest

import minidemo as gr
from minidemo.remote.files import MAX_FILES
from minidemo.remote.messages import MAX_TEXT, EventReader, LogMessage
from tests.remote.fake import EVENT, META, Reply, remote, visitor
from tests.remote.test_values import PNG, file, holds
from tests.visitor import Visitor

FAILED = "Something went wrong while running this demo."
ELSEWHERE = [
    *("http://169.254.169.254/latest", "https://evil.example/a.png", "file:///etc/passwd", "ftp://h/x"),
    *("//evil.example/a.png", "\\\\evil.example\\a.png", "gopher://h"),
]


def test_messages_are_cut_as_a_call_keeps_many() -> None:
    message = {"msg": "log", "event_id": "e", "level": "info", "log": "x" * 20_000, "title": "y" * 20_000}
    event = EventReader("e", diffs=False).read(message)
    assert isinstance(event, LogMessage)
    assert (len(event.text), len(event.title or "")) == (MAX_TEXT, MAX_TEXT)


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_file_on_another_host_is_refused(place: str, caplog: pytest.LogCaptureFixture) -> None:
    with remote([], ["image"]) as app:
        app.answers(file("a.png", path=place))
        assert visitor(app).predict().json()["error"]["message"] == FAILED
        assert "which lies on another host" in caplog.text
        assert not [path for path in app.paths() if "file=" in path]


@pytest.mark.parametrize("place", ["/etc/passwd", "../../etc/passwd", "x?token=1#y", "a\r\nX-Evil: 1", "ü \x00"])
def test_any_other_place_is_one_of_the_app(place: str) -> None:
    with remote([], ["file"]) as app:
        app.answers(file("a.txt", path=place))
        assert visitor(app).predict().json()["error"]["message"] == FAILED
        [asked] = [each for each in app.asked if each.path.startswith("/file=")]
        assert "x-evil" not in asked.headers


def test_cookies_do_not_follow_a_redirection() -> None:
    with remote([], ["image"]) as app, remote() as other:
        app.routes["/login"] = Reply(headers={"Set-Cookie": "token=abc"})
        app.routes["/file=there/a.png"] = Reply(status=302, headers={"Location": f"{other.url}/a.png"})
        app.answers(file("a.png"))
        assert visitor(app, auth=("ann", "x")).predict().json()["error"]["message"] == FAILED
        assert other.asked == []


@pytest.mark.parametrize(
    "prefix", ["http://{}", "@{}", "//{}", "/\\{}", ":{}", "?x=//{}", "#{}", "\r\nHost: {}", "\u2028@{}", "/..//{}"]
)
def test_an_api_elsewhere_is_not_asked(prefix: str) -> None:
    with remote() as other, remote() as app:
        app.config["api_prefix"] = prefix.format(other.url.removeprefix("http://"))
        with pytest.raises(gr.ConfigurationError, match=f"The app at {app.url} cannot be loaded"):
            gr.load(app.url, token="secret")
        assert other.asked == []


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_a_proxy_of_the_environment_is_not_asked(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with remote() as other, remote() as app:
        monkeypatch.setenv(variable, other.url)
        gr.load(app.url, token="secret")
        assert other.asked == []


def test_visitors_share_no_cookies_but_those_of_the_login() -> None:
    with remote() as app:
        app.routes["/queue/join"] = Reply(
            headers={"Set-Cookie": "who=ann"}, body=b'{"event_id": "%s"}' % EVENT.encode()
        )
        app.answers("there")
        demo = visitor(app)
        demo.result("here")
        demo.result("again")
        assert [each.headers.get("cookie") for each in app.asked] == [None] * len(app.asked)


@pytest.mark.parametrize("path", ["/config", "/queue/data"])
def test_compressed_answers_are_not_unpacked(path: str) -> None:
    with remote() as app:
        app.answers("there")
        demo = visitor(app)
        bomb = gzip.compress(b" " * 10_000_000)
        app.routes[path] = Reply(headers={"Content-Encoding": "gzip"}, body=bomb)
        assert demo.predict("here").status_code == (200 if path == "/config" else 500)
        assert {each.headers["accept-encoding"] for each in app.asked} == {"identity"}
        if path == "/config":
            with pytest.raises(gr.ConfigurationError, match="it sent a compressed answer"):
                gr.load(app.url)


def test_a_description_that_takes_cubic_time_to_parse() -> None:
    evil = "Args:\n    " + "(" * 5_000 + "x" * 5_000
    with remote() as app:
        app.routes["/info"] = {"named_endpoints": {"/echo": {"description": f"{evil}: x"}}}
        page = visitor(app).http.get("/?view=api").text
    assert "(" * 5_000 in page


ODD: list[tuple[str, list[Any]]] = [
    ("image", ["/etc/passwd", "http://h/a.png", 7, {"path": 7}, {"url": "http://h/a.png"}]),
    ("file", ["/etc/passwd", ["/etc/passwd"], {"path": None}]),
    ("gallery", [["/etc/passwd"], "/etc/passwd", [{"image": "/etc/passwd"}], [{}]]),
    ("audio", ["/etc/passwd"]),
    ("video", [{"video": "/etc/passwd"}]),
    ("model3d", ["/etc/passwd.glb"]),
    ("imageeditor", ["/etc/passwd", {"background": "/etc/passwd"}, {"layers": 7}]),
    ("annotatedimage", ["/etc/passwd", {"image": "/etc/passwd"}, {"annotations": 7}]),
    ("plot", [{"type": "matplotlib", "plot": plot} for plot in ("/etc/passwd", "data:text/html;base64,eA==", 7)]),
    ("plot", [{"type": "matplotlib", "plot": "data:image/png;base64,="}, 7, {"type": "x"}]),
    ("chatbot", [7, ["a"], [{"role": "root", "content": "x"}]]),
    ("label", [7, {"confidences": 7}, {"confidences": [7]}, {"confidences": [{"label": "a"}]}]),
    ("highlightedtext", [7, [7], [{"token": 7}]]),
    ("dataframe", [7, "x", {"data": 7}]),
    ("number", ["x"]),
    ("colorpicker", ["c"]),
    ("datetime", ["c"]),
]
"""What the wire may hold in place of what belongs there."""


@pytest.mark.parametrize(("component", "value"), [(name, value) for name, values in ODD for value in values])
def test_values_that_are_something_else(component: str, value: Any) -> None:
    with remote([], [component]) as app:
        app.answers(value)
        assert visitor(app).predict().status_code == 500
        assert not [path for path in app.paths() if "file=" in path]


def test_a_file_that_is_too_large_is_not_read_to_its_end() -> None:
    with remote([], ["file"]) as app:
        app.routes["/file=there/a.bin"] = lambda _: Reply(body=iter([b"x" * 4_000] * 10_000))
        app.answers(file("a.bin"))
        assert visitor(app, max_file_size=5_000).predict().json()["error"]["message"] == FAILED


def test_too_many_files(caplog: pytest.LogCaptureFixture) -> None:
    with remote([], [("file", {"file_count": "multiple"})]) as app:
        places = [f"{i}.bin" for i in range(MAX_FILES + 1)]
        app.routes |= {f"/file=there/{place}": Reply() for place in places}
        app.answers([file(place) for place in places])
        visitor(app).predict()
        assert "more than 1,000 files at once" in caplog.text


def test_files_that_are_too_large_together(caplog: pytest.LogCaptureFixture) -> None:
    with remote([], [("file", {"file_count": "multiple"})]) as app:
        places = [f"{i}.bin" for i in range(20)]
        app.routes |= {f"/file=there/{place}": Reply(body=b"x" * 3_900) for place in places}
        app.answers([file(place) for place in places])
        visitor(app, max_file_size=4_000).predict()
        assert "more than 10 times of what max_file_size allows" in caplog.text


def test_a_file_that_breaks_off() -> None:
    with remote([], ["file"]) as app:
        app.routes["/file=there/a.bin"] = Reply(body=b"half", headers={"Content-Length": "8"})
        app.answers(file("a.bin"))
        assert "can't be reached" in visitor(app).predict().json()["error"]["message"]


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # other tests use that of the system
    with remote([], ["image"]) as app:
        holds(app, a_png=PNG)
        app.answers(file("a.png"))
        demo = visitor(app, timeout=2)
        before = {*tmp_path.iterdir()}
        [shown] = demo.result()
        demo.result()  # begins when the first is cleared away
        left = {*tmp_path.iterdir()} - before
        assert demo.download(shown).content == PNG
        assert len(left) <= 2, "what the demo itself keeps, and the call that ends just now"


def test_a_visitor_cannot_name_a_file_or_an_address() -> None:
    secret = {"path": "/etc/passwd", "meta": META}
    with remote(["json", "image"], ["textbox"]) as app:
        app.answers("there")
        demo = visitor(app)
        for value in (secret, {"a": [secret]}, [{"url": "http://h/", **secret}]):
            response = demo.predict(value, None)
            assert (response.status_code, response.json()["error"]["message"]) == (
                422,
                "Files cannot be named in JSON.",
            )
        assert demo.predict(None, secret).status_code == 422
        assert demo.predict(None, "http://169.254.169.254/").status_code == 422
        assert "/queue/join" not in app.paths()


def test_a_file_that_the_app_would_not_take_is_not_sent() -> None:
    with remote(["file"], ["textbox"], max_file_size=1_000) as app:
        demo = visitor(app)
        response = demo.predict(demo.upload(b"x" * 2_000, "a.bin", "application/octet-stream").json())
        assert response.json()["error"]["message"] == "This file is 0.00191 MB; the limit is 0.000954 MB."
        assert "/upload" not in app.paths()


@pytest.mark.parametrize("answer", [7, [], ["a", "b"], [7], {}])
def test_an_upload_that_is_answered_oddly(answer: Any) -> None:
    with remote(["file"], ["textbox"]) as app:
        app.routes["/upload"] = answer if isinstance(answer, list | dict) else Reply(body=b"7")
        demo = visitor(app)
        response = demo.predict(demo.upload(b"x", "a.bin", "application/octet-stream").json())
        assert response.json()["error"]["message"] == FAILED


def test_texts_of_the_app_run_no_script() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    with remote([("textbox", {"label": evil, "info": evil, "value": evil})], [], title=evil, description=evil) as app:
        page = Visitor(gr.load(app.url)).http.get("/").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
