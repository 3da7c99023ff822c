"""Runs are kept for a while, under ids that nobody can guess, and never too many of them."""

import re
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from minidemo.content.media import Media
from minidemo.errors import RunExpired
from minidemo.stores.runs import Run, RunStore, weigh
from tests.clock import Clock


def run(*inputs: Any) -> Run:
    return Run(endpoint="upper", inputs=inputs, outputs=(), duration=0.1)


def at_once(lookup: Coroutine[Any, Any, Run]) -> Run:
    """Return the result of a lookup in memory, which waits for nothing, and which no event loop holds on to."""
    found: list[Run] = []

    async def find() -> None:
        found.append(await lookup)

    assert [*find().__await__()] == []
    return found.pop()


def kept(store: RunStore, runs: list[Run]) -> list[bool]:
    """Tell of each run whether it is still there."""

    def is_kept(run: Run) -> bool:
        try:
            return at_once(store.get(run.id)) is run
        except RunExpired:
            return False

    return [is_kept(run) for run in runs]


def test_a_run_is_found_by_its_id() -> None:
    store, first = RunStore(), run("a")
    store.add(first)
    assert at_once(store.get(first.id)) is first


@pytest.mark.parametrize("name", ["", "nothing", "0", "a" * 22])
def test_an_unknown_run_is_said_to_be_no_longer_kept(name: str) -> None:
    with pytest.raises(RunExpired, match=r"has expired\. Submit again"):
        at_once(RunStore().get(name))


def test_ids_cannot_be_guessed() -> None:
    ids = {run().id for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch(r"[\w-]{22,}", name) for name in ids), "128 bits"


def test_the_oldest_runs_make_room_for_the_newest() -> None:
    store, runs = RunStore(max_runs=3), [run(i) for i in range(5)]
    for each in runs:
        store.add(each)
    assert kept(store, runs) == [False, False, True, True, True]


def test_the_values_of_the_runs_do_not_outgrow_the_memory() -> None:
    store, runs = RunStore(max_bytes=25_000), [run("x" * 10_000) for _ in range(4)]
    for each in runs:
        store.add(each)
    assert kept(store, runs) == [False, False, True, True]
    large = run("x" * 1_000_000)
    store.add(large)
    assert kept(store, [*runs, large]) == [False] * 4 + [True], "the newest is kept, however large"
    small = [run("x") for _ in range(10)]
    for each in small:
        store.add(each)
    assert kept(store, [large, *small]) == [False] + [True] * 10, "and what went does not weigh any longer"


def test_outputs_weigh_as_inputs_do() -> None:
    store = RunStore(max_bytes=15_000)
    runs = [Run(endpoint="upper", inputs=(), outputs=("x" * 10_000,), duration=0.1) for _ in range(2)]
    for each in runs:
        store.add(each)
    assert kept(store, runs) == [False, True]


def stored(path: Path, size: int) -> Media:
    """A file of a visitor's that takes some bytes on the disk."""
    path.write_bytes(b"x" * size)
    return Media.of_path(path, temporary=True)


def test_the_files_of_the_runs_do_not_fill_the_disk() -> None:
    store = RunStore(max_disk=250)
    paths = [Path(f"{i}.wav") for i in range(4)]
    runs = [run({"voice": stored(path, 100)}) for path in paths]
    for each in runs:
        store.add(each)
    assert kept(store, runs) == [False, False, True, True]
    runs.clear()
    del each
    assert [path.exists() for path in paths] == [False, False, True, True], "and the room is free again"


def test_a_file_of_several_runs_takes_its_room_once() -> None:
    store, voice = RunStore(max_disk=250), stored(Path("voice.wav"), 100)
    runs = [run(voice, voice.copy_for_visitor()) for _ in range(5)]
    for each in runs:
        store.add(each)
    assert kept(store, runs) == [True] * 5
    for each in runs[:4]:
        store.remove(each.id)
    assert store.holds(voice)
    for _ in range(2):
        store.remove(runs[4].id)
    assert not store.holds(voice)
    more = [run(stored(Path(f"{i}.wav"), 100)) for i in range(2)]
    for each in more:
        store.add(each)
    assert kept(store, more) == [True] * 2, "what was let go of takes no room"


def test_a_file_that_was_swept_from_the_disk_takes_no_room() -> None:
    store, gone = RunStore(max_disk=50), stored(Path("gone.wav"), 100)
    Path("gone.wav").unlink()
    runs = [run(gone), run(gone)]
    for each in runs:
        store.add(each)
    assert kept(store, runs) == [True, True]


def test_the_authors_files_are_none_of_the_visitors() -> None:
    Path("cat.png").write_bytes(b"x" * 100)
    store, runs = RunStore(max_disk=50), [run(Media.of_path(Path("cat.png"))) for _ in range(2)]
    for each in runs:
        store.add(each)
    assert kept(store, runs) == [True, True]


def test_old_runs_are_forgotten_unless_they_are_spared() -> None:
    clock = Clock()
    store, runs = RunStore(clock=clock), [run(i) for i in range(4)]
    for clock.now, each in enumerate(runs):
        store.add(each)
    clock.now = 12
    assert store.sweep(10, keep=lambda each: each is runs[0]) == [runs[1], runs[2]]
    assert kept(store, runs) == [True, False, False, True]
    assert store.sweep(10, keep=lambda each: False) == [runs[0]]


def test_what_shows_a_run_again_is_as_old_as_that() -> None:
    clock = Clock()
    store, first = RunStore(clock=clock), run("a")
    store.add(first)
    clock.now = 9
    again = [run("a"), run("a")]
    store.add(again[0], same_age_as=first)
    store.add(again[1], same_age_as=again[0])
    clock.now = 10
    assert store.sweep(10, keep=lambda each: False) == [first, *again]
    store.add(late := run("a"), same_age_as=first)
    assert store.sweep(10, keep=lambda each: False) == [], "there is nothing to be as old as"
    assert kept(store, [first, *again, late]) == [False, False, False, True]


@pytest.mark.parametrize(
    ("value", "least"),
    [
        (None, 0),
        (5, 0),
        ("x" * 10_000, 10_000),
        (["x" * 10_000, "y" * 10_000], 20_000),
        (("x" * 10_000,), 10_000),
        ({"x" * 10_000: "y" * 10_000}, 20_000),
        ({"a": [{"b": "x" * 10_000}]}, 10_000),
        (list(range(10_000)), 80_000),
    ],
)
def test_a_value_weighs_about_what_it_takes(value: object, least: int) -> None:
    assert least <= weigh(value) <= least * 6 + 1000


def test_a_file_weighs_what_it_keeps_in_memory() -> None:
    assert weigh(Media("a.png", weight=12_345)) == 12_345
    assert weigh([Media("a.png", weight=10_000)] * 3) == 30_000 + sys.getsizeof([None] * 3)
