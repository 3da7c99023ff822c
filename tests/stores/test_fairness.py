"""A visitor with many files, calls or page loads drops their own, not those of others."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import minidemo as gr
from minidemo.errors import StoreFull
from minidemo.server.app import assemble
from minidemo.server.services import Stores
from minidemo.server.settings import Settings
from minidemo.stores.files import FileStore
from minidemo.stores.runs import RunStore
from minidemo.stores.sessions import SessionStore

VISITOR, FLOOD = "192.0.2.1", "2001:db8::"
MANY = 12


class Site:
    """A demo with small stores, visited from several addresses."""

    def __init__(self, *parts: Any, **stores: Any) -> None:
        demo = gr.Interface(*parts, flagging_mode="manual")
        self.app = assemble(demo.page, Settings(), stores=Stores(**stores))
        self.visitors: dict[str, TestClient] = {}

    def of(self, address: str) -> TestClient:
        """Return a visitor at an address."""
        return self.visitors.setdefault(address, TestClient(self.app, client=(address, 5000)))

    def flood(self) -> list[TestClient]:
        """Return visitors at many addresses of one network."""
        return [self.of(f"{FLOOD}{i:x}") for i in range(MANY)]


def upload(http: TestClient, data: bytes = b"x", session: str = "a-session-of-mine") -> dict[str, Any]:
    file: dict[str, Any] = http.post("/upload", params={"name": "x.txt", "session": session}, content=data).json()
    return file


@pytest.mark.parametrize("limits", [{"max_files": 6}, {"max_disk": 60}])
def test_files(limits: dict[str, Any]) -> None:
    site = Site(lambda path: path, "file", "text", files=FileStore(**limits))
    mine = [upload(site.of(VISITOR), bytes(10)) for _ in range(2)]
    for i, other in enumerate(site.flood()):
        upload(other, bytes(10), session=f"another-session-{i}")
    assert [site.of(VISITOR).get(f"/file/{file['path']}").status_code for file in mine] == [200, 200]


def test_files_under_way() -> None:
    files = FileStore(max_disk=60)
    site = Site(lambda path: path, "file", "text", files=files)
    mine = upload(site.of(VISITOR), bytes(10))
    for other in site.flood():
        upload(other, bytes(10))
    files.reserve(30)
    assert site.of(VISITOR).get(f"/file/{mine['path']}").status_code == 200


def test_no_client_reserves_all_of_the_disk() -> None:
    files = FileStore(max_disk=60)
    site = Site(lambda path: path, "file", "text", files=files)
    files.reserve(40, "192.0.2.9")
    with pytest.raises(StoreFull):
        files.reserve(6, "192.0.2.9")
    upload(site.of(VISITOR), bytes(10))
    files.reserve(-40, "192.0.2.9")
    files.reserve(45, "192.0.2.9")


def test_an_upload_counts_for_its_client() -> None:
    files = FileStore(max_disk=60)
    site = Site(lambda path: path, "file", "text", files=files)
    form = {"files": ("x.txt", bytes(10))}
    statuses = []
    for client in (VISITOR, "192.0.2.9"):
        files.reserve(36, client)
        http = site.of(VISITOR)
        plain = http.post("/upload", params={"name": "x"}, content=bytes(10))
        statuses.append([plain.status_code, http.post("/gradio_api/upload", files=form).status_code])
        files.reserve(-36, client)
    assert statuses == [[507, 507], [201, 200]]


def test_runs() -> None:
    site = Site(str.upper, "text", "text", runs=RunStore(max_runs=6))
    mine = site.of(VISITOR).post("/predict", json={"data": ["a"]}).json()["run"]
    for other in site.flood():
        other.post("/predict", json={"data": ["a"]})
    assert site.of(VISITOR).post("/flag", json={"run": mine}).status_code == 201


def test_states() -> None:
    def count(n: int) -> tuple[str, int]:
        return str(n), n + 1

    site = Site(count, gr.State(0), ["text", gr.State()], sessions=SessionStore(6))
    body = {"data": [], "session": "a-session-of-mine"}
    for _ in range(2):
        site.of(VISITOR).post("/predict", json=body)
    for i, other in enumerate(site.flood()):
        other.post("/predict", json=body | {"session": f"another-session-{i}"})
    assert site.of(VISITOR).post("/predict", json=body).json()["data"][0] == "2"


def test_users_are_told_apart_by_name() -> None:
    demo = gr.Interface(str.upper, "text", "text")
    settings = Settings(auth_dependency=lambda request: request.headers.get("x-user"))
    http = TestClient(assemble(demo.page, settings, stores=Stores(files=FileStore(max_files=6))))
    mine = http.post("/upload", params={"name": "x"}, content=b"x", headers={"x-user": "ada"}).json()
    for i in range(MANY):
        http.post(
            "/upload", params={"name": "x", "session": f"another-session-{i}"}, content=b"x", headers={"x-user": "bob"}
        )
    assert http.get(f"/file/{mine['path']}", headers={"x-user": "ada"}).status_code == 200


def test_the_temporary_folder_is_as_small_as_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    site = Site(lambda path: path, "file", "text", files=FileStore(max_disk=60))
    for other in site.flood():
        upload(other, bytes(10))
    assert sum(path.stat().st_size for path in Path(tempfile.gettempdir()).rglob("*") if path.is_file()) <= 60
