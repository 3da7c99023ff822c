"""In a notebook launch shows the page below the cell, and goes on."""

import socket
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from types import ModuleType, SimpleNamespace
from typing import Any

import httpx2
import pytest

import minidemo as gr
from minidemo import Interface
from tests import plain


class Kernel:
    """What a program in a notebook sees of IPython."""

    def __init__(self) -> None:
        self.kernel: object = object()
        self.shown: list[dict[str, str]] = []
        self.display_pub = SimpleNamespace(publish=self.publish)

    def publish(self, *, data: dict[str, str], metadata: dict[str, Any]) -> None:
        self.shown.append(data)


@pytest.fixture
def demo() -> Iterator[Interface]:
    demo = gr.Interface(lambda x: 2 * x, "number", "number", title="Double", flagging_mode="never")
    yield demo
    demo.close()


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> Kernel:
    for name in ("SSH_CONNECTION", "CODESPACES", "JUPYTERHUB_SERVICE_PREFIX"):  # of the machine that runs the tests
        monkeypatch.delenv(name, raising=False)
    kernel = Kernel()
    ipython = ModuleType("IPython")
    ipython.get_ipython = lambda: kernel  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    return kernel


def test_launch_shows_the_page_and_returns(demo: Interface, kernel: Kernel) -> None:
    demo.launch(server_port=0, height=700, width="50%")
    [shown] = kernel.shown
    assert shown["text/plain"] == f"Running on {demo.url}"
    assert f'<iframe src="{demo.url}" width="50%" height="700"' in shown["text/html"]
    assert plain.get(str(demo.url)).status_code == 200


def test_the_notebook_may_show_it_in_a_frame_and_other_sites_may_not(demo: Interface, kernel: Kernel) -> None:
    demo.launch(server_port=0, quiet=True, root_path="https://hub.example.org/user/ann/proxy/7860/")
    policy = plain.get(str(demo.url)).headers["content-security-policy"]
    [sites] = [part for part in policy.split("; ") if part.startswith("frame-ancestors")]
    assert sites.split() == [
        *("frame-ancestors", "'self'", "http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*"),
        *("https://localhost:*", "vscode-webview:", "https://hub.example.org"),
    ]
    assert 'src="https://hub.example.org/user/ann/proxy/7860/"' in kernel.shown[0]["text/html"]


def test_a_plot_may_be_shown_in_the_frame_too(demo: Interface, kernel: Kernel) -> None:
    demo.launch(server_port=0, quiet=True)
    policy = plain.get(f"{demo.url}plots/plotly").headers["content-security-policy"]
    assert "frame-ancestors 'self' http://localhost:*" in policy


def test_it_is_not_shown_where_nobody_wants_that(demo: Interface, kernel: Kernel) -> None:
    demo.launch(server_port=0, inline=False)
    assert kernel.shown == []
    assert "frame-ancestors 'none'" in plain.get(str(demo.url)).headers["content-security-policy"]


def test_a_demo_that_is_evaluated_shows_its_page_while_it_is_served(demo: Interface, kernel: Kernel) -> None:
    words = {"text/plain": "Interface 'Double': not running. Call its launch()."}
    assert demo._repr_mimebundle_() == words
    demo.launch(server_port=0, quiet=True)
    assert demo._repr_mimebundle_(include=None, exclude=None) == kernel.shown[0]
    demo.close()
    assert demo._repr_mimebundle_() == words


def test_ipython_in_a_terminal_shows_no_frame(demo: Interface, kernel: Kernel) -> None:
    kernel.kernel = None
    demo.launch(server_port=0, prevent_thread_lock=True, quiet=True, inline=True)
    assert kernel.shown == []


def test_ipython_that_was_only_imported_changes_nothing(demo: Interface, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "IPython", ModuleType("IPython"))
    demo.launch(server_port=0, prevent_thread_lock=True, quiet=True)
    assert "frame-ancestors 'none'" in plain.get(str(demo.url)).headers["content-security-policy"]


def test_an_address_cannot_break_out_of_the_frame(demo: Interface, kernel: Kernel) -> None:
    demo.launch(server_port=0, quiet=True, root_path='https://x.example/"><script>', width='"><b>')
    assert "<script>" not in kernel.shown[0]["text/html"].partition("</iframe>")[0]
    assert "<b>" not in kernel.shown[0]["text/html"]


def test_a_frame_is_as_high_as_its_page_unless_the_author_says_otherwise(demo: Interface, kernel: Kernel) -> None:
    demo.launch(server_port=0, quiet=True)
    demo.launch(server_port=0, quiet=True, height=700)
    fitting, fixed = (shown["text/html"] for shown in kernel.shown)
    assert 'height="500" data-minidemo' in fitting
    assert "minidemoHeight" in fitting
    assert 'height="700" allow' in fixed
    assert "<script>" not in fixed


def test_the_last_line_of_a_cell_shows_nothing_more(demo: Interface, kernel: Kernel, capsys: Any) -> None:
    launched = demo.launch(server_port=0, quiet=True, inline=False)
    launched._ipython_display_()
    assert (capsys.readouterr().out, kernel.shown) == ("", [])


