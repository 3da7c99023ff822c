"""Workers: threads that run the functions."""

import asyncio
import threading
from concurrent.futures import Executor, wait

import pytest

from minidemo.engine.workers import Workers


def test_it_is_an_executor() -> None:
    workers: Executor = Workers()
    assert list(workers.map(lambda x: x * x, range(100))) == [x * x for x in range(100)]


def test_threads_are_started_as_they_are_needed() -> None:
    workers = Workers()
    assert len({workers.submit(threading.get_ident).result() for _ in range(50)}) <= 2


def test_as_many_run_at_once_as_the_limit_says() -> None:
    workers = Workers(limit=3)
    meeting = threading.Barrier(3, timeout=60)
    assert len({f.result() for f in [workers.submit(meeting.wait) for _ in range(3)]}) == 3
    go_on = threading.Event()
    blocked = [workers.submit(go_on.wait, 10) for _ in range(3)]
    late = workers.submit(int)
    assert not wait([late], timeout=0.05).done
    go_on.set()
    assert all(future.result() for future in blocked)
    assert late.result() == 0


def test_what_waits_can_be_cancelled() -> None:
    workers = Workers(limit=1)
    go_on = threading.Event()
    running = workers.submit(go_on.wait, 10)
    waiting = workers.submit(pytest.fail)
    assert waiting.cancel()
    go_on.set()
    assert running.result()
    assert workers.submit(int).result(60) == 0


def test_an_exception_belongs_to_who_waits() -> None:
    workers = Workers(limit=1)
    with pytest.raises(SystemExit):
        workers.submit(exit, 3).result()
    assert workers.submit(int).result(60) == 0


def test_the_threads_never_keep_the_program_from_ending() -> None:
    assert Workers().submit(threading.current_thread).result().daemon


def test_a_call_can_be_awaited() -> None:
    workers = Workers(limit=1)
    assert asyncio.run(workers.call(divmod, 7, 2)) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(workers.call(divmod, 7, 0))


class Long:
    """A function that goes on until it is told to end."""

    def __init__(self) -> None:
        self.end = threading.Event()
        self._started = threading.Event()

    def __call__(self) -> None:
        self._started.set()
        self.end.wait(60)

    async def started(self) -> None:
        assert await asyncio.to_thread(self._started.wait, 60)


def test_a_call_that_nobody_waits_for_any_longer_is_not_made_or_not_told() -> None:
    workers, long, made = Workers(limit=1), Long(), list[int]()

    async def give_up() -> None:
        running = asyncio.create_task(workers.call(long))
        waiting = asyncio.create_task(workers.call(made.append, 1))
        await long.started()
        for call in (running, waiting):
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
        long.end.set()
        assert await workers.call(int) == 0

    asyncio.run(give_up())
    assert made == []


def test_a_call_may_outlast_the_loop() -> None:
    workers, long = Workers(limit=1), Long()

    async def leave() -> None:
        call = asyncio.create_task(workers.call(long))
        await long.started()
        assert not call.done()

    asyncio.run(leave())
    long.end.set()
    assert workers.submit(int).result(60) == 0
