"""Flagger stores a flag once, even if whoever asked for it has gone away meanwhile."""

import asyncio
import gc
import logging
import threading
import weakref
from collections.abc import Callable

import pytest

import minidemo as gr
from minidemo.engine.flagger import Flagger, StoredFlag
from minidemo.stores.files import FileStore
from minidemo.stores.runs import Run, RunStore
from tests.flagging.backend import Archive, Backend, Shelf


async def patiently(condition: Callable[[], bool]) -> None:
    while not condition():
        await asyncio.sleep(0.005)


def held(backend: gr.FlaggingCallback) -> tuple[Flagger, RunStore, Run]:
    """Return a flagger that knows of one run."""
    demo = gr.Interface(str.upper, "text", "text", flagging_callback=backend)
    run = Run(endpoint="upper", inputs=("a",), outputs=("A",), duration=0.1)
    runs = RunStore(max_runs=1)
    runs.add(run)
    return Flagger(runs, FileStore(), endpoint_of=demo.page.endpoint), runs, run


def test_a_flag_whose_visitor_went_away_is_stored_all_the_same() -> None:
    go_on = threading.Event()
    backend = Backend(lambda: int(go_on.wait(60)))
    flagger, _, run = held(backend)

    async def scenario() -> StoredFlag:
        click = asyncio.create_task(flagger.flag(run.id))
        await patiently(lambda: backend.calls == 1)
        click.cancel()
        go_on.set()
        return await flagger.flag(run.id)

    assert asyncio.run(scenario()) == StoredFlag(row=1, new=False, undo=None)
    assert backend.calls == 1


def test_a_failure_that_nobody_saw_is_tried_again_by_the_next_click(caplog: pytest.LogCaptureFixture) -> None:
    go_on = threading.Event()

    def fail_once() -> int:
        if backend.calls == 1:
            go_on.wait(60)
            raise OSError("The disk is full.")
        return 5

    backend = Backend(fail_once)
    flagger, _, run = held(backend)

    async def scenario() -> StoredFlag:
        click = asyncio.create_task(flagger.flag(run.id))
        await patiently(lambda: backend.calls == 1)
        click.cancel()
        go_on.set()
        await patiently(lambda: "could not be saved" in caplog.text)
        await asyncio.sleep(0.05)
        return await flagger.flag(run.id)

    assert asyncio.run(scenario()) == StoredFlag(row=5, new=True, undo=None)
    gc.collect()
    assert not [record for record in caplog.records if record.name == "asyncio" and record.levelno >= logging.ERROR]


def test_a_flag_that_the_servers_end_cut_off_can_be_tried_again() -> None:
    backend = Backend(lambda: 5)
    flagger, _, run = held(backend)

    async def begin() -> None:
        click = asyncio.create_task(flagger.flag(run.id))
        await asyncio.sleep(0)
        assert not click.done()

    asyncio.run(begin())
    assert asyncio.run(flagger.flag(run.id)) == StoredFlag(row=5, new=True, undo=None)


def test_what_was_flagged_is_forgotten_with_the_run() -> None:
    flagger, runs, run = held(Shelf())

    async def scenario(run_id: str) -> None:
        await flagger.flag(run_id)
        await flagger.undo(run_id)
        await flagger.flag(run_id)

    asyncio.run(scenario(run.id))
    runs.add(Run(endpoint=run.endpoint, inputs=(), outputs=(), duration=0.1))
    kept = weakref.ref(run)
    del run
    asyncio.run(patiently(lambda: gc.collect() >= 0 and kept() is None))


def test_many_flags_are_on_their_way_at_once() -> None:
    """So that a backend can store all that wait in one go."""
    meeting = threading.Barrier(16, timeout=60)
    demo = gr.Interface(str.upper, "text", "text", flagging_callback=Backend(meeting.wait))
    waiting = [Run(endpoint="upper", inputs=("a",), outputs=("A",), duration=0.1) for _ in range(16)]
    runs = RunStore()
    for run in waiting:
        runs.add(run)
    flagger = Flagger(runs, FileStore(), endpoint_of=demo.page.endpoint)

    async def scenario() -> list[StoredFlag]:
        return await asyncio.gather(*(flagger.flag(run.id) for run in waiting))

    assert {flagged.row for flagged in asyncio.run(scenario())} == set(range(16))


@pytest.mark.parametrize(
    ("sample", "drawn", "stored"),
    [(0.5, [0.49, 0.5, 0.0, 0.99], 2), (0, [0.0, 0.9], 0), (1, [0.0, 0.999999], 2)],
)
def test_of_the_runs_that_are_stored_by_themselves_a_share_is_drawn(
    sample: float, drawn: list[float], stored: int
) -> None:
    backend = Archive()
    demo = gr.Interface(
        str.upper, "text", "text", flagging_mode="auto", flagging_auto=sample, flagging_callback=backend
    )
    flagger = Flagger(RunStore(), FileStore(), endpoint_of=demo.page.endpoint, chance=iter(drawn).__next__)
    for _ in drawn:
        run = Run(endpoint="upper", inputs=("a",), outputs=("A",), duration=0.1)
        asyncio.run(flagger.flag_automatically(run))
    assert len(backend.kept) == stored
