"""Flagger stores a flag once, even if whoever asked for it has gone away meanwhile."""

import asyncio
import gc
import logging
import threading
import weakref
from collections.abc import Callable

import pytest

import minidemo as gr
from minidemo.flags import Flagger
from minidemo.runs import Run, RunStore
from tests.flagging.backend import Backend


async def patiently(condition: Callable[[], bool]) -> None:
    while not condition():
        await asyncio.sleep(0.005)


def held(backend: gr.FlaggingCallback) -> tuple[Flagger, RunStore, Run]:
    """Return a flagger that knows of one run."""
    demo = gr.Interface(str.upper, "text", "text", flagging_callback=backend)
    run = Run(endpoint=demo.page.endpoint(None), inputs=("a",), outputs=("A",), duration=0.1)
    runs = RunStore(max_runs=1)
    runs.add(run)
    return Flagger(runs), runs, run


def test_a_flag_whose_visitor_went_away_is_stored_all_the_same() -> None:
    go_on = threading.Event()
    backend = Backend(lambda: int(go_on.wait(5)))
    flagger, _, run = held(backend)

    async def scenario() -> tuple[int, bool]:
        click = asyncio.create_task(flagger.flag(run.id))
        await patiently(lambda: backend.calls == 1)
        click.cancel()
        go_on.set()
        return await flagger.flag(run.id)

    assert asyncio.run(scenario()) == (1, False)
    assert backend.calls == 1


def test_a_failure_that_nobody_saw_is_tried_again_by_the_next_click(caplog: pytest.LogCaptureFixture) -> None:
    go_on = threading.Event()

    def fail_once() -> int:
        if backend.calls == 1:
            go_on.wait(5)
            raise OSError("The disk is full.")
        return 5

    backend = Backend(fail_once)
    flagger, _, run = held(backend)

    async def scenario() -> tuple[int, bool]:
        click = asyncio.create_task(flagger.flag(run.id))
        await patiently(lambda: backend.calls == 1)
        click.cancel()
        go_on.set()
        await patiently(lambda: "could not be saved" in caplog.text)
        await asyncio.sleep(0.05)
        return await flagger.flag(run.id)

    assert asyncio.run(scenario()) == (5, True)
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
    assert asyncio.run(flagger.flag(run.id)) == (5, True)


def test_what_was_flagged_is_forgotten_with_the_run() -> None:
    flagger, runs, run = held(Backend(lambda: 1))
    asyncio.run(flagger.flag(run.id))
    runs.add(Run(endpoint=run.endpoint, inputs=(), outputs=(), duration=0.1))
    kept = weakref.ref(run)
    del run
    gc.collect()
    assert kept() is None
