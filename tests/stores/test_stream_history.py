"""What is kept of streams takes little, however many pages there are."""

import asyncio
from collections.abc import Iterable

import pytest

import minidemo as gr
from minidemo.content.media import Media
from minidemo.errors import NotFound, RunExpired
from minidemo.stores.files import FileStore
from minidemo.stores.runs import Run, RunStore
from minidemo.stores.stream_history import MAX_PAGES, MAX_RUNS, StreamHistory

PAGE = gr.Interface(lambda im: im, gr.Image(streaming=True), "image", live=True).page


class Kept:
    """The stores of a demo whose input streams."""

    def __init__(self, *, max_runs: int = 100_000) -> None:
        self.files = FileStore()
        self.runs = RunStore(max_runs=max_runs)
        self.streams = StreamHistory(self.runs, self.files, endpoint_of=PAGE.endpoint, keep=lambda run: False)

    async def add(self, session: str, *, output: Media | None = None) -> str:
        """Make a run, and return its id; it is held by the store alone."""
        run = Run(endpoint=PAGE.endpoint(None).name, inputs=(None,), outputs=(output,), duration=0.1, session=session)
        self.runs.add(run)
        await self.streams.add(run)
        return run.id

    def fill(self, sessions: Iterable[str], *, output: Media | None = None) -> list[str]:
        """Make a run for each of some sessions."""

        async def fill() -> list[str]:
            return [await self.add(session, output=output) for session in sessions]

        return asyncio.run(fill())

    def has(self, run: str) -> bool:
        """Tell whether a run is kept."""
        try:
            return asyncio.run(self.runs.get(run)).id == run
        except RunExpired:
            return False


def test_a_page_that_was_not_heard_of_for_long_is_forgotten_but_not_its_runs() -> None:
    kept = Kept()
    runs = kept.fill(["first"] * MAX_RUNS)
    kept.fill(f"page {i}" for i in range(MAX_PAGES))
    kept.fill(["first"])
    assert all(map(kept.has, runs))


def test_runs_that_the_store_has_forgotten_are_no_trouble() -> None:
    kept = Kept(max_runs=2)
    runs = kept.fill(["page"] * (MAX_RUNS + 2))
    assert [kept.has(run) for run in runs[-3:]] == [False, True, True]


def test_a_file_goes_with_what_belongs_to_it() -> None:
    kept = Kept()
    picture = Media.of_bytes(b"picture", "a.png")
    picture.preview = Media.of_bytes(b"preview", "b.png")
    never_shown = Media.of_bytes(b"other", "c.png")
    (shown,) = kept.files.publish([picture], None)
    kept.fill(["page"], output=picture)
    kept.fill(["page"], output=never_shown)
    kept.fill(["page"] * MAX_RUNS)
    for path in (shown["path"], shown["meta"]["preview"]):
        with pytest.raises(NotFound):
            kept.files.get(path.partition("/")[0])
