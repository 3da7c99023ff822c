"""Background delivery of stored flags to a sink, in order."""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from minidemo.flagging import _lock, csv_cells
from minidemo.flagging.base import FlagRecord
from minidemo.flagging.store import FlagStore

logger = logging.getLogger("minidemo")
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 300.0)
"""Seconds to wait after each failure in a row; the last repeats."""


class Outbox(Protocol):
    """The flags that a sink has not taken yet."""

    def locked(self) -> AbstractContextManager[None]:
        """Keep other processes from delivering the same flags."""

    def pending(self) -> Iterator[FlagRecord]:
        """Yield the flags to deliver, the oldest first."""

    def mark_delivered(self, record: FlagRecord) -> None:
        """Note that the sink has taken a flag."""


class StoredOutbox:
    """An outbox in a folder's database, shared by all processes.

    Flags with more or fewer values than `width` are another demo's, or an earlier one's: they stay pending.
    """

    def __init__(self, store: FlagStore, sink: str, width: int) -> None:
        (name,) = csv_cells.folders([sink])
        self._store, self._sink, self._width = store, sink, width
        self._unsuitable: set[str] = set()
        self._hidden = store.folder / ".minidemo"
        self._place = self._hidden / f"{name}.sink"

    def exists(self) -> bool:
        """Tell whether there is a database, without creating the folder."""
        return (self._hidden / "flags.db").exists()

    def locked(self) -> AbstractContextManager[None]:
        """Wait until no other process delivers to this sink."""
        return _lock.held(self._place) if self.exists() else nullcontext()

    def pending(self) -> Iterator[FlagRecord]:
        """Yield the flags to deliver; skip those that were deleted meanwhile."""
        ids = self._store.owed(self._sink) if self.exists() else []
        for id in ids:
            if id not in self._unsuitable:
                yield from self._find(id)

    def mark_delivered(self, record: FlagRecord) -> None:
        """Remove the flag from the sink's list in the database."""
        self._store.paid(record.id, self._sink)

    def _find(self, id: str) -> Iterator[FlagRecord]:
        for record in self._store.records(ids=[id]):
            if len(record.data) == self._width:
                yield record
            else:
                self._unsuitable.add(id)
                logger.warning("Flag %s is not handed on to %s: the demo has other columns now.", id, self._sink)


class MemoryOutbox:
    """An outbox in memory, which ends with the process."""

    def __init__(self) -> None:
        self._records: deque[FlagRecord] = deque()

    def is_empty(self) -> bool:
        """Tell whether the sink has taken every flag."""
        return not self._records

    def add(self, record: FlagRecord) -> None:
        """Add a flag behind all others."""
        self._records.append(record)

    def locked(self) -> AbstractContextManager[None]:
        """Lock nothing: other processes do not see this outbox."""
        return nullcontext()

    def pending(self) -> Iterator[FlagRecord]:
        """Yield the first flag until there is none."""
        while self._records:
            yield self._records[0]

    def mark_delivered(self, record: FlagRecord) -> None:
        """Remove the first flag."""
        self._records.popleft()


class Delivery:
    """Delivers a sink's pending flags in a thread that ends afterwards.

    A flag may reach the sink twice, if the process ends just then. A failure is logged once, until a delivery succeeds.
    """

    def __init__(
        self, name: str, deliver: Callable[[FlagRecord], object], outbox: Outbox, pauses: Sequence[float]
    ) -> None:
        self._name, self._call, self._outbox, self._pauses = name, deliver, outbox, pauses
        self._failures = 0
        self._again = self._busy = False
        self._reset()

    def wake(self) -> None:
        """Deliver all flags that are pending by now."""
        if self._process != os.getpid():
            self._reset()
        with self._lock:
            self._again = True
            if not self._busy:
                self._busy = True
                threading.Thread(target=self._run, name=f"sink {self._name}", daemon=True).start()

    def attempt(self, record: FlagRecord) -> bool:
        """Deliver a flag now, and tell whether the sink has taken it."""
        try:
            self._deliver(record)
        except BaseException:  # the author's sink
            self._fail()
            return False
        return True

    def _reset(self) -> None:
        """Forget the thread: a forked process does not have it."""
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._again = False
        self._busy = False

    def _run(self) -> None:
        while self._has_work():
            while not self._deliver_pending():
                time.sleep(self._pauses[min(self._failures, len(self._pauses)) - 1])

    def _has_work(self) -> bool:
        """Tell whether `wake` was called since the last look."""
        with self._lock:
            self._busy = self._again
            self._again = False
            return self._busy

    def _deliver_pending(self) -> bool:
        """Deliver the pending flags, and tell whether the sink has taken all."""
        try:
            with self._outbox.locked():
                for record in self._outbox.pending():
                    self._deliver(record)
                    self._outbox.mark_delivered(record)
        except BaseException:  # the author's sink
            self._fail()
            return False
        return True

    def _deliver(self, record: FlagRecord) -> None:
        self._call(record)
        self._failures = 0

    def _fail(self) -> None:
        """Log the first of several failures in a row."""
        if not self._failures:
            logger.exception("%s could not be told of a flag. The flag is stored, and is handed on later.", self._name)
        self._failures += 1
