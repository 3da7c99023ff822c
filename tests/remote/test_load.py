"""What `load` takes, and what it says when an app cannot be loaded."""

import socket
import sys
from collections.abc import Iterator
from typing import Any

import pytest

import minidemo as gr
from tests.remote.fake import META, Asked, Remote, Reply, remote, visitor
from tests.visitor import Visitor

INTERFACE: list[Any] = [
    ("markdown", {"value": "<h1>Echo</h1>"}),
    ("markdown", {"value": "Says it *again*."}),
    ("markdown", {"value": "Or not."}),
    ("markdown", {"value": None}),
    "textbox",
    ("markdown", {"value": "The end."}),
    ("markdown", {"value": "Really."}),
]


def fault(app: Remote, **options: Any) -> str:
    with pytest.raises(gr.ConfigurationError) as caught:
        gr.load(app.url, **options)
    return str(caught.value).replace(app.url, "URL")


def test_title_and_texts_are_taken_over() -> None:
    with remote(INTERFACE, [], title="Echo", mode="interface") as app:
        app.config["dependencies"][0].update(inputs=[4], outputs=[])
        page = visitor(app).http.get("/").text
    assert "<title>Echo</title>" in page
    assert "Says it <em>again</em>." in page
    assert "The end." in page
    assert "Or not." not in page
    assert "Really." not in page


def test_texts_of_your_own_come_first() -> None:
    with remote(INTERFACE, title="Echo", mode="interface") as app:
        demo = gr.load(app.url, title="Mine", description="My words", flagging_mode="never")
    assert (demo.title, demo.page.description) == ("Mine", "My words")


def test_a_page_says_its_texts_by_themselves_too() -> None:
    with remote(title="Gradio", description="Above", article="Below", mode="blocks") as app:
        page = gr.load(app.url).page
    assert (page.title, page.description, page.article) == ("Echo", "Above", "Below")


def test_a_page_that_uses_no_component() -> None:
    with remote([], [], mode="interface") as app:
        app.config["components"] = [{"id": 7, "type": "markdown", "props": {"value": "Press it."}}]
        app.answers()
        demo = gr.load(app.url)
        assert demo.page.description == "Press it."
        assert demo() is None


def test_an_app_below_a_path_with_a_prefix() -> None:
    with remote(api_prefix="/gradio_api") as app:
        app.answers("there")
        app.routes = {
            f"/a%20b{path if path == '/config' else f'/gradio_api{path}'}": r for path, r in app.routes.items()
        }
        assert Visitor(gr.load(f"{app.url}/a b/")).result("here") == ["there"]


def test_the_only_public_endpoint_is_taken_and_others_by_name() -> None:
    with remote() as app:
        app.config["dependencies"] += [
            {"api_name": "hidden", "api_visibility": "undocumented", "inputs": [0], "outputs": [1]},
            {"api_name": "secret", "api_visibility": "private", "inputs": [0], "outputs": [1]},
        ]
        app.answers("there")
        assert gr.load(app.url).page.endpoint(None).name == "echo"
        visitor(app, api_name="hidden").result("here")
        asked = next(each for each in app.asked if each.path == "/queue/join")
        assert asked.json["fn_index"] == 1
        assert "no endpoint 'secret'" in fault(app, api_name="secret")
        app.routes["/info"] = {"named_endpoints": {}}
        assert "it offers no endpoint by a name. Say which one" in fault(app)


@pytest.mark.parametrize(
    "url", ["owner/space", "ftp://host", 7, "http://", "http://host:99999", "http://host/?a=b", "http://host#x"]
)
def test_what_is_no_address_is_refused(url: Any) -> None:
    with pytest.raises(gr.ConfigurationError, match="load got"):
        gr.load(url)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(gr.ConfigurationError, match=r"auth=\(name, password\)") as caught:
        gr.load("https://ann:secret@host")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("options", [{"src": "spaces"}, {"provider": "x"}, {"accept_token": True}])
def test_what_gradios_load_takes_is_told_from_ours(options: dict[str, Any]) -> None:
    with pytest.raises(gr.ConfigurationError, match=r"by its address.*'https://user-space\.hf\.space'"):
        gr.load("spaces/user/Space", **options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"inputs": "text"}, "load got inputs=…, but that comes from the remote app"),
        ({"headers": {"X-A": "a\r\nX-B: b"}}, "header 'X-A'"),
        ({"headers": {"X-A": 1}}, "header 'X-A'"),
        ({"headers": {"X-Ä": "a"}}, "header 'X-Ä'"),
        ({"auth": "ann"}, "expected .name, password."),
        ({"auth": ("ann", 1)}, "expected .name, password."),
        ({"timeout": 0}, "timeout=0; expected seconds above 0"),
        ({"timeout": True}, "timeout=True"),
        ({"timeout": float("inf")}, "timeout=inf"),
        ({"timeout": "60"}, "timeout='60'"),
        ({"max_file_size": "big"}, "max_file_size is 'big'"),
    ],
)
def test_arguments_that_make_no_sense(options: dict[str, Any], message: str) -> None:
    with pytest.raises(gr.ConfigurationError, match=message):
        gr.load("http://localhost:1", **options)


def test_headers_and_the_token_are_sent_with_every_request() -> None:
    with remote() as app:
        app.answers("there")
        visitor(app, token="t0k", headers={"X-Team": "blue"}).result("here")
        sent = {(each.headers["authorization"], each.headers["x-team"]) for each in app.asked}
    assert sent == {("Bearer t0k", "blue")}


