"""A flag can be taken back for a moment: by whoever made it, once, and where the backend can be read."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from httpx2 import Response

import minidemo as gr
from minidemo.engine.flagger import UNDO, Flagger
from minidemo.errors import FlaggingError, FlagGone, FlagStays
from minidemo.stores.files import FileStore
from minidemo.stores.runs import Run, RunStore
from tests.components.pictures import encoded, gradient
from tests.flagging.backend import Archive, Shelf
from tests.flagging.folder import rows, tree
from tests.visitor import Visitor


def visitor_of(backend: gr.FlaggingCallback, **options: Any) -> Visitor:
    return Visitor(gr.Interface(str.upper, "text", "text", flagging_callback=backend, **options))


def run_of(visitor: Visitor) -> str:
    run: str = visitor.predict("a").json()["run"]
    return run


def undo(visitor: Visitor, run: str, option: str | None = None) -> Response:
    return visitor.http.post("/flag/undo", json={"run": run, "option": option})


def message(response: Response) -> str:
    text: str = response.json()["error"]["message"]
    return text


def test_a_flag_says_for_how_long_it_can_be_taken_back() -> None:
    visitor = visitor_of(Shelf())
    run = run_of(visitor)
    assert 9 < visitor.flag(run).json()["undo"] <= 10
    assert 9 < visitor.flag(run).json()["undo"] <= 10, "also to who asks again"


def test_a_flag_that_was_taken_back_is_gone_and_can_be_made_again() -> None:
    backend = Shelf()
    visitor = visitor_of(backend)
    run = run_of(visitor)
    visitor.flag(run)
    response = undo(visitor, run)
    assert (response.status_code, response.json()) == (200, {"row": 0})
    assert backend.rows == []
    response = visitor.flag(run)
    assert (response.status_code, response.json()["row"]) == (201, 1)
    assert backend.rows == [1]


def test_taken_back_from_the_folder_its_row_and_its_files_are_gone() -> None:
    visitor = Visitor(gr.Interface(lambda im: im, "image", "image", flagging_options=["wrong", "odd"]))
    run = visitor.predict(visitor.upload(encoded(gradient())).json()).json()["run"]
    for option in ("wrong", "odd"):
        visitor.flag(run, option)
    assert undo(visitor, run, "wrong").json() == {"row": 0}
    assert rows() == [["im/1.png", "Output/1.png", "odd"]]
    assert tree() == ["Output/1.png", "im/1.png", "logs.csv"]
    assert visitor.flag(run, "wrong").status_code == 201
    assert [row[2] for row in rows()] == ["odd", "wrong"]


def test_only_the_reason_that_is_named_is_taken_back() -> None:
    backend = Shelf()
    visitor = visitor_of(backend, flagging_options=["wrong", "odd"])
    run = run_of(visitor)
    visitor.flag(run, "wrong")
    visitor.flag(run, "odd")
    assert undo(visitor, run, "wrong").json() == {"row": 0}
    assert [record.option for record in backend.records()] == ["odd"]


def test_what_there_is_not_cannot_be_taken_back() -> None:
    visitor = visitor_of(Shelf(), flagging_options=["wrong", "odd"])
    run = run_of(visitor)
    for option in ("wrong", None, "unheard of"):
        response = undo(visitor, run, option)
        assert (response.status_code, message(response)[:23]) == (410, "There is no such flag. ")
    visitor.flag(run, "wrong")
    assert undo(visitor, run, "odd").status_code == 410
    assert undo(visitor, run, "wrong").status_code == 200
    assert undo(visitor, run, "wrong").status_code == 410, "a second time"
    response = undo(visitor, "unknown")
    assert (response.status_code, message(response)[:41]) == (410, "This result has expired. Submit again to ")


def test_the_run_of_another_demo_is_unknown() -> None:
    one, other = visitor_of(Shelf()), visitor_of(Shelf())
    run = run_of(one)
    one.flag(run)
    assert undo(other, run).status_code == 410


@pytest.mark.parametrize("forged", [{"row": 0}, {"id": "0"}, {"run": None}, {"run": ["a"]}, {"option": 5}])
def test_a_forged_undo_is_refused(forged: dict[str, Any]) -> None:
    backend = Shelf()
    visitor = visitor_of(backend)
    run = run_of(visitor)
    visitor.flag(run)
    assert visitor.http.post("/flag/undo", json={"run": run} | forged).status_code == 422
    assert backend.rows == [0]


def test_pages_of_other_sites_cannot_take_a_flag_back() -> None:
    backend = Shelf()
    visitor = visitor_of(backend)
    run = run_of(visitor)
    visitor.flag(run)
    response = visitor.http.post("/flag/undo", json={"run": run}, headers={"Origin": "https://evil.example"})
    assert response.status_code == 403
    assert backend.rows == [0]


def test_a_backend_that_cannot_be_read_keeps_what_it_has() -> None:
    backend = Archive()
    visitor = visitor_of(backend)
    run = run_of(visitor)
    assert visitor.flag(run).json()["undo"] is None
    response = undo(visitor, run)
    assert (response.status_code, message(response)) == (409, "This flag can't be undone.")


def test_what_was_stored_by_itself_stays() -> None:
    backend = Shelf()
    visitor = visitor_of(backend, flagging_mode="auto")
    run = run_of(visitor)
    assert visitor.flag(run).json() == {"row": 0, "undo": None}
    assert undo(visitor, run).status_code == 409
    assert backend.rows == [0]


def test_a_demo_without_flags_has_none_to_take_back() -> None:
    visitor = visitor_of(Shelf(), flagging_mode="never")
    assert undo(visitor, run_of(visitor)).status_code == 404


def test_two_clicks_at_once_take_it_back_once() -> None:
    backend = Shelf()
    visitor = visitor_of(backend)
    with visitor.http, ThreadPoolExecutor(8) as pool:
        run = run_of(visitor)
        visitor.flag(run)
        answers = list(pool.map(lambda _: undo(visitor, run).status_code, range(8)))
    assert set(answers) <= {200, 410}
    assert 200 in answers
    assert backend.gone == ["0"]


def test_a_flag_that_somebody_else_removed_counts_as_taken_back() -> None:
    backend = Shelf()
    visitor = visitor_of(backend)
    run = run_of(visitor)
    visitor.flag(run)
    backend.delete(["0"])
    assert undo(visitor, run).status_code == 200


def test_the_truth_is_told_when_a_flag_cannot_be_taken_back(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise OSError("/secret")

    backend = Shelf(fail)
    visitor = visitor_of(backend)
    run = run_of(visitor)
    visitor.flag(run)
    for _ in range(2):
        response = undo(visitor, run)
        assert response.status_code == 503
        assert message(response) == "The flag could not be undone on the server. Nothing is lost: please try again."
    assert 'Interface "upper": a flag could not be undone' in caplog.text
    backend.deleting = bool
    assert undo(visitor, run).status_code == 200


def flagger_of(backend: gr.FlaggingCallback, clock: Callable[[], float]) -> tuple[Flagger, str]:
    demo = gr.Interface(str.upper, "text", "text", flagging_callback=backend)
    run = Run(endpoint="upper", inputs=("a",), outputs=("A",), duration=0.1)
    runs = RunStore()
    runs.add(run)
    return Flagger(runs, FileStore(), endpoint_of=demo.page.endpoint, clock=clock), run.id


@pytest.mark.parametrize(("seconds", "offered"), [(0, UNDO), (4, 6), (9.5, 0.5), (10, None), (14, None)])
def test_the_time_runs_from_when_it_was_stored_and_the_last_click_may_be_on_its_way(
    seconds: float, offered: float | None
) -> None:
    times = iter([100.0, 100.0, 100.0 + seconds, 100.0 + seconds])
    backend = Shelf()
    flagger, run = flagger_of(backend, times.__next__)

    async def scenario() -> float | None:
        await flagger.flag(run)
        again = await flagger.flag(run)
        await flagger.undo(run)
        return again.undo

    assert asyncio.run(scenario()) == offered
    assert backend.rows == []


def test_after_that_it_is_too_late() -> None:
    times = iter([100.0, 100.0, 120.0, 120.0])
    backend = Shelf()
    flagger, run = flagger_of(backend, times.__next__)

    async def scenario() -> None:
        await flagger.flag(run)
        for _ in range(2):
            with pytest.raises(FlagStays, match="Too late to undo this flag"):
                await flagger.undo(run)

    asyncio.run(scenario())
    assert backend.rows == [0]


def test_a_flag_while_it_is_being_taken_back_waits_and_is_a_new_row() -> None:
    go_on = threading.Event()
    backend = Shelf(lambda: go_on.wait(60))
    flagger, run = flagger_of(backend, lambda: 0.0)

    async def scenario() -> tuple[int, int]:
        await flagger.flag(run)
        undoing = asyncio.create_task(flagger.undo(run))
        await asyncio.sleep(0)
        flagging = asyncio.create_task(flagger.flag(run))
        await asyncio.sleep(0)
        go_on.set()
        return await undoing, (await flagging).row

    assert asyncio.run(scenario()) == (0, 1)
    assert backend.rows == [1]


def test_a_flag_can_be_taken_back_while_it_is_on_its_way() -> None:
    backend = Shelf()
    flagger, run = flagger_of(backend, lambda: 0.0)

    async def scenario() -> None:
        flagging = asyncio.create_task(flagger.flag(run))
        await asyncio.sleep(0)
        assert await flagger.undo(run) == 0
        await flagging

    asyncio.run(scenario())
    assert backend.rows == []


def test_a_flag_that_could_not_be_stored_cannot_be_taken_back() -> None:
    class Broken(Shelf):
        """Stores nothing."""

        def flag_record(self, record: gr.FlagRecord) -> int:
            """Fail."""
            raise OSError("No room.")

    flagger, run = flagger_of(Broken(), lambda: 0.0)

    async def scenario() -> None:
        flagging = asyncio.create_task(flagger.flag(run))
        await asyncio.sleep(0)
        with pytest.raises(FlaggingError):
            await flagger.undo(run)
        with pytest.raises(FlaggingError):
            await flagging
        with pytest.raises(FlagGone):
            await flagger.undo(run)

    asyncio.run(scenario())


def test_who_goes_away_while_it_is_taken_back_does_not_stop_it() -> None:
    go_on = threading.Event()
    backend = Shelf(lambda: go_on.wait(60))
    flagger, run = flagger_of(backend, lambda: 0.0)

    async def scenario() -> None:
        await flagger.flag(run)
        click = asyncio.create_task(flagger.undo(run))
        await asyncio.sleep(0)
        click.cancel()
        again = asyncio.create_task(flagger.undo(run))
        await asyncio.sleep(0)
        go_on.set()
        assert await again == 0

    asyncio.run(scenario())
    assert backend.gone == ["0"]
