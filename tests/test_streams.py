"""What is kept of streams takes little, however many pages there are."""

import pytest

import minidemo as gr
from minidemo.errors import NotFound, RunExpired
from minidemo.files import FileStore
from minidemo.media import Media
from minidemo.runs import Run, RunStore
from minidemo.streams import KEPT, MAX_PAGES, Streams

ENDPOINT = gr.Interface(lambda im: im, gr.Image(streaming=True), "image", live=True).page.endpoint(None)


class Kept:
    """The stores of a demo whose input streams."""

    def __init__(self, *, max_runs: int = 100_000) -> None:
        self.files = FileStore()
        self.runs = RunStore(max_runs=max_runs)
        self.streams = Streams(self.runs, self.files, spared=lambda run: False)

    def add(self, session: str, *, output: Media | None = None) -> str:
        """Make a run, and return its id; it is held by the store alone."""
        run = Run(endpoint=ENDPOINT, inputs=(None,), outputs=(output,), duration=0.1, session=session)
        self.runs.add(run)
        self.streams.note(run)
        return run.id

    def has(self, run: str) -> bool:
        """Tell whether a run is kept."""
        try:
            return self.runs.get(run).id == run
        except RunExpired:
            return False


def test_a_page_that_was_not_heard_of_for_long_is_forgotten_but_not_its_runs() -> None:
    kept = Kept()
    runs = [kept.add("first") for _ in range(KEPT)]
    for i in range(MAX_PAGES):
        kept.add(f"page {i}")
    kept.add("first")
    assert all(map(kept.has, runs))


def test_runs_that_the_store_has_forgotten_are_no_trouble() -> None:
    kept = Kept(max_runs=2)
    runs = [kept.add("page") for _ in range(KEPT + 2)]
    assert [kept.has(run) for run in runs[-3:]] == [False, True, True]


def test_a_file_goes_with_what_belongs_to_it() -> None:
    kept = Kept()
    picture = Media.of_bytes(b"picture", "a.png")
    picture.preview = Media.of_bytes(b"preview", "b.png")
    never_shown = Media.of_bytes(b"other", "c.png")
    (shown,) = kept.files.publish([picture], "page")
    kept.add("page", output=picture)
    kept.add("page", output=never_shown)
    for _ in range(KEPT):
        kept.add("page")
    for path in (shown["path"], shown["meta"]["preview"]):
        with pytest.raises(NotFound):
            kept.files.get(path.partition("/")[0])
