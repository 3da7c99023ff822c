"""Couriers: they hand on flags to a sink in the background, in order, until it has taken each."""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from minidemo.flagging import _cells, _lock
from minidemo.flagging.base import FlagRecord
from minidemo.flagging.store import FlagStore

logger = logging.getLogger("minidemo")
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 300.0)
"""How long to wait after the first failure, the second and so on, in seconds; the last holds from then on."""


class Outbox(Protocol):
    """What is owed to a sink."""

    def turn(self) -> AbstractContextManager[None]:
        """Keep other processes from handing on the same flags."""

    def owed(self) -> Iterator[FlagRecord]:
        """Yield the flags that are still to be handed on, the oldest first."""

    def paid(self, record: FlagRecord) -> None:
        """Note that a flag was handed on."""


class Stored:
    """An outbox in the database of a folder: it outlives the process, and all processes share it.

    Flags that have not as many values as `width` are another demo's, or an earlier one's: they stay owed.
    """

    def __init__(self, store: FlagStore, sink: str, width: int) -> None:
        (name,) = _cells.folders([sink])
        self._store, self._sink, self._width = store, sink, width
        self._others: set[str] = set()
        self._hidden = store.folder / ".minidemo"
        self._place = self._hidden / f"{name}.sink"

    def exists(self) -> bool:
        """Tell whether there is a database; the folder may have been deleted, and must not be made anew for this."""
        return (self._hidden / "flags.db").exists()

    def turn(self) -> AbstractContextManager[None]:
        """Wait until no other process hands on flags to this sink."""
        return _lock.held(self._place) if self.exists() else nullcontext()

    def owed(self) -> Iterator[FlagRecord]:
        """Yield the flags that the database says are owed; those that were removed meanwhile are passed over."""
        owed = self._store.owed(self._sink) if self.exists() else []
        for id in owed:
            if id not in self._others:
                yield from self._find(id)

    def paid(self, record: FlagRecord) -> None:
        """Take the flag from the list."""
        self._store.paid(record.id, self._sink)

    def _find(self, id: str) -> Iterator[FlagRecord]:
        for record in self._store.records(ids=[id]):
            if len(record.data) == self._width:
                yield record
            else:
                self._others.add(id)
                logger.warning("Flag %s is not handed on to %s: the demo has other columns now.", id, self._sink)


class Remembered:
    """An outbox in memory: what is in it is lost with the process."""

    def __init__(self) -> None:
        self._owed: deque[FlagRecord] = deque()

    def is_empty(self) -> bool:
        """Tell whether nothing is owed."""
        return not self._owed

    def add(self, record: FlagRecord) -> None:
        """Add a flag behind all others."""
        self._owed.append(record)

    def turn(self) -> AbstractContextManager[None]:
        """Nobody else knows of this one."""
        return nullcontext()

    def owed(self) -> Iterator[FlagRecord]:
        """Yield what is first as long as there is something."""
        while self._owed:
            yield self._owed[0]

    def paid(self, record: FlagRecord) -> None:
        """Forget the flag, which is the first."""
        self._owed.popleft()


class Courier:
    """Hands on what is owed to a sink, in a thread that ends when nothing is.

    A flag may reach the sink twice, if the process ends just then. What goes wrong is logged once, until it goes well.
    """

    def __init__(
        self, name: str, deliver: Callable[[FlagRecord], object], outbox: Outbox, pauses: Sequence[float]
    ) -> None:
        self._name, self._deliver, self._outbox, self._pauses = name, deliver, outbox, pauses
        self._failures = 0
        self._again = self._busy = False
        self._renew()

    def wake(self) -> None:
        """See to it that all which is owed by now is handed on."""
        if self._process != os.getpid():
            self._renew()
        with self._lock:
            self._again = True
            if not self._busy:
                self._busy = True
                threading.Thread(target=self._run, name=f"sink {self._name}", daemon=True).start()

    def attempt(self, record: FlagRecord) -> bool:
        """Hand on a flag now, and tell whether the sink has taken it."""
        try:
            self._hand_on(record)
        except Exception:
            self._fail()
            return False
        return True

    def _renew(self) -> None:
        """Begin anew: a process that was forked off has none of the threads."""
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._again = False
        self._busy = False

    def _run(self) -> None:
        while self._has_work():
            while not self._round():
                time.sleep(self._pauses[min(self._failures, len(self._pauses)) - 1])

    def _has_work(self) -> bool:
        """Tell whether somebody has woken the courier since it looked last."""
        with self._lock:
            self._busy = self._again
            self._again = False
            return self._busy

    def _round(self) -> bool:
        """Hand on what is owed, and tell whether all of it was taken."""
        try:
            with self._outbox.turn():
                for record in self._outbox.owed():
                    self._hand_on(record)
                    self._outbox.paid(record)
        except Exception:
            self._fail()
            return False
        return True

    def _hand_on(self, record: FlagRecord) -> None:
        self._deliver(record)
        self._failures = 0

    def _fail(self) -> None:
        """Log what went wrong, unless it went wrong before as well."""
        if not self._failures:
            logger.exception("%s could not be told of a flag. The flag is stored, and is handed on later.", self._name)
        self._failures += 1
