"""What visitors sent and got is deleted when nobody has used it for long: files after a day, or as the author says."""

import asyncio
import gc
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import ref

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

import minidemo as gr
from minidemo.content.media import Media
from minidemo.errors import InputError, NotFound
from minidemo.page.page import Page
from minidemo.schemas.files import FileData
from minidemo.stores.cleanup import Sweeper
from minidemo.stores.files import FileStore
from minidemo.stores.owner import Owner
from minidemo.stores.retention import DAY, HOUR, retention_policy
from minidemo.stores.runs import Run, RunStore
from tests import plain
from tests.clock import Clock
from tests.files_below import files_below
from tests.server.routes.test_upload import png
from tests.visitor import SESSION

ADA = Owner("ada")
OFTEN = retention_policy((0.001, 0.5))


def test_a_demo_deletes_files_after_a_day_unless_its_author_says_otherwise() -> None:
    default = retention_policy(None)
    assert (default.frequency, default.age, default.runs) == (HOUR, DAY, False)
    wished = gr.Interface(str.upper, "text", "text", delete_cache=(60, 600)).page.retention
    assert (wished.frequency, wished.age, wished.runs) == (60, 600, True)


@pytest.mark.parametrize(
    "wish",
    [60, (60,), (60, 60, 60), "60", "12", (0, 60), (60, -1), (60, "60"), (True, 60), (60, math.inf), (math.nan, 60)],
)
def test_two_numbers_are_asked_for(wish: Any) -> None:
    with pytest.raises(gr.ConfigurationError) as error:
        gr.Interface(str.upper, "text", "text", delete_cache=wish)
    assert str(error.value) == (
        f"delete_cache is {wish!r}; expected (frequency, age), two numbers of seconds above 0. "
        "For example, (3600, 86400) looks every hour for what is a day old; leave it out for the default."
    )


def retention(*wishes: tuple[float, float] | None) -> Any:
    demos = [gr.Interface(str.upper, "text", "text", delete_cache=wish) for wish in wishes]
    page: Page = gr.TabbedInterface(demos).page
    return page.retention


def test_tabs_keep_what_each_author_promised() -> None:
    assert retention(None, None) == retention_policy(None)
    assert retention((600, 60), None, (10, 7200)) == retention_policy((10, 60))
    assert retention((9e9, 9e9), None) == retention_policy((9e9, 9e9)), "what one of them has said goes for all"


