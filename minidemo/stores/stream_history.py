"""StreamHistory: the latest runs of each camera or microphone stream."""

from collections import deque
from collections.abc import Callable, Iterator
from weakref import ref

from minidemo.content.media import Media, files_of
from minidemo.endpoints.endpoint import Endpoint
from minidemo.stores.base import BaseFileStore, BaseRunStore
from minidemo.stores.runs import Run
from minidemo.utils.lru import LRU

MAX_RUNS = 10
"""Number of runs per stream: enough to flag a recent one."""
MAX_PAGES = 10_000


class StreamHistory:
    """Deletes all but the latest runs of each stream, with their files.

    Args:
        runs: The store of runs.
        files: The store of files.
        endpoint_of: Returns the endpoint with a name.
        keep: Returns True for a run that must stay.
    """

    def __init__(
        self,
        runs: BaseRunStore,
        files: BaseFileStore,
        *,
        endpoint_of: Callable[[str], Endpoint],
        keep: Callable[[Run], bool],
    ) -> None:
        self._runs = runs
        self._files = files
        self._endpoint_of = endpoint_of
        self._keep = keep
        self._latest: LRU[tuple[str, str], deque[ref[Run]]] = LRU(MAX_PAGES)

    async def add(self, run: Run) -> None:
        """Add a run of a stream and delete the oldest."""
        if run.session is None:
            return
        latest = self._latest.setdefault((run.session, run.endpoint), deque)
        latest.append(ref(run))
        if len(latest) > MAX_RUNS and (old := latest.popleft()()) is not None and not self._keep(old):
            self._delete(old, [kept for each in latest if (kept := each()) is not None])

    def _delete(self, old: Run, latest: list[Run]) -> None:
        self._runs.remove(old.id)
        shared = {id(media) for run in latest for media in self._files_of(run)}
        for media in self._files_of(old):
            if id(media) not in shared:
                self._files.remove(media)

    def _files_of(self, run: Run) -> Iterator[Media]:
        """Yield the files of a run's streamed inputs and outputs."""
        for component, value in zip(self._endpoint_of(run.endpoint).inputs, run.inputs, strict=True):
            if component.streaming:
                yield from files_of(value)
        yield from files_of(run.outputs)