def test_colab_shows_the_port_by_its_own_proxy(
    demo: Interface, kernel: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[tuple[int, dict[str, str]]] = []
    output = ModuleType("google.colab.output")
    output.serve_kernel_port_as_iframe = lambda port, **size: served.append((port, size))  # type: ignore[attr-defined]
    for name, module in {"google.colab": ModuleType("google.colab"), "google.colab.output": output}.items():
        monkeypatch.setitem(sys.modules, name, module)
    launched = demo.launch(server_port=0, quiet=True, height=700)
    port = int(launched.local_url.rstrip("/").rpartition(":")[2])
    assert (served, kernel.shown) == ([(port, {"width": "100%", "height": "700"})], [])
    proxied = {"Host": "7860-m-s-x.colab.dev", "Origin": "https://7860-m-s-x.colab.dev"}
    response = httpx2.post(f"{launched.local_url}predict", json={"data": [2]}, headers=proxied)
    assert response.json()["data"] == [4]
    assert "https://*.googleusercontent.com" in response.headers["content-security-policy"]


HUB = {"JUPYTERHUB_SERVICE_PREFIX": "/user/ann/"}
PROXY = "The frame needs jupyter-server-proxy, installed beside the notebook's server."


@pytest.mark.parametrize(
    ("variables", "options", "path", "said"),
    [
        (HUB, {}, "/user/ann/proxy/{port}/", PROXY),
        (HUB, {"root_path": "/elsewhere"}, "/elsewhere/", ""),
        ({}, {"root_path": "/proxy/7860/"}, "/proxy/7860/", ""),
        ({}, {}, "http://127.0.0.1:{port}/", ""),
        ({"KAGGLE_KERNEL_RUN_TYPE": "Interactive"}, {}, "http://127.0.0.1:{port}/", "launch(share=True) tells how."),
        ({"CODESPACES": "true"}, {}, "http://127.0.0.1:{port}/", "forward port {port} in the view Ports of VS Code."),
        ({"SSH_CONNECTION": "1 2 3 4"}, {}, "http://127.0.0.1:{port}/", "ssh -N -L {port}:127.0.0.1:{port} HOST"),
    ],
)
def test_the_frame_looks_where_the_browser_finds_the_demo(
    variables: dict[str, str],
    options: Any,
    path: str,
    said: str,
    demo: Interface,
    kernel: Kernel,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    launched = demo.launch(server_port=0, **options)
    port = launched.local_url.rstrip("/").rpartition(":")[2]
    assert f'src="{path.format(port=port)}"' in kernel.shown[0]["text/html"]
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"Running on {launched.local_url}"
    assert "".join(lines[1:]).endswith(said.format(port=port)) if said else len(lines) == 1


def test_a_hub_may_ask_by_its_own_name(demo: Interface, kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/ann")
    jupyter = ModuleType("jupyter_server_proxy")
    jupyter.__spec__ = ModuleSpec("jupyter_server_proxy", None)
    monkeypatch.setitem(sys.modules, "jupyter_server_proxy", jupyter)
    url = demo.launch(server_port=0, quiet=True).local_url
    assert httpx2.get(url, headers={"Host": "hub.example.org"}).status_code == 200


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def greeter(word: str) -> Interface:
    return gr.Interface(lambda name: f"{word} {name}", "text", "text", flagging_mode="never")


def ask(url: object) -> object:
    return plain.post(f"{url}predict", json={"data": ["Ann"]}).json()["data"][0]


@pytest.fixture
def _closed() -> Iterator[None]:
    yield
    gr.close_all(verbose=False)


@pytest.mark.usefixtures("_closed")
def test_a_cell_with_a_port_can_be_run_again(kernel: Kernel) -> None:
    port = free_port()
    for word in ("Hello", "Salut"):
        greeter(word).launch(server_port=port, quiet=True)
        assert ask(f"http://127.0.0.1:{port}/") == f"{word} Ann"


@pytest.mark.usefixtures("_closed")
def test_the_demo_of_a_cell_that_runs_again_replaces_the_one_before(kernel: Kernel) -> None:
    def run(cell: str, message: str, *words: str) -> list[str]:
        """Run a cell that launches demos, and return their addresses."""
        request = {"metadata": {"cellId": cell}, "header": {"msg_id": message}}
        kernel.kernel = SimpleNamespace(get_parent=lambda: request)
        return [greeter(word).launch(server_port=0, quiet=True).local_url for word in words]

    other = run("a", "1", "Hi")
    first = run("b", "2", "Hello", "Salut")
    assert [ask(url) for url in first] == ["Hello Ann", "Salut Ann"], "of one cell, both"
    again = run("b", "3", "Hola")
    assert [ask(url) for url in other + again] == ["Hi Ann", "Hola Ann"]
    for url in first:
        with pytest.raises(httpx2.ConnectError):
            plain.get(url)


@pytest.mark.usefixtures("_closed")
def test_a_notebook_that_names_no_cells_keeps_all_demos(kernel: Kernel) -> None:
    kernel.kernel = SimpleNamespace(get_parent=dict)
    urls = [greeter(word).launch(server_port=0, quiet=True).local_url for word in ("Hello", "Salut")]
    assert [ask(url) for url in urls] == ["Hello Ann", "Salut Ann"]


def test_all_demos_can_be_closed(capsys: pytest.CaptureFixture[str]) -> None:
    demos = [greeter(word) for word in ("Hello", "Salut")]
    urls = [demo.launch(server_port=0, quiet=True, prevent_thread_lock=True).local_url for demo in demos]
    gr.close_all()
    assert capsys.readouterr().out == "".join(f"Closing {url}\n" for url in urls)
    assert [demo.url for demo in demos] == [None, None]
    for url in urls:
        with pytest.raises(httpx2.ConnectError):
            plain.get(url)
    gr.close_all()
    assert capsys.readouterr().out == ""


def test_a_script_does_not_lose_a_demo_to_another(demo: Interface) -> None:
    port = free_port()
    demo.launch(server_port=port, quiet=True, prevent_thread_lock=True)
    with pytest.raises(
        gr.ConfigurationError, match=rf"where this program serves another demo: .*:{port}/\. Close that"
    ):
        greeter("Hello").launch(server_port=port)
    assert plain.get(str(demo.url)).status_code == 200
