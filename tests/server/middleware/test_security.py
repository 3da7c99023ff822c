"""What every answer bears, and who is turned away."""

from typing import Any

import pytest

import minidemo as gr
from minidemo import Interface
from minidemo.components.base import Held
from minidemo.server.app import assemble
from minidemo.server.services import Stores
from minidemo.server.serving import hosts
from minidemo.server.settings import Settings
from minidemo.stores.files import PAGE, FileStore, Place
from minidemo.stores.owner import Owner
from minidemo.stores.runs import Run, RunStore
from tests.visitor import Visitor


@pytest.fixture
def demo() -> Interface:
    return gr.Interface(lambda x: x, "number", "number", flagging_mode="never")


POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/nowhere", 404),
        ("GET", "/predict", 405),
        ("TRACE", "/", 405),
        ("POST", "/predict", 415),
        ("POST", "/flag", 415),
        ("POST", "/upload", 201),
        ("GET", "/static/x/nothing.js", 404),
        ("GET", "/file/x/y", 404),
        ("GET", "/docs", 404),
    ],
)
def test_every_answer_bears_the_headers(demo: Interface, method: str, path: str, status: int) -> None:
    response = Visitor(demo).http.request(method, path)
    assert response.status_code == status
    assert response.headers["content-security-policy"] == POLICY
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["cross-origin-opener-policy"] == "same-origin"
    assert "access-control-allow-origin" not in response.headers
    assert "server" not in response.headers


@pytest.mark.parametrize("path", ["", "config", "predict", "openapi.json", "mcp", "upload", "flag", "nowhere"])
@pytest.mark.parametrize("root", ["", "/root"])
def test_no_redirect_leads_to_the_host_of_the_request(demo: Interface, path: str, root: str) -> None:
    http = Visitor(demo, root_path=root, mcp_server=True).http
    http.follow_redirects = False
    for method in ("GET", "POST"):
        for place in (f"/{path}", f"/{path}/", f"/{path}//", f"//{path}", f"{root}/{path}/"):
            response = http.request(method, place, headers={"Host": "evil.example"})
            assert "evil" not in str(response.headers), place


class BrokenFiles(FileStore):
    """Fails to publish values while `fails` is set."""

    fails = False

    def publish(self, value: Held, owner: Owner | None, place: Place = PAGE) -> Any:
        """Publish a value, or fail."""
        if self.fails:
            raise ZeroDivisionError
        return super().publish(value, owner, place)


class BrokenRuns(RunStore):
    """Fails to keep runs while `fails` is set."""

    fails = False

    def add(self, run: Run, *, same_age_as: Run | None = None) -> None:
        """Keep a run, or fail."""
        if self.fails:
            raise ZeroDivisionError
        super().add(run, same_age_as=same_age_as)


def test_a_defect_of_ours_says_nothing_about_itself(demo: Interface) -> None:
    files, runs = BrokenFiles(), BrokenRuns()
    visitor = Visitor(demo, app=assemble(demo.page, Settings(), stores=Stores(files=files, runs=runs)))
    files.fails = True
    response = visitor.predict(1)
    assert response.status_code == 500
    assert response.json()["error"]["message"] == "Something went wrong on the server. Please try again."
    assert response.headers["content-security-policy"] == POLICY
    [(name, event)] = visitor.events(1)
    assert (name, event["message"]) == ("error", "Something went wrong on the server. Please try again.")
    runs.fails = True
    [(name, event)] = visitor.events(1)
    assert (name, event["message"]) == ("error", "Something went wrong on the server. Please try again.")
    files.fails = runs.fails = False
    assert visitor.result(1) == [1]


@pytest.mark.parametrize("path", ["/predict", "/flag", "/upload"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.com"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.com"},
        {"Origin": "http://testserver:7861"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.com", "Host": ""},
        {"Origin": "http://[", "Host": "testserver"},
    ],
)
def test_pages_of_other_sites_may_not_write(demo: Interface, path: str, headers: dict[str, str]) -> None:
    response = Visitor(demo).http.post(path, json={"data": [1]}, headers=headers)
    assert response.status_code == 403
    assert response.json()["error"]["message"] == "Pages of other sites may not write here."


@pytest.mark.parametrize("origin", ["http://testserver", "https://behind-a-proxy.example.org"])
def test_the_own_page_may_write(demo: Interface, origin: str) -> None:
    headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
    assert Visitor(demo).http.post("/predict", json={"data": [1]}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:7860", "127.0.0.1:7860", "[::1]:7860", "demo.lan", "localhost."]
)
def test_known_hosts_are_served(demo: Interface, host: str) -> None:
    visitor = Visitor(demo, allowed_hosts=hosts("127.0.0.1", ["demo.lan"]))
    assert visitor.http.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.com",
        "127.0.0.1.nip.io",
        "localhost@evil.com",
        "localhost.evil.com",
        "",
        "evil.com/localhost",
        "[::1",
        "0x7f.1",
    ],
)
def test_names_that_point_here_by_somebody_elses_will_are_not_served(demo: Interface, host: str) -> None:
    visitor = Visitor(demo, allowed_hosts=hosts("127.0.0.1", []))
    response = visitor.http.get("/", headers={"Host": host})
    assert response.status_code == 421
    assert "allowed_hosts" in response.json()["error"]["message"]
