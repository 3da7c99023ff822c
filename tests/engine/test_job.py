"""Jobs: calls while they are under way."""

import asyncio
from typing import Any

import pytest

import minidemo as gr
from minidemo.engine.job import CallContext, Job


def job(**options: Any) -> Job:
    (endpoint,) = gr.Interface(str.upper, "text", "text").page.endpoints.values()
    return Job(endpoint, ("a",), CallContext(), **options)


def test_a_call_that_nobody_follows_any_longer_is_stopped() -> None:
    async def leave() -> bool:
        left = job(grace=0)
        changes = left.changes()
        await anext(changes)
        await changes.aclose()  # type: ignore[attr-defined]  # an async generator has `aclose`
        while not left.stopped:
            await asyncio.sleep(0)
        return left.stopped

    assert asyncio.run(leave())


def test_a_call_goes_on_for_who_still_follows_it_or_comes_back() -> None:
    async def come_and_go() -> bool:
        followed = job(grace=0)
        one, other = asyncio.Event(), asyncio.Event()
        followed.follow(one)
        followed.follow(other)
        followed.leave(one)
        followed.leave(other)
        followed.follow(one)
        await asyncio.sleep(0.01)
        return followed.stopped

    assert not asyncio.run(come_and_go())


def test_a_program_that_ends_is_no_visitor_who_stops() -> None:
    async def end() -> None:
        with job().interruptible():
            asyncio.current_task().cancel()  # type: ignore[union-attr]  # there is one
            await asyncio.sleep(10)

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(end())
