"""Flags that wait are written together, and each thread hears of its own."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from minidemo.flagging.group import Group


class Desk:
    """Notes what is written together; the first time it waits until it is let go."""

    def __init__(self) -> None:
        self.turns: list[list[int]] = []
        self.busy, self.go = threading.Event(), threading.Event()

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something that no event tells of."""
        held = False
        while not held:
            time.sleep(0.001)
            held = holds()

    def write(self, items: Sequence[int]) -> list[str]:
        """Note a turn; odd numbers cannot be written with others, and nothing can be written after 100."""
        self.turns.append(list(items))
        self.busy.set()
        assert self.go.wait(60)
        if max(items) > 100:
            raise BlockingIOError("locked")
        if len(items) > 1 and any(item % 2 for item in items):
            raise ValueError("odd among others")
        if 13 in items:
            raise ValueError("thirteen")
        return [f"wrote {item}" for item in items]


def together(first: int, *others: int, **options: Any) -> tuple[Desk, list[str]]:
    """Let some items wait while the first is written, and return what became of each."""
    desk = Desk()
    group = Group(desk.write, lambda one, other: one < 50 or other < 50 or one == other, **options)

    def add(item: int) -> str:
        try:
            return group.add(item)
        except (ValueError, OSError) as error:
            return str(error)

    with ThreadPoolExecutor(len(others) + 1) as pool:
        told = [pool.submit(add, first)]
        assert desk.busy.wait(60)
        for item in others:
            told.append(pool.submit(add, item))
            desk.until(lambda: group.waiting == len(told))
        desk.go.set()
        return desk, [each.result(60) for each in told]


def test_what_waits_is_written_in_one_turn() -> None:
    desk, told = together(0, 2, 4, 6)
    assert told == ["wrote 0", "wrote 2", "wrote 4", "wrote 6"]
    assert desk.turns == [[0], [2, 4, 6]]


def test_who_writes_waits_for_those_that_came_together_before() -> None:
    desk = Desk()
    desk.go.set()
    more = iter([12, 14])

    def nap() -> None:
        """Let another item come, while there are any."""
        count = group.waiting
        for item in more:
            told.append(pool.submit(group.add, item))
            desk.until(lambda: group.waiting > count)
            return

    group = Group(desk.write, lambda one, other: True, nap=nap)
    with ThreadPoolExecutor(4) as pool:
        desk.go.clear()
        told = [pool.submit(group.add, 0)]
        assert desk.busy.wait(60)
        told += [pool.submit(group.add, item) for item in (2, 4, 6)]
        desk.until(lambda: group.waiting == 4)
        desk.go.set()
        assert [each.result(60) for each in told] == ["wrote 0", "wrote 2", "wrote 4", "wrote 6"]
        assert group.add(10) == "wrote 10"
        assert group.add(20) == "wrote 20"
    assert [sorted(turn) for turn in desk.turns[-2:]] == [[10, 12, 14], [20]]


def test_what_fails_does_not_take_others_with_it() -> None:
    desk, told = together(0, 2, 13, 4)
    assert told == ["wrote 0", "wrote 2", "thirteen", "wrote 4"]
    assert desk.turns == [[0], [2, 13, 4], [2], [13], [4]]


def test_what_is_of_another_kind_has_a_turn_of_its_own() -> None:
    desk, told = together(0, 60, 70, 60)
    assert told == ["wrote 0", "wrote 60", "wrote 70", "wrote 60"]
    assert desk.turns == [[0], [60, 60], [70]]


def test_nobody_waits_again_for_a_lock_that_was_waited_for_in_vain() -> None:
    desk, told = together(102, 4, 6)
    assert told == ["locked"] * 3
    assert desk.turns == [[102]]


def test_a_thread_that_is_interrupted_lets_the_next_go_on() -> None:
    items: list[int] = []

    def write(batch: Sequence[int]) -> Sequence[int]:
        items.extend(batch)
        if batch[0] == 1:
            raise KeyboardInterrupt
        return batch

    group = Group(write, lambda one, other: True)
    with pytest.raises(KeyboardInterrupt):
        group.add(1)
    assert group.add(2) == 2
    assert items == [1, 2]


def test_a_thread_that_is_interrupted_while_it_waits_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    group = Group(desk.write, lambda one, other: True)

    class Interrupted:
        """A lock whose thread is interrupted while it waits."""

        def acquire(self) -> None:
            """Take it once, and be interrupted then."""
            monkeypatch.setattr(self, "acquire", self.interrupt, raising=False)

        def interrupt(self) -> None:
            """Be interrupted."""
            raise MemoryError

        def release(self) -> None:
            """Let nobody go: nobody waits."""

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(group.add, 0)
        assert desk.busy.wait(60)
        with monkeypatch.context() as patch:
            patch.setattr(threading, "Lock", Interrupted)
            with pytest.raises(MemoryError):
                group.add(2)
        last = pool.submit(group.add, 4)
        desk.until(lambda: group.waiting == 3)
        desk.go.set()
        assert [first.result(60), last.result(60)] == ["wrote 0", "wrote 4"]
    assert desk.turns == [[0], [4]]


def test_more_than_fit_into_one_turn_are_written_in_several() -> None:
    desk, told = together(0, 2, 4, 6, 8, 10, most=2)
    assert told == [f"wrote {item}" for item in (0, 2, 4, 6, 8, 10)]
    assert desk.turns == [[0], [2, 4], [6, 8], [10]]


def test_a_process_that_was_forked_off_does_not_wait_for_threads_it_does_not_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    group = Group(desk.write, lambda one, other: True)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(group.add, 0)
        assert desk.busy.wait(60)
        desk.go.set()
        with monkeypatch.context() as patch:
            patch.setattr(os, "getpid", lambda: -1)
            assert group.add(2) == "wrote 2"
        assert first.result(60) == "wrote 0"