def test_connections_stay_open() -> None:
    with remote() as app:
        gr.load(app.url)
        assert app.paths() == ["/config", "/info"]
        assert len(app.connections) == 1


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx2", None)
    with pytest.raises(gr.ConfigurationError, match=r"load needs .* Run: pip install 'minidemo\[remote\]'"):
        gr.load("http://localhost:7860")


def test_nobody_is_there() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    with pytest.raises(
        gr.ConfigurationError, match=rf"app at {url} .*ConnectionRefusedError.* Is an app of minidemo's"
    ):
        gr.load(url)
    with pytest.raises(gr.ConfigurationError, match=r"app at https://.* cannot be loaded: \w+Error"):
        gr.load(f"https{url[4:]}")


CONFIG = Remote(["textbox"], []).config


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (Reply(body=b"<html>"), "it answered '<html>', which is no JSON"),
        (Reply(body=b"[" * 100_000), "it answered '[[["),
        ([], "its /config is not that of a Gradio app (all of it: "),
        ({"version": "6.0.0"}, "its /config is not that of a Gradio app (protocol: Field required)"),
        ({**CONFIG, "protocol": "ws"}, "it is one of Gradio 6.0.0, whose protocol is 'ws'; expected sse_v2"),
        (Reply(status=404), "the status 404. Is it an app of minidemo's or Gradio's? Its root is wanted"),
        (Reply(status=500, body=b"x" * 100_000), "the status 500"),
        (Reply(status=401, body=b"{}"), "a login is needed. Give auth=(name, password)."),
        (
            Reply(status=302, headers={"Location": "http://elsewhere/"}),
            "the status 302, to go to http://elsewhere/. Redirections are not followed",
        ),
    ],
)
def test_something_else_is_there(config: Any, message: str) -> None:
    with remote() as app:
        app.routes["/config"] = config
        assert f"The app at URL cannot be loaded: {message}" in fault(app).replace("it answered with ", "")
        assert len(app.asked) == 1


def test_a_config_that_does_not_fit_together() -> None:
    with remote() as app:
        app.config["dependencies"][0]["inputs"] = [12]
        assert "it names a component 12 that it does not have" in fault(app)


def test_an_answer_that_takes_forever() -> None:
    with remote() as app:

        def drip() -> Iterator[bytes]:
            while not app.cancelled.wait(0.02):
                yield b" "

        app.routes["/config"] = lambda _: Reply(body=drip())
        assert "its answer took longer than 2 seconds" in fault(app, timeout=2)
        app.cancelled.set()


def test_no_answer_at_all() -> None:
    with remote() as app:
        app.routes["/config"] = lambda _: Reply(body=iter(lambda: b"x" * app.cancelled.wait(5), b"x"))
        assert "it gave no sign of life for 1 seconds" in fault(app, timeout=1)
        app.cancelled.set()


def test_an_answer_that_breaks_off() -> None:
    with remote() as app:
        app.routes["/config"] = Reply(body=b'{"version"', headers={"Content-Length": "1000"})
        assert "it broke off in the middle of an answer" in fault(app)


def test_an_answer_that_is_too_large() -> None:
    with remote() as app:
        assert "larger than 100 bytes, which max_file_size allows" in fault(app, max_file_size=100)


def login(status: int, *cookies: str) -> Any:
    def answer(asked: Asked) -> Reply:
        assert asked.body == b"username=ann&password=s%26cret"
        return Reply(status=status, body=b"{}", headers=dict(zip(("Set-Cookie", "set-cookie"), cookies, strict=False)))

    return answer


def test_the_cookies_of_a_login_are_sent_back() -> None:
    with remote() as app:
        app.routes["/login"] = login(200, "token=abc; HttpOnly; Path=/", "safe=1; Secure")
        app.answers("there")
        visitor(app, auth=("ann", "s&cret")).result("here")
        assert {each.headers.get("cookie") for each in app.asked[1:]} == {"token=abc"}


def test_cookies_for_other_hosts_are_ignored() -> None:
    with remote() as app:
        app.routes["/login"] = login(200, "token=abc; Domain=example.org")
        gr.load(app.url, auth=("ann", "s&cret"))
        assert "cookie" not in app.asked[-1].headers


def test_an_app_without_a_login_needs_none() -> None:
    with remote() as app:
        app.routes["/login"] = login(302)
        gr.load(app.url, auth=("ann", "s&cret"))


def test_a_login_that_fails() -> None:
    with remote() as app:
        app.routes["/login"] = login(401)
        assert "it does not let 'ann' in with this password" in fault(app, auth=("ann", "s&cret"))
        app.routes["/login"] = login(500)
        assert "the status 500" in fault(app, auth=("ann", "s&cret"))


def test_who_is_forgotten_logs_in_again() -> None:
    with remote(["file"], ["textbox"]) as app:
        app.routes["/login"] = login(200, "token=abc")
        demo = Visitor(gr.load(app.url, auth=("ann", "s&cret")))
        app.answers("there")
        places = iter([Reply(status=401), Reply(body=b'["there/a.txt"]')])
        app.routes["/upload"] = lambda _: next(places)
        assert demo.result(demo.upload(b"hello", "a.txt", "text/plain").json()) == ["there"]
    first, _, second = app.asked[-5:-2]
    assert first.body.count(b"hello") == second.body.count(b"hello") == 1
    assert app.sent()[0] == {
        "path": "there/a.txt", "orig_name": "a.txt", "size": 5, "mime_type": "text/plain", "meta": META,
    }  # fmt: skip
