"""What may be said to launch, in its arguments and in the environment."""

import inspect
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

import minidemo as gr
from minidemo import Interface
from minidemo.page.page import QueueLimits
from tests import plain
from tests.visitor import Visitor


@pytest.fixture
def demo() -> Iterator[Interface]:
    demo = gr.Interface(lambda x: 2 * x, gr.Number(label="x"), "number", title="Double", flagging_mode="never")
    yield demo
    demo.close()


def launch(demo: Interface, **options: Any) -> Any:
    return demo.launch(**{"prevent_thread_lock": True, "server_port": 0} | options)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def test_launch_gives_the_application_and_its_address(demo: Interface) -> None:
    launched = launch(demo, quiet=True)
    app, local_url, share_url = launched
    assert isinstance(app, FastAPI)
    assert local_url == demo.url
    assert share_url is None
    assert repr(launched) == "", "the page is shown instead"


def test_the_environment_names_address_and_port(demo: Interface, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setenv("MINIDEMO_SERVER_NAME", "::1")
    monkeypatch.setenv("MINIDEMO_SERVER_PORT", str(port))
    launch(demo, quiet=True, server_port=None)
    assert demo.url == f"http://[::1]:{port}/"


def test_arguments_come_before_the_environment(demo: Interface, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINIDEMO_SERVER_NAME", "nowhere.invalid")
    monkeypatch.setenv("MINIDEMO_SERVER_PORT", "1")
    launch(demo, quiet=True, server_name="127.0.0.1")
    assert str(demo.url).startswith("http://127.0.0.1:")


def test_a_port_of_the_environment_that_is_taken_is_told(demo: Interface, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("MINIDEMO_SERVER_PORT", str(taken.getsockname()[1]))
        with pytest.raises(gr.ConfigurationError, match="Address already in use"):
            launch(demo, server_port=None)


@pytest.mark.parametrize("name", ["MINIDEMO_SERVER_PORT", "MINIDEMO_NUM_PORTS"])
@pytest.mark.parametrize("value", ["http", "0", "70000", "-1", "٣"])
def test_a_port_of_the_environment_that_is_none_is_told(
    demo: Interface, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(gr.ConfigurationError, match=f"{name}='{value}'; expected a number such as 7860"):
        launch(demo, server_port=None)


def test_the_root_path_of_the_environment_is_told(
    demo: Interface, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MINIDEMO_ROOT_PATH", "https://example.org/tools/double/")
    _, local_url, _ = launch(demo)
    assert "Its address for others is https://example.org/tools/double/\n" in capsys.readouterr().out
    assert plain.get(local_url).status_code == 200
    assert plain.get(f"{local_url}tools/double/").status_code == 200, "for a proxy that takes nothing off the path"
    assert plain.get(f"{local_url}openapi.json").json()["servers"] == [{"url": "/tools/double"}]


@pytest.mark.parametrize(
    ("size", "limit"), [(1000, 1000), ("1kb", 1024), ("1.5 KB", 1536), ("1000", 1000), (gr.FileSize.KB, 1024)]
)
def test_files_may_be_as_large_as_it_says(demo: Interface, size: str | int, limit: int) -> None:
    visitor = Visitor(demo, max_file_size=size)
    assert visitor.upload(b"x" * limit).status_code == 201
    assert visitor.upload(b"x" * (limit + 1)).status_code == 413


@pytest.mark.parametrize("size", ["large", "5 m b", "", 0, "0mb", -1, True, 1.5, "5pb"])
def test_a_size_that_is_none_is_told(demo: Interface, size: Any) -> None:
    with pytest.raises(gr.ConfigurationError, match=r"max_file_size is .*; expected a number of bytes from 1, or one"):
        launch(demo, max_file_size=size)


def test_the_demos_own_icon(demo: Interface, tmp_path: Path) -> None:
    icon = tmp_path / "star.PNG"
    icon.write_bytes(b"\x89PNG star")
    visitor = Visitor(demo, favicon_path=icon)
    page = visitor.http.get("/").text
    [address] = [line for line in page.splitlines() if 'rel="icon"' in line]
    found = visitor.http.get(address.split('"')[3])
    assert found.content == b"\x89PNG star"
    assert found.headers["content-type"] == "image/png"
    lost = visitor.http.get("/some/where", headers={"Accept": "text/html"}).text
    assert 'rel="icon" href="../static/' in lost


@pytest.mark.parametrize(
    ("name", "words"), [("icon.txt", "expected a picture: .svg, .png"), ("none.png", "cannot be read: No such file")]
)
def test_an_icon_that_is_none_is_told(demo: Interface, tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(gr.ConfigurationError, match=f"favicon_path is .*{name}.*{words}"):
        launch(demo, favicon_path=tmp_path / name)


def test_files_of_blocked_folders_are_not_shown(tmp_path: Path) -> None:
    secret, public = tmp_path / "secret.txt", tmp_path / "public.txt"
    for path in (secret, public):
        path.write_text(path.stem)
    demo = gr.Interface(lambda hidden: secret if hidden else public, "checkbox", "file")
    visitor = Visitor(demo, blocked_paths=str(secret))
    [shown] = visitor.result(False)
    assert visitor.download(shown).text == "public"
    assert visitor.predict(True).status_code == 500
    for allowed in (tmp_path, [[tmp_path]]):
        [shown] = Visitor(demo, allowed_paths=allowed).result(True)
        assert shown["orig_name"] == "secret.txt"


@pytest.mark.parametrize("name", ["allowed_paths", "blocked_paths"])
def test_paths_that_are_none_are_told(demo: Interface, name: str) -> None:
    with pytest.raises(gr.ConfigurationError, match=rf"{name} holds 7; expected paths"):
        launch(demo, **{name: [7]})


@pytest.mark.parametrize("name", ["max_threads", "state_session_capacity"])
@pytest.mark.parametrize("value", [0, -1, 1.5, True, "40"])
def test_counts_that_are_none_are_told(demo: Interface, name: str, value: Any) -> None:
    with pytest.raises(gr.ConfigurationError, match=rf"{name} is {value!r}; expected a whole number from 1"):
        launch(demo, **{name: value})


@pytest.mark.parametrize("value", ["nginx", ["127.0.0.1", 7], 7])
def test_proxies_that_are_none_are_told(demo: Interface, value: Any) -> None:
    with pytest.raises(gr.ConfigurationError, match=r"trusted_proxies is .*; expected addresses such as"):
        launch(demo, trusted_proxies=value)


def test_functions_run_in_no_more_threads_than_it_says() -> None:
    together = threading.Barrier(2)

    def meet(patience: float) -> str:
        try:
            together.wait(patience)
        except threading.BrokenBarrierError:
            return "alone"
        return "together"

    demo = gr.Interface(meet, "number", "text", concurrency_limit=None, flagging_mode="never")

    def both(patience: float) -> set[str]:
        with plain.Client(base_url=str(demo.url)) as http:
            answers: list[str] = []
            asked = [threading.Thread(target=lambda: answers.append(_answer(http, patience))) for _ in range(2)]
            for thread in asked:
                thread.start()
            for thread in asked:
                thread.join()
        return set(answers)

    with demo.running(max_threads=1):
        assert both(0.2) == {"alone"}
    together.reset()
    with demo.running(max_threads=2):
        assert both(60) == {"together"}


def _answer(http: httpx2.Client, value: float) -> str:
    answer: str = http.post("predict", json={"data": [value]}).json()["data"][0]
    return answer


def test_a_queue_has_a_length_and_a_usual_limit() -> None:
    started, go_on = threading.Semaphore(0), threading.Event()

    def wait() -> str:
        started.release()
        go_on.wait(60)
        return "done"

    demo = gr.Interface(wait, None, "text", flagging_mode="never").queue(max_size=0, default_concurrency_limit=2)
    with demo.running() as url:
        calls = [threading.Thread(target=httpx2.post, args=(f"{url}predict",), kwargs={"json": {"data": []}})] * 1
        calls += [threading.Thread(target=httpx2.post, args=(f"{url}predict",), kwargs={"json": {"data": []}})]
        for call in calls:
            call.start()
        assert started.acquire(timeout=60)
        assert started.acquire(timeout=60), "two at once"
        assert plain.post(f"{url}predict", json={"data": []}).status_code == 503
        go_on.set()
        for call in calls:
            call.join()


def test_a_queue_leaves_the_page_that_there_was_as_it_is(demo: Interface) -> None:
    page = demo.page
    demo.queue(default_concurrency_limit=None).queue(max_size=5)
    assert (page.queue, demo.page.queue) == (QueueLimits(), QueueLimits(max_size=5, default_limit=None))
    assert demo.page.endpoints is page.endpoints


@pytest.mark.parametrize("options", [{"max_size": -1}, {"max_size": True}, {"default_concurrency_limit": 0}])
def test_a_queue_that_is_none_is_told(demo: Interface, options: dict[str, Any]) -> None:
    with pytest.raises(gr.ConfigurationError, match="expected a whole number from"):
        demo.queue(**options)


def test_app_kwargs_go_to_fastapi(demo: Interface) -> None:
    seen: list[str] = []
    app, url, _ = launch(demo, app_kwargs={"title": "Mine", "on_startup": [lambda: seen.append("up")]}, quiet=True)
    assert app.title == "Mine"
    assert plain.get(f"{url}openapi.json").json()["info"]["title"] == "Mine"


def test_what_gradio_takes_and_minidemo_does_not_need_has_no_effect(
    demo: Interface, capsys: pytest.CaptureFixture[str]
) -> None:
    launch(demo, show_api=False, ssr_mode=False, strict_cors=True, ssl_verify=False, pwa=None)
    assert capsys.readouterr().out == f"Running on {demo.url}\n"


def test_what_would_be_missed_is_told(demo: Interface, capsys: pytest.CaptureFixture[str]) -> None:
    launch(demo, pwa=True)
    assert capsys.readouterr().out.splitlines() == [
        "launch: pwa has no effect, the page cannot be installed.",
        f"Running on {demo.url}",
    ]
    launch(demo, pwa=True, quiet=True)
    assert capsys.readouterr().out == ""


def test_the_first_flag_says_where_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    demo = gr.Interface(lambda x: 2 * x, gr.Number(label="x"), "number")

    def flag() -> str:
        run = httpx2.post(f"{demo.url}predict", json={"data": [2]}).json()["run"]
        assert httpx2.post(f"{demo.url}flag", json={"run": run}).status_code == 201
        return capsys.readouterr().out

    launch(demo)
    capsys.readouterr()
    assert flag() == f"Flags are saved in {Path('flagged').absolute()}\n"
    assert flag() == ""
    launch(demo, quiet=True)
    assert flag() == ""
    demo.close()


def test_where_agents_find_it_is_told(demo: Interface, capsys: pytest.CaptureFixture[str]) -> None:
    launch(demo, mcp_server=True)
    assert capsys.readouterr().out == f"Running on {demo.url}\nAgents find it, over MCP, at {demo.url}mcp\n"
    assert plain.post(f"{demo.url}mcp", json={"jsonrpc": "2.0", "id": 1, "method": "ping"}).status_code == 200
    launch(demo, mcp_server=True, root_path="https://example.org/double/")
    assert "at https://example.org/double/mcp\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("value", "status"), [("true", 200), (" True ", 200), ("1", 200), ("", 404), ("0", 404), ("false", 404)]
)
def test_the_environment_lets_agents_in(
    demo: Interface, monkeypatch: pytest.MonkeyPatch, value: str, status: int
) -> None:
    monkeypatch.setenv("MINIDEMO_MCP_SERVER", value)
    launch(demo, quiet=True)
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    assert plain.post(f"{demo.url}mcp", json=ping).status_code == status
    launch(demo, quiet=True, mcp_server=False)
    assert plain.post(f"{demo.url}mcp", json=ping).status_code == 404


def test_an_environment_that_says_neither_is_told(demo: Interface, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINIDEMO_MCP_SERVER", "yes")
    with pytest.raises(gr.ConfigurationError, match="says MINIDEMO_MCP_SERVER='yes'; expected true or false"):
        launch(demo)


def test_what_nobody_knows_is_refused(demo: Interface) -> None:
    with pytest.raises(
        gr.ConfigurationError, match=r"launch has no parameter 'sever_port'. Did you mean 'server_port'"
    ):
        demo.launch(sever_port=80)  # type: ignore[call-arg]
    with pytest.raises(gr.ConfigurationError, match=r"create_app has no parameter 'quite'. Did you mean 'quiet'"):
        gr.create_app(demo.page, quite=True)  # type: ignore[call-arg]
    with pytest.raises(gr.ConfigurationError, match=r"mount_app has no parameter 'roat_path'"):
        gr.mount_app(FastAPI(), demo, "/demo", roat_path="/")  # type: ignore[call-arg]


def test_an_unknown_argument_is_answered_with_one_that_has_an_effect(demo: Interface) -> None:
    with pytest.raises(gr.ConfigurationError, match=r"'port'\. Did you mean 'server_port'\?$"):
        demo.launch(port=80)  # type: ignore[call-arg]
    with pytest.raises(gr.ConfigurationError) as mounted:
        gr.mount_app(FastAPI(), demo, "/demo", port=80)  # type: ignore[call-arg]
    assert "server_port" not in str(mounted.value)
    for name in ("server_port", "ssl_keyfile"):
        with pytest.raises(gr.ConfigurationError, match=rf"It belongs to launch: write demo\.launch\({name}=…\)\.$"):
            gr.Interface(str.upper, "text", "text", **{name: 1})  # type: ignore[arg-type]
    with pytest.raises(gr.ConfigurationError, match=r"It belongs to queue: write demo\.queue\(max_size=…\)\.$"):
        gr.TabbedInterface([demo], max_size=1)  # type: ignore[arg-type]


def test_share_tells_how_to_publish_it_and_serves_it_here(demo: Interface, capsys: pytest.CaptureFixture[str]) -> None:
    launch(demo, share=True)
    running, *lines = capsys.readouterr().out.splitlines()
    assert running == f"Running on {demo.url}"
    assert len(lines) == 2
    assert f"cloudflared tunnel --url {str(demo.url).rstrip('/')}" in lines[1]
    through = {"Host": "abc.trycloudflare.com", "Origin": "https://abc.trycloudflare.com"}
    answer = plain.post(f"{demo.url}predict", json={"data": [21]}, headers=through)
    assert answer.json()["data"] == [42], "under whatever name the tunnel has"


def test_only_sites_that_are_named_may_show_it_in_a_frame(demo: Interface) -> None:
    visitor = Visitor(demo, allowed_frames=["https://example.org"])
    policy = visitor.http.get("/").headers["content-security-policy"]
    assert "frame-ancestors 'self' https://example.org;" in policy
    with pytest.raises(gr.ConfigurationError, match="allowed_frames holds 'https://a b'"):
        launch(demo, allowed_frames=["https://a b"])


def certificate(folder: Path, *, password: str | None = None) -> dict[str, Any]:
    """Make a certificate for this machine, as `openssl` does it."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    locked: list[str] = ["-passout", f"pass:{password}"] if password else ["-nodes"]
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    made = ["-newkey", "rsa:2048", "-keyout", str(key), "-out", str(cert), "-days", "2"]
    subprocess.run(["openssl", "req", "-x509", *made, *locked, *subject], check=True, capture_output=True)
    return {"ssl_keyfile": key, "ssl_certfile": cert}


def test_https(demo: Interface, tmp_path: Path) -> None:
    files = certificate(tmp_path, password="secret")
    with demo.running(**files, ssl_keyfile_password="secret") as url:
        assert url.startswith("https://127.0.0.1:")
        trusted = ssl.create_default_context(cafile=str(files["ssl_certfile"]))
        assert plain.post(f"{url}predict", json={"data": [21]}, verify=trusted).json()["data"] == [42]


def test_https_that_cannot_be_is_told(demo: Interface, tmp_path: Path) -> None:
    files = certificate(tmp_path, password="secret")
    with pytest.raises(gr.ConfigurationError, match=r"cert\.pem' cannot be used: .*Check ssl_keyfile"):
        launch(demo, **files)
    with pytest.raises(gr.ConfigurationError, match=r"ssl_keyfile is .*none\.pem', but there is no such file"):
        launch(demo, ssl_certfile=files["ssl_certfile"], ssl_keyfile=tmp_path / "none.pem")
    with pytest.raises(gr.ConfigurationError, match="need a certificate: ssl_certfile"):
        launch(demo, ssl_keyfile=files["ssl_keyfile"])


def test_in_the_interactive_interpreter_launch_returns_at_once(tmp_path: Path) -> None:
    script = "import minidemo as gr; demo = gr.Interface(abs, 'number', 'number')\ndemo.launch(server_port=0)\n2 + 2\n"
    done = subprocess.run(
        [sys.executable, "-i", "-q"], input=script, capture_output=True, text=True, timeout=60, cwd=tmp_path
    )
    assert "Running on http://127.0.0.1:" in done.stdout
    assert done.stdout.endswith("\n4\n")


def test_the_first_parameters_come_in_gradios_order() -> None:
    parameters = [*inspect.signature(Interface.launch).parameters][1:12]
    assert parameters == [
        *("inline", "inbrowser", "share", "debug", "max_threads", "auth", "auth_message"),
        *("prevent_thread_lock", "show_error", "server_name", "server_port"),
    ]


def test_the_states_of_so_many_visits_are_kept() -> None:
    demo = gr.Interface(lambda seen: (seen, seen + 1), gr.State(0), ["number", gr.State()], flagging_mode="never")
    visitor = Visitor(demo, state_session_capacity=1)
    seen = [visitor.predict(session=f"visitor-{name}").json()["data"][0] for name in "aabba"]
    assert seen == [0, 1, 0, 1, 0]
