"""Another store can take the place of one in memory: whatever has the methods of its protocol."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

import minidemo as gr
from minidemo.content.media import Media
from minidemo.errors import RunExpired
from minidemo.server.app import assemble
from minidemo.server.services import Stores
from minidemo.server.settings import Settings
from minidemo.stores.base import BaseRunStore
from minidemo.stores.runs import Run
from tests.visitor import SESSION


class WrittenRuns:
    """Keeps runs as JSON alone, as a store between servers would."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.read: dict[str, Run] = {}

    def add(self, run: Run, *, same_age_as: Run | None = None) -> None:
        """Write a run down."""
        self.texts[run.id] = json.dumps(asdict(run), default=datetime.isoformat)

    def remove(self, run: str) -> None:
        """Remove a run."""
        del self.texts[run], self.read[run]

    def sweep(self, age: float, *, keep: Callable[[Run], bool]) -> list[Run]:
        """Remove what is to go."""
        gone = [run for run in self.read.values() if not keep(run)]
        for run in gone:
            self.remove(run.id)
        return gone

    def holds(self, file: Media) -> bool:
        """Files are not written down here."""
        return False

    async def get(self, run: str) -> Run:
        """Read a run."""
        if run not in self.texts:
            raise RunExpired("gone")
        if run not in self.read:
            fields: dict[str, Any] = json.loads(self.texts[run])
            fields |= {name: tuple(fields[name]) for name in ("inputs", "outputs")}
            self.read[run] = Run(**fields | {"created": datetime.fromisoformat(fields["created"])})
        return self.read[run]

    async def get_for(self, username: str | None, run: str) -> Run:
        """Read a run, whose user is nobody here."""
        assert username is None
        return await self.get(run)


@pytest.fixture
def runs() -> WrittenRuns:
    return WrittenRuns()


def client(demo: gr.Interface | gr.TabbedInterface, runs: BaseRunStore) -> TestClient:
    return TestClient(assemble(demo.page, Settings(), stores=Stores(runs=runs)))


def predict(http: TestClient, endpoint: str) -> str:
    body = {"data": ["a"], "session": SESSION, "endpoint": endpoint}
    run: str = http.post("/predict", json=body).json()["run"]
    return run


def test_a_run_that_was_written_down_is_flagged_in_its_tab(runs: WrittenRuns) -> None:
    shelves = [gr.CSVLogger(), gr.CSVLogger()]
    tabs = [gr.Interface(str.upper, "text", "text", flagging_callback=shelf) for shelf in shelves]
    http = client(gr.TabbedInterface(tabs, ["A", "B"]), runs)
    run = predict(http, "upper_1")
    assert json.loads(runs.texts[run])["endpoint"] == "upper_1"
    flags = [http.post("/flag", json={"run": run}) for _ in range(2)]
    assert [(flag.status_code, flag.json()["row"]) for flag in flags] == [(201, 0), (200, 0)]
    assert [len([*gr.FlagStore(f"flagged/{name}").records()]) for name in ("upper", "upper_1")] == [0, 1]
    assert http.post("/flag/undo", json={"run": run}).status_code == 200
    assert not runs.holds(Media("a.png"))
    assert runs.sweep(0, keep=lambda run: False)
    assert http.post("/flag", json={"run": run}).status_code == 410


def test_a_run_that_was_written_down_is_shown_again(runs: WrittenRuns) -> None:
    http = client(gr.Interface(str.upper, "text", "text", deep_link=True), runs)
    run = predict(http, "upper")
    assert '"data":["A"]' in http.get(f"/runs/{run}").text
    link = http.post("/links", json={"run": run}).json()["link"]
    assert '"data":["A"]' in http.post(f"/links/{link}", json={"session": SESSION}).text
