"""Streams: what is kept of calls that a page makes again and again while a camera or a microphone is on."""

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from weakref import ref

from minidemo.content.media import Media
from minidemo.stores.files import FileStore, files_in
from minidemo.stores.runs import Run, RunStore

KEPT = 10
"""How many of the latest runs of a page are kept: enough to flag what was seen a moment ago."""
MAX_PAGES = 10_000


class Streams:
    """Forgets all but the latest runs of each stream, and their files; those that are to be `spared` stay."""

    def __init__(self, runs: RunStore, files: FileStore, *, keep: Callable[[Run], bool]) -> None:
        self._runs = runs
        self._files = files
        self._spared = spared
        self._latest: OrderedDict[tuple[str, str], deque[ref[Run]]] = OrderedDict()

    async def note(self, run: Run) -> None:
        """Make room for a run, if it is one of a stream."""
        if run.session is None or not run.endpoint.streams:
            return
        latest = self._latest.setdefault((run.session, run.endpoint.name), deque())
        self._latest.move_to_end((run.session, run.endpoint.name))
        latest.append(ref(run))
        if len(latest) > KEPT and (old := latest.popleft()()) is not None and not self._spared(old):
            self._forget(old, [kept for each in latest if (kept := each()) is not None])
        if len(self._latest) > MAX_PAGES:
            self._latest.popitem(last=False)

    def _forget(self, old: Run, latest: list[Run]) -> None:
        self._runs.forget(old.id)
        held = {id(media) for run in latest for media in _files_of(run)}
        for media in _files_of(old):
            if id(media) not in held:
                self._files.forget(media)


def _files_of(run: Run) -> Iterator[Media]:
    """Yield the files that a run alone brought: what it was sent of the stream, and what came out."""
    for component, value in zip(run.endpoint.inputs, run.inputs, strict=True):
        if component.streaming:
            yield from files_in(value)
    yield from files_in(run.outputs)
