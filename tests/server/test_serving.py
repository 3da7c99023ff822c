"""launch: a server on a free port, until Ctrl-C or close."""

import http.client
import io
import multiprocessing
import runpy
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

import minidemo as gr
from minidemo import Interface
from minidemo.server import serving
from tests import plain


@pytest.fixture
def demo() -> Iterator[Interface]:
    demo = gr.Interface(lambda x: 2 * x, "number", "number", flagging_mode="never")
    yield demo
    demo.close()


def double(url: str | None) -> float:
    response = plain.post(f"{url}predict", json={"data": [21]})
    result: float = response.json()["data"][0]
    return result


def test_running_serves_for_the_length_of_a_block(demo: Interface) -> None:
    with demo.running() as url:
        assert double(url) == 42
    with pytest.raises(httpx2.ConnectError):
        plain.get(url)
    assert demo.url is None


def test_launch_without_the_lock_returns_at_once(demo: Interface, capsys: pytest.CaptureFixture[str]) -> None:
    demo.launch(prevent_thread_lock=True, server_port=0)
    assert capsys.readouterr().out == f"Running on {demo.url}\n"
    assert double(demo.url) == 42


def test_launching_again_replaces_the_first(demo: Interface) -> None:
    demo.launch(prevent_thread_lock=True, quiet=True, server_port=0)
    first = demo.url
    demo.launch(prevent_thread_lock=True, quiet=True, server_port=0)
    assert double(demo.url) == 42
    assert first is not None
    with pytest.raises(httpx2.ConnectError):
        plain.get(first)


