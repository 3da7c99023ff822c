"""Queue: who may run now, and who waits where."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from minidemo.engine.queue import Queue
from minidemo.errors import QueueFull
from minidemo.stores.base import Notify


def ignore(position: int, eta: float | None) -> None:
    """Take note of nothing."""


@asynccontextmanager
async def turn(queue: Queue, notify: Notify = ignore, client: str = "") -> AsyncIterator[None]:
    """Have a turn in a `with` block, which takes a second for the queue."""
    await queue.acquire(notify, client)
    try:
        yield
    finally:
        queue.release(1.0)


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


class Caller:
    """Waits for its turn, and keeps it until it is told to go."""

    def __init__(self, queue: Queue) -> None:
        self.go = asyncio.Event()
        self.told: list[int] = []
        self.etas: list[float | None] = []
        self.runs = False
        self.task = asyncio.create_task(self._call(queue))

    def _notify(self, position: int, eta: float | None) -> None:
        self.told.append(position)
        self.etas.append(eta)

    async def _call(self, queue: Queue) -> None:
        async with turn(queue, self._notify):
            self.runs = True
            await self.go.wait()

    async def end(self) -> None:
        self.go.set()
        await self.task
        await settle()


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        await test()

    asyncio.run(main())


def test_turns_are_given_in_order() -> None:
    async def test() -> None:
        queue = Queue(1, interval=0)
        a, b, c = (Caller(queue) for _ in range(3))
        await settle()
        assert (a.runs, b.runs, c.runs) == (True, False, False)
        assert (a.told, b.told, c.told) == ([], [0], [1])
        await a.end()
        assert (b.runs, c.runs, c.told) == (True, False, [1, 0])
        assert c.etas[0] is None
        assert c.etas[-1] is not None
        await b.end()
        await c.end()
        d = Caller(queue)
        await settle()
        assert d.runs
        await d.end()

    run(test)


def test_whoever_leaves_makes_room() -> None:
    async def test() -> None:
        queue = Queue(1, interval=0)
        a, b, c = (Caller(queue) for _ in range(3))
        await settle()
        b.task.cancel()
        await settle()
        assert c.told == [1, 0]
        await a.end()
        assert c.runs
        await c.end()

    run(test)


def test_a_turn_that_comes_too_late_is_passed_on() -> None:
    async def test() -> None:
        queue = Queue(1, interval=0)
        a, b, c = (Caller(queue) for _ in range(3))
        await settle()
        a.go.set()
        await asyncio.sleep(0)
        b.task.cancel()
        await settle()
        assert (b.runs, c.runs) == (False, True)
        await c.end()
        assert a.task.done()

    run(test)


def test_a_turn_skips_those_who_have_just_left() -> None:
    async def test() -> None:
        queue = Queue(1, interval=0)
        a, b, c = (Caller(queue) for _ in range(3))
        await settle()
        a.go.set()
        b.task.cancel()
        await settle()
        assert (a.task.done(), b.runs, c.runs) == (True, False, True)
        await c.end()

    run(test)


def test_no_limit() -> None:
    async def test() -> None:
        queue = Queue(None, interval=0)
        callers = [Caller(queue) for _ in range(20)]
        await settle()
        assert all(caller.runs for caller in callers)
        for caller in callers:
            await caller.end()

    run(test)


def test_a_full_queue_turns_away() -> None:
    async def test() -> None:
        queue = Queue(1, max_size=1, interval=0)
        a, b = Caller(queue), Caller(queue)
        await settle()
        with pytest.raises(QueueFull, match="Too many people are waiting"):
            await queue.acquire(ignore)
        await a.end()
        await b.end()

    run(test)


def test_each_client_has_a_turn_in_each_round() -> None:
    async def test() -> None:
        queue = Queue(1, interval=0)
        order: list[str] = []

        async def call(client: str) -> None:
            async with turn(queue, client=client):
                order.append(client)
                await asyncio.sleep(0)

        calls = [asyncio.create_task(call("a")) for _ in range(4)]
        await asyncio.sleep(0)
        calls += [asyncio.create_task(call("b")) for _ in range(2)]
        await asyncio.gather(*calls)
        assert "".join(order) == "aababa"

    run(test)


def test_a_client_that_always_comes_again_does_not_hold_up_another() -> None:
    async def test() -> None:
        queue = Queue(1, interval=0)
        order: list[str] = []

        async def call(client: str, again: int = 0) -> None:
            async with turn(queue, client=client):
                order.append(client)
                await asyncio.sleep(0)
            if again:
                await call(client, again - 1)

        await asyncio.gather(call("first"), *(call("many") for _ in range(3)), *(call(name, 9) for name in "xy"))
        assert max(i for i, client in enumerate(order) if client == "many") < 12

    run(test)


def test_a_full_queue_refuses_the_last_call_of_the_client_with_the_most() -> None:
    async def test() -> None:
        queue = Queue(1, max_size=3, interval=0)
        running = Caller(queue)
        await settle()
        many = [asyncio.create_task(queue.acquire(ignore, "many")) for _ in range(4)]
        await settle()
        assert [task.done() for task in many] == [False, False, False, True], "a single client fills it as ever"
        other = asyncio.create_task(queue.acquire(ignore, "other"))
        await settle()
        assert [task.done() for task in (*many, other)] == [False, False, True, True, False]
        assert queue.waiting == 3
        third = asyncio.create_task(queue.acquire(ignore, "third"))
        many[1].cancel()
        await settle()
        assert (queue.waiting, third.done()) == (3, False), "it has the place of the one that leaves"
        await running.end()
        for task in (many[0], other, third):
            await task
            queue.release(0)
        assert [type(task.exception()) for task in many[2:]] == [QueueFull, QueueFull]

    run(test)


def test_a_refused_call_that_is_cancelled_at_once_passes_no_turn_on() -> None:
    async def test() -> None:
        queue = Queue(1, max_size=2, interval=0)
        running = Caller(queue)
        await settle()
        many = [asyncio.create_task(queue.acquire(ignore, "many")) for _ in range(2)]
        await settle()
        other = asyncio.create_task(queue.acquire(ignore, "other"))
        await asyncio.sleep(0)
        many[1].cancel()
        await settle()
        assert [task.done() for task in (many[0], many[1], other)] == [False, True, False]
        await running.end()
        assert [many[0].done(), other.done()] == [True, False]
        queue.release(0)
        await other

    run(test)