class Store:
    """What a server keeps, and a clock to grow old by."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.files = FileStore(clock=self.clock)
        self.runs = RunStore(clock=self.clock)

    def upload(self, name: str = "cat.png") -> FileData:
        """Send a picture."""
        with self.files.open_upload() as file:
            file.write(png())
        return self.files.upload(Path(file.name), name=name, mime="image/png", owner=ADA)

    def held(self, file: FileData) -> Media:
        """Send a picture to the function."""
        media = self.files.resolve(file.model_dump(), ADA)
        assert isinstance(media, Media)
        return media

    def keep(self, *inputs: Media) -> Run:
        """Keep a run of these pictures."""
        run = Run(endpoint="predict", inputs=inputs, outputs=(), duration=0.1)
        self.runs.add(run)
        return run

    def is_there(self, file: FileData) -> bool:
        """Tell whether the address of a file leads to it, and use it."""
        try:
            return self.files.get(file.path.partition("/")[0]).read() == png()
        except NotFound:
            return False

    async def look(self, wish: tuple[float, float] | None = None) -> None:
        """Delete what is old."""
        sweeper = Sweeper(self.runs, self.files, retention=retention_policy(wish), keep=lambda run: False)
        sweeper.sweep(asyncio.get_running_loop())

    def sweep(self, *at: float, wish: tuple[float, float] | None = None) -> None:
        """Delete what is old at some times."""
        for self.clock.now in at:
            asyncio.run(self.look(wish))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    return Store()


def on_the_disk(tmp_path: Path) -> int:
    return len(files_below(tmp_path / "tmp"))


def test_an_upload_that_nobody_uses_is_deleted_after_a_day(store: Store, tmp_path: Path) -> None:
    file = store.upload()
    store.sweep(DAY - 1)
    assert on_the_disk(tmp_path) == 1
    store.sweep(DAY)
    assert not store.is_there(file)
    assert on_the_disk(tmp_path) == 0
    with pytest.raises(InputError, match=r"no longer available\. Please choose it again\."):
        store.held(file)


@pytest.mark.parametrize("use", [Store.is_there, Store.held])
def test_a_file_that_is_used_stays(store: Store, use: Any) -> None:
    used, unused = store.upload("used.png"), store.upload("unused.png")
    store.clock.now = DAY - 1
    use(store, used)
    store.sweep(DAY)
    assert (store.is_there(used), store.is_there(unused)) == (True, False)


def test_what_goes_with_a_file_stays_with_it(store: Store) -> None:
    film, words = Media.of_bytes(b"film", "film.mp4"), Media.of_bytes(b"words", "film.vtt")
    film.subtitles, film.lossless = words, Media.of_bytes(b"original", "film.mkv")
    sent = store.files.publish(film, ADA)
    store.clock.now = DAY - 1
    store.files.get(str(film.token))
    store.sweep(DAY)
    store.files.get(sent["meta"]["subtitles"].partition("/")[0])
    store.sweep(3 * DAY)
    with pytest.raises(NotFound):
        store.files.get(str(words.token))


def test_the_files_of_a_kept_run_stay(store: Store, tmp_path: Path) -> None:
    file = store.upload()
    run = store.keep(store.held(file))
    store.sweep(DAY, 2 * DAY, 9 * DAY)
    assert store.is_there(file)
    store.runs.remove(run.id)
    del run
    store.sweep(19 * DAY)
    assert not store.is_there(file)
    assert on_the_disk(tmp_path) == 0


def test_runs_go_with_their_files_where_the_author_says_when(store: Store, tmp_path: Path) -> None:
    file = store.upload()
    run = store.keep(store.held(file)).id
    store.sweep(59, wish=(10, 60))
    assert asyncio.run(store.runs.get(run))
    store.sweep(60, wish=(10, 60))
    assert not store.is_there(file)
    assert on_the_disk(tmp_path) == 0
    with pytest.raises(gr.errors.RunExpired):
        asyncio.run(store.runs.get(run))


def test_the_files_of_the_page_itself_stay(store: Store) -> None:
    Path("start.png").write_bytes(png())
    path = store.files.publish(Media.of_path(Path("start.png")), None)["path"]
    store.sweep(9 * DAY)
    assert store.files.get(path.partition("/")[0]).read() == png()


def test_a_timer_does_not_keep_a_demo_that_is_no_more(store: Store) -> None:
    other = Store()

    async def serve() -> None:
        sweepers = [Sweeper(each.runs, each.files, retention=OFTEN, keep=bool) for each in (store, other)]
        for sweeper in sweepers:
            sweeper.start()
            sweeper.start()
        del sweepers[0], sweeper
        gc.collect()
        other_file = ref(other.held(other.upload()))
        other.clock.now = 1
        while other_file() is not None:
            await asyncio.sleep(0)

    file = store.upload()
    store.clock.now = 1
    asyncio.run(serve())
    assert store.is_there(file)


def deleting() -> gr.Interface:
    """A demo that deletes what is a tenth of a second old."""
    return gr.Interface(lambda im: im, gr.Image(type="filepath"), "image", delete_cache=(0.01, 0.1))


def upload_and_wait(client: TestClient, tmp_path: Path, root: str = "") -> None:
    """Upload a file, and wait for its end."""
    assert client.post(f"{root}/upload", params={"name": "a.png", "session": SESSION}, content=png()).is_success
    while on_the_disk(tmp_path):
        assert client.get(f"{root}/openapi.json").is_success


def test_an_app_that_is_served_again_deletes_again(store: Store, tmp_path: Path) -> None:
    app = deleting().app
    for _ in range(2):
        with TestClient(app) as client:
            upload_and_wait(client, tmp_path)


def test_a_mounted_app_which_hears_of_no_start_deletes_as_well(store: Store, tmp_path: Path) -> None:
    with TestClient(gr.mount_app(FastAPI(), deleting(), "/demo")) as client:
        upload_and_wait(client, tmp_path, "/demo")


@pytest.fixture
def served(store: Store) -> Iterator[httpx2.Client]:
    """A demo that is served, and deletes what is half a second old."""
    demo = gr.Interface(
        lambda im: im, gr.Image(type="filepath"), "image", flagging_mode="auto", delete_cache=(0.01, 0.5)
    )
    with demo.running() as url, plain.Client(base_url=url) as client:
        yield client


def upload(client: httpx2.Client) -> dict[str, Any]:
    file: dict[str, Any] = client.post("/upload", params={"name": "cat.png", "session": SESSION}, content=png()).json()
    return file


def test_a_server_deletes_by_itself_what_is_old(served: httpx2.Client, tmp_path: Path) -> None:
    file = upload(served)
    while on_the_disk(tmp_path):
        served.get("/openapi.json")
    gone = served.get(f"/file/{file['path']}")
    assert (gone.status_code, gone.json()["error"]["message"]) == (
        404,
        "This file is no longer available.",
    )
    body, headers = {"data": [file], "session": SESSION}, {"Accept-Language": "de"}
    refused = served.post("/predict", json=body, headers=headers)
    assert (refused.status_code, refused.json()["error"]) == (
        422,
        {"message": "Diese Datei ist nicht mehr verfügbar. Bitte erneut auswählen.", "field": "im"},
    )


def test_nothing_of_a_visitor_stays_but_the_flags(served: httpx2.Client, tmp_path: Path) -> None:
    run = None
    while run is None:  # on a busy machine, half a second may be too short
        run = served.post("/predict", json={"data": [upload(served)], "session": SESSION}).json()["run"]
    while served.get(f"/runs/{run}").status_code != 410:
        pass
    while on_the_disk(tmp_path):
        served.get("/openapi.json")
    assert served.post("/flag", json={"run": run}).status_code == 410
    assert Path("flagged/logs.csv").read_text().splitlines()[1:] == ["im/0.png,Output/0.png"]
    assert Path("flagged/im/0.png").is_file()
    assert Path("flagged/Output/0.png").is_file()


def test_a_flag_can_be_taken_back_though_its_run_has_grown_old() -> None:
    demo = gr.Interface(str.upper, "text", "text", delete_cache=(0.01, 0.2))
    with demo.running() as url, plain.Client(base_url=url) as client:
        run, flagged = "", 410
        while flagged != 201:
            run = client.post("/predict", json={"data": ["a"]}).json()["run"]
            flagged = client.post("/flag", json={"run": run}).status_code
        later = client.post("/predict", json={"data": ["b"]}).json()["run"]
        while client.get(f"/runs/{later}").status_code != 410:
            pass
        assert client.post("/flag/undo", json={"run": run}).status_code == 200
