"""mount_app: demos inside an application of one's own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, HTTPException, Request, Response
from starlette.testclient import TestClient

import minidemo as gr
from minidemo import Interface


def double() -> Interface:
    return gr.Interface(lambda x: 2 * x, gr.Number(label="x"), "number", title="Double", flagging_mode="never")


def triple() -> Interface:
    return gr.Interface(lambda x: 3 * x, gr.Number(label="x"), "number", title="Triple", flagging_mode="never")


def result(client: TestClient, place: str) -> Any:
    return client.post(f"{place}predict", json={"data": [2]}).json()["data"]


def test_two_demos_in_one_application() -> None:
    site = FastAPI()
    assert gr.mount_app(site, double(), path="/double") is site
    gr.mount_app(site, triple(), "tools/triple/")

    @site.get("/")
    def home() -> str:
        return "home"

    client = TestClient(site)
    assert result(client, "/double/") == [4]
    assert result(client, "/tools/triple/") == [6]
    assert client.get("/").json() == "home"
    assert "<h1>Double</h1>" in client.get("/double/").text
    lost = client.get("/tools/triple/some/where", headers={"Accept": "text/html"})
    assert lost.status_code == 404
    assert 'href="../"' in lost.text
    assert set(client.get("/openapi.json").json()["paths"]) == {"/"}
    assert client.get("/double/openapi.json").json()["servers"] == [{"url": "/double"}]


def test_all_addresses_are_relative() -> None:
    site = FastAPI()
    gr.mount_app(site, double(), path="/double")
    client = TestClient(site)
    page = client.get("/double/").text
    addresses = [part.split('"')[0] for part in page.replace('src="', 'href="').split('href="')[1:]]
    own = [address for address in addresses if not address.startswith(("data:", "#"))]
    assert own
    assert not [address for address in own if address.startswith(("/", "http"))]
    assert {client.get(f"/double/{address}").status_code for address in own} == {200}


def test_without_the_slash_one_is_led_to_it() -> None:
    site = FastAPI()
    gr.mount_app(site, double(), path="/tools/double")
    client = TestClient(site)
    led = client.get("/tools/double?x=1", follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (307, "double/?x=1")
    assert "<h1>Double</h1>" in client.get("/tools/double").text


@pytest.mark.parametrize("strips", [True, False], ids=["a proxy that takes the root off", "one that leaves it"])
@pytest.mark.parametrize("routed", [True, False], ids=["router", "application"])
def test_below_a_router_and_a_root(strips: bool, routed: bool) -> None:
    site = FastAPI()
    if routed:
        router = APIRouter(prefix="/tools")
        gr.mount_app(router, double(), path="/double")
        site.include_router(router, prefix="/v1")
        place = "/v1/tools/double/"
    else:
        gr.mount_app(site, double(), path="/double")
        place = "/double/"
    client = TestClient(site, root_path="/site")
    start = "" if strips else "/site"
    assert result(client, f"{start}{place}") == [4]
    assert "<h1>Double</h1>" in client.get(f"{start}{place[:-1]}", headers={"Accept": "text/html"}).text
    assert client.get(f"{start}{place}openapi.json").json()["servers"] == [{"url": f"/site{place[:-1]}"}]
    lost = client.get(f"{start}{place}a/b/c", headers={"Accept": "text/html"})
    assert 'href="../../"' in lost.text


def by_cookie(request: Request) -> str | None:
    return request.cookies.get("user")


def test_the_application_knows_who_it_is() -> None:
    site = FastAPI()

    @site.get("/come/{name}")
    def come(name: str, response: Response) -> None:
        response.set_cookie("user", name)

    greet = gr.Interface(_greet, "text", "text", flagging_mode="never")
    gr.mount_app(site, greet, path="/greet", auth_dependency=by_cookie)
    gr.mount_app(site, double(), path="/double")
    client = TestClient(site)
    body = {"data": ["Hello"]}
    assert client.post("/greet/predict", json=body).status_code == 401
    assert result(client, "/double/") == [4], "the other is open"
    client.get("/come/ann")
    assert client.post("/greet/predict", json=body).json()["data"] == ["Hello ann"]


def _greet(text: str, request: gr.Request) -> str:
    return f"{text} {request.username}"


def test_each_has_its_own_login() -> None:
    site = FastAPI()
    gr.mount_app(site, double(), path="/double", auth=("ann", "a"))
    gr.mount_app(site, triple(), path="/triple", auth=("bob", "b"))
    client = TestClient(site)
    form = client.get("/double/", headers={"Accept": "text/html"})
    assert form.status_code == 401
    assert 'action="./login"' in form.text
    entered = client.post("/double/login", data={"username": "ann", "password": "a"}, headers={"Accept": "text/html"})
    assert entered.url.path == "/double/"
    assert "<h1>Double</h1>" in entered.text
    assert client.get("/triple/").status_code == 401
    client.post("/triple/login", data={"username": "bob", "password": "b"})
    assert (result(client, "/double/"), result(client, "/triple/")) == ([4], [6])
    client.post("/double/logout")
    assert client.get("/double/").status_code == 401
    assert client.get("/triple/").status_code == 200


def by_key(request: Request) -> None:
    if request.headers.get("x-key") != "right":
        raise HTTPException(403, "Not for you.")


def of_application(dependency: Any) -> FastAPI:
    return gr.mount_app(FastAPI(dependencies=[dependency]), double(), "/v1/double")


def of_router(dependency: Any) -> FastAPI:
    site, router = FastAPI(), APIRouter(prefix="/v1", dependencies=[dependency])
    gr.mount_app(router, double(), "/double")
    site.include_router(router)
    return site


def of_inclusion(dependency: Any) -> FastAPI:
    site, router = FastAPI(), APIRouter()
    site.include_router(router, prefix="/v1", dependencies=[dependency])
    gr.mount_app(router, double(), "/double")
    return site


def of_outer_inclusion(dependency: Any) -> FastAPI:
    site, outer, inner = FastAPI(), APIRouter(), APIRouter()
    gr.mount_app(inner, double(), "/double")
    outer.include_router(inner)
    site.include_router(outer, prefix="/v1", dependencies=[dependency])
    return site


PATHS = ("", "/", "/openapi.json", "/config", "/predict", "/static/x/endpoint.js", "/file/x/y", "/nowhere")


@pytest.mark.parametrize("arrange", [of_application, of_router, of_inclusion, of_outer_inclusion])
def test_what_an_application_depends_on_applies_to_its_demos(arrange: Callable[[Any], FastAPI]) -> None:
    client = TestClient(arrange(Depends(by_key)), follow_redirects=False)
    for method in ("GET", "POST"):
        refused = {path: client.request(method, f"/v1/double{path}").status_code for path in PATHS}
        assert {*refused.values()} <= ({403} if method == "GET" else {403, 405}), refused
    assert refused["/predict"] == 403
    client.headers["x-key"] = "right"
    assert "<h1>Double</h1>" in client.get("/v1/double/").text
    assert client.get("/v1/double").headers["location"] == "double/"
    assert result(client, "/v1/double/") == [4]


def test_dependencies_end_after_the_response() -> None:
    done: list[str] = []

    def opened(tasks: BackgroundTasks) -> Iterator[None]:
        tasks.add_task(done.append, "task")
        yield
        done.append("closed")

    client = TestClient(of_application(Depends(opened)))
    assert result(client, "/v1/double/") == [4]
    assert done == ["task", "closed"]


@pytest.mark.parametrize("path", ["", "/", "/{name}"])
def test_a_path_that_is_none_is_told(path: str) -> None:
    with pytest.raises(gr.ConfigurationError, match="expected the place of the demo"):
        gr.mount_app(FastAPI(), double(), path)


def test_gradios_name_does_the_same(caplog: pytest.LogCaptureFixture) -> None:
    site = FastAPI()
    assert gr.mount_gradio_app(site, double(), "/double", "0.0.0.0", 7860, show_error=True) is site
    assert result(TestClient(site), "/double/") == [4]
    assert not caplog.records


def test_what_has_no_effect_is_told(caplog: pytest.LogCaptureFixture) -> None:
    gr.mount_app(FastAPI(), double(), "/double", root_path="/double", pwa=True, i18n=None)
    assert [record.getMessage() for record in caplog.records] == [
        "mount_app: root_path has no effect, each request tells it.",
        "mount_app: pwa has no effect, the page cannot be installed.",
    ]


def test_static_paths_hold_for_every_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("work", "tmp"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "note.txt").write_text("hello")
    demo = gr.Interface(lambda: str(tmp_path / "note.txt"), None, "file")

    def status() -> int:
        return TestClient(gr.create_app(demo.page)).post("/predict", json={"data": []}).status_code

    try:
        assert status() == 500
        for paths in (tmp_path / "note.txt", [str(tmp_path)]):
            gr.set_static_paths(paths)
            assert status() == 200
    finally:
        gr.set_static_paths([])
