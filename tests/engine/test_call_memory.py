"""The inputs of calls that wait or run take so much memory, and those of one client half of it."""

import asyncio

import pytest

import minidemo as gr
from minidemo.engine.job import CallContext, Job
from minidemo.engine.runner import Runner
from minidemo.engine.workers import Workers
from minidemo.errors import InputError, QueueFull, RunExpired
from minidemo.stores.files import FileStore
from minidemo.stores.runs import RunStore

LARGE = "x" * 400


class SmallRunner(Runner):
    """A runner with memory for a few inputs."""

    max_inputs = 2_400


def runner() -> Runner:
    return SmallRunner(runs=RunStore(), files=FileStore(), workers=Workers())


async def gate(text: str) -> str:
    await asyncio.sleep(0.01)
    return text


def test_calls_over_the_limit_are_refused_until_others_have_ended() -> None:
    kept, demo = runner(), gr.Interface(gate, "text", "text")

    def job(client: str) -> Job:
        return kept.job(demo.page.endpoint(None), [LARGE], CallContext(client=client))

    async def call() -> None:
        calls = [asyncio.create_task(kept.run(job(client))) for client in ("a", "a", "a", "b", "b", "c")]
        results = await asyncio.gather(*calls, return_exceptions=True)
        assert [isinstance(each, QueueFull) for each in results] == [False, False, True, False, False, True]
        assert (await kept.run(job("a"))).outputs == (LARGE,)

    asyncio.run(call())


def test_a_refused_call_frees_its_inputs_and_its_part() -> None:
    kept, demo = runner(), gr.Interface(gate, gr.Textbox(max_length=3), "text")

    async def call() -> None:
        for _ in range(5):
            job = kept.job(demo.page.endpoint(None), [LARGE], CallContext())
            kept.start(job)
            assert await job.wait_done(10)
            await asyncio.sleep(0)
            assert isinstance(job.refusal, InputError)
            assert job.inputs == ()

    asyncio.run(call())


@pytest.mark.parametrize("message", ["short", LARGE])
def test_an_error_counts_for_the_memory_of_its_run(message: str) -> None:
    def fail(text: str) -> str:
        raise gr.Error(message)

    store = RunStore(max_bytes=1_500)
    demo = gr.Interface(fail, "text", "text")
    kept = Runner(runs=store, files=FileStore(), workers=Workers())

    async def call() -> int:
        runs = [await kept.run(kept.job(demo.page.endpoint(None), ["a"])) for _ in range(2)]
        return sum([await known(store, run.id) for run in runs])

    assert asyncio.run(call()) == (1 if message == LARGE else 2)


async def known(store: RunStore, run: str) -> bool:
    """Tell whether a run is stored."""
    try:
        await store.get(run)
    except RunExpired:
        return False
    return True