def test_the_first_free_port_is_taken(demo: Interface, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("MINIDEMO_SERVER_PORT", str(taken.getsockname()[1]))
        monkeypatch.setenv("MINIDEMO_NUM_PORTS", "50")
        demo.launch(prevent_thread_lock=True, quiet=True)
        assert double(demo.url) == 42
        assert demo.url != f"http://127.0.0.1:{taken.getsockname()[1]}/"


def test_a_port_in_use_is_told(demo: Interface) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(gr.ConfigurationError, match=rf"127\.0\.0\.1:{port}: Address already in use\. Pick another"):
            demo.launch(server_port=port)


def test_a_port_that_is_none_is_told(demo: Interface) -> None:
    with pytest.raises(gr.ConfigurationError, match=r"127\.0\.0\.1:99999: bind\(\): port must be 0-65535"):
        demo.launch(server_port=99999)


def test_a_port_may_be_text(demo: Interface) -> None:
    demo.launch(server_port=" 0 ", prevent_thread_lock=True, quiet=True)
    assert double(demo.url) == 42


@pytest.mark.parametrize("port", ["http", "-1", "7860.5", "", True, 7860.5, "\u0667"])
def test_a_port_that_is_no_number_is_told(demo: Interface, port: Any) -> None:
    with pytest.raises(gr.ConfigurationError) as caught:
        demo.launch(server_port=port)
    assert str(caught.value) == f"server_port is {port!r}; expected a number such as 7860."


def test_no_free_port_is_told(demo: Interface, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken, socket.socket() as next_to_it:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with suppress(OSError):
            next_to_it.bind(("127.0.0.1", port + 1))
        next_to_it.listen()
        monkeypatch.setenv("MINIDEMO_SERVER_PORT", str(port))
        monkeypatch.setenv("MINIDEMO_NUM_PORTS", "2")
        with pytest.raises(gr.ConfigurationError, match=f"No port from {port} to {port + 1} is free"):
            demo.launch()


def test_an_unknown_name_is_told(demo: Interface) -> None:
    with pytest.raises(gr.ConfigurationError, match=r"Can't listen on nowhere\.invalid"):
        demo.launch(server_name="nowhere.invalid")


def test_a_demo_for_the_whole_network_says_so(demo: Interface, capsys: pytest.CaptureFixture[str]) -> None:
    demo.launch(server_name="0.0.0.0", server_port=0, prevent_thread_lock=True)
    assert str(demo.url).startswith("http://localhost:")
    assert "Everybody in your network can open it." in capsys.readouterr().out
    assert double(demo.url) == 42


def test_ipv6(demo: Interface) -> None:
    with demo.running(server_name="::1") as url:
        assert url.startswith("http://[::1]:")
        assert double(url) == 42


def test_the_browser_is_opened_if_asked(demo: Interface, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    with demo.running(inbrowser=True) as url:
        assert opened == [url]


def test_answers_are_not_held_back(demo: Interface) -> None:
    """Without TCP_NODELAY each answer waits 40 ms for the other side: 50 of them take two seconds."""
    with demo.running() as url, plain.Client(base_url=url) as client:
        sock = serving.bind("127.0.0.1", range(1))
        assert sock.proto == socket.IPPROTO_TCP
        sock.close()
        assert [client.post("predict", json={"data": [x]}).json()["data"] for x in range(50)] == [
            [2 * x] for x in range(50)
        ]


def test_it_mounts_under_a_prefix(demo: Interface) -> None:
    site = FastAPI()
    site.mount("/tools/double", demo.app)
    client = TestClient(site)
    page = client.get("/tools/double/")
    assert page.status_code == 200
    assert 'href="/' not in page.text, "addresses are relative to the page"
    assert client.post("/tools/double/predict", json={"data": [21]}).json()["data"] == [42]
    lost = client.get("/tools/double/some/link", headers={"Accept": "text/html"})
    assert 'href="../"' in lost.text


def test_closing_ends_a_launch_that_waits(demo: Interface, capsys: pytest.CaptureFixture[str]) -> None:
    waiting = threading.Thread(target=demo.launch, kwargs={"server_port": 0})
    waiting.start()
    assert "Running on" in wait_for_line(capsys)
    assert double(demo.url) == 42
    demo.close()
    waiting.join(120)
    assert not waiting.is_alive()


def wait_for_line(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was printed, once something was."""
    line = ""
    while not line:
        line = capsys.readouterr().out
    return line


def show_client(request: gr.Request) -> str:
    return str(request.client and request.client.host)


@pytest.mark.parametrize(
    ("proxies", "environment", "client", "scheme"),
    [
        (None, "", "127.0.0.1", "https"),
        ([], "*", "127.0.0.1", "https"),
        ("127.0.0.1", "", "192.0.2.7", "https"),
        (["10.0.0.1", "127.0.0.0/8"], "", "192.0.2.7", "https"),
        ("*", "", "192.0.2.7", "https"),
        (None, "127.0.0.1", "192.0.2.7", "https"),
        ("10.0.0.1", "", "127.0.0.1", "http"),
    ],
)
def test_an_address_is_taken_from_proxies_that_the_author_names(
    proxies: Any, environment: str, client: str, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", environment)
    demo = gr.Interface(show_client, None, "text", flagging_mode="never")
    headers = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
    with demo.running(trusted_proxies=proxies) as url:
        assert plain.post(f"{url}predict", json={"data": []}, headers=headers).json()["data"] == [client]
        assert f"{scheme}://127.0.0.1:" in plain.get(f"{url}?view=api", headers=headers).text
        assert "https://127.0.0.1:" not in plain.get(f"{url}?view=api").text


def test_a_visitor_who_claims_other_addresses_guesses_no_more_often(demo: Interface) -> None:
    with demo.running(auth=("ann", "secret")) as url:
        statuses = [
            plain.post(
                f"{url}login",
                data={"username": f"user {i}", "password": "x"},
                headers={
                    "X-Forwarded-For": f"192.0.2.{i}",
                    "Forwarded": f"for=192.0.2.{i}",
                    "X-Real-IP": f"192.0.2.{i}",
                },
            ).status_code
            for i in range(11)
        ]
    assert statuses == [401] * 10 + [429]


def closed() -> io.StringIO:
    """Return a stream that was closed, as that of a terminal which is gone."""
    stream = io.StringIO()
    stream.close()
    return stream


@pytest.mark.parametrize("make", [lambda: None, closed])
def test_a_program_without_a_terminal_serves(make: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    demo = gr.Interface(lambda x: 2 * x, "number", "number", examples=[4], cache_examples=True)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", make())
        patch.setattr(sys, "stderr", make())
        demo.launch(prevent_thread_lock=True, server_port=0)
        assert double(demo.url) == 42
        demo.close()


AGAIN = """
import minidemo as gr
import sys
def double(x): return 2 * x
demo = gr.Interface(double, "number", "number", examples=[4], cache_examples=True)
app = demo.app
launched = demo.launch(server_port=1)
"""


def test_a_script_that_a_worker_imports_serves_nothing(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(AGAIN)
    names = runpy.run_path(str(script), run_name="__mp_main__")
    assert names["demo"].url is None
    assert isinstance(names["launched"].app, FastAPI)
    assert not Path(".minidemo").exists(), "nor are its examples run"


SPAWNING = """
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from statistics import mean
import minidemo as gr
multiprocessing.set_start_method("{method}", force=True)
gr.Interface(mean, "json", "number", executor=ProcessPoolExecutor(2), concurrency_limit=2).launch(server_port=0)
"""


@pytest.mark.slow
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_worker_processes_do_not_launch_the_demo_again(method: str, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SPAWNING.format(method=method))
    with ExitStack() as stack:
        process = stack.enter_context(subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True))
        stack.callback(process.kill)
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("Running on ").strip()
        for _ in range(2):
            assert plain.post(f"{url}predict", json={"data": [[1, 2, 3]]}).json()["data"] == [2]
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=120)
    assert "Running on" not in out


def served(port: "multiprocessing.Queue[str]") -> None:
    """Serve a demo in this process, and tell where."""
    demo = gr.Interface(lambda x: 2 * x, "number", "number", flagging_mode="never")
    with demo.running() as url:
        port.put(url)
        threading.Event().wait(60)


@pytest.mark.slow
def test_a_process_that_was_started_to_serve_serves() -> None:
    context = multiprocessing.get_context("spawn")
    urls = context.Queue()
    process = context.Process(target=served, args=(urls,), daemon=True)
    process.start()
    try:
        assert double(urls.get(timeout=120)) == 42
    finally:
        process.terminate()
        process.join(60)


SCRIPT = """
import time, minidemo as gr
def sleep(x):
    print("It sleeps.", flush=True)
    time.sleep(x)
gr.Interface(sleep, "number", "number").launch(server_port=0)
print("The script goes on.")
"""


@pytest.mark.parametrize("busy", [False, True])
def test_ctrl_c_ends_it_without_a_stack_trace(busy: bool) -> None:
    with ExitStack() as stack:
        process = stack.enter_context(
            subprocess.Popen([sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        )
        stack.callback(process.kill)
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("Running on ").strip()
        if busy:
            link = stack.enter_context(closing(http.client.HTTPConnection(urlsplit(url).netloc)))
            link.request("POST", "/predict", b'{"data": [6000]}', {"Content-Type": "application/json"})
            assert process.stdout.readline() == "It sleeps.\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)  # much less than the function sleeps
    assert "Traceback" not in err
    assert "The script goes on." in out
    assert process.returncode == 0


def test_the_examples_run_as_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "ps1", ">>> ", raising=False)  # where somebody types, launch returns at once
    examples = sorted((Path(gr.__file__).parents[1] / "examples").glob("*.py"))
    assert "calculator.py" in [example.name for example in examples]
    for example in examples:
        demo = runpy.run_path(str(example), run_name="__main__")["demo"]
        try:
            assert plain.get(demo.url).status_code == 200
        finally:
            demo.close()
