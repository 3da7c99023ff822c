"""FanOut: several backends as one; the first stores, the others receive."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from minidemo.errors import ConfigurationError
from minidemo.flagging import csv_cells
from minidemo.flagging.backends.csv_logger import CSVLogger
from minidemo.flagging.backends.function import FunctionLogger
from minidemo.flagging.base import Column, FlaggingCallback, FlagRecord, Readable
from minidemo.flagging.delivery import PAUSES, Delivery, MemoryOutbox, StoredOutbox


class FanOut(FlaggingCallback):
    """Stores flags in the first backend, and delivers them to the others.

    The first backend decides: its errors tell the visitor that the flag was not saved, and if it can be read back, so
    can this one. The others are sinks, backends or functions. A sink's errors are logged, never reach the visitor, and
    the delivery is tried again after `pauses`, in seconds, the last of which repeats.

    If the first is a `CSVLogger`, its database lists the flags that each sink lacks. A thread delivers them in the
    order of the rows, with the id and the stored files, also those of an earlier process. Each flag reaches each sink
    at least once: twice if a process ends before it could note the delivery. Flags with more or fewer values than the
    demo has now stay pending, for no sink could take them.

    Any other first backend has no place for such a list: the thread that flags calls its sinks, and failed deliveries
    are tried again as long as the process lives.

    Sinks are identified by the names of their classes or functions, and their place among those of the same name.

    Args:
        callbacks: Backends and functions; the first stores.
        pauses: Seconds to wait after the first failure, the second and so on.
    """

    def __init__(
        self,
        callbacks: Sequence[FlaggingCallback | Callable[[FlagRecord], object]],
        *,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        if not callbacks or not pauses:
            raise ConfigurationError("FanOut needs at least one backend, the one that stores, and one pause.")
        self._first, *self._sinks = map(_backend, callbacks)
        self._names = csv_cells.unique([*map(_name, callbacks)][1:])
        self._pauses = pauses
        if isinstance(self._first, Readable):
            self.records, self.update, self.delete = self._first.records, self._first.update, self._first.delete

    def setup(self, components: Sequence[Column], flagging_dir: str | Path) -> None:
        """Set up all backends, and deliver what an earlier process left."""
        if isinstance(self._first, CSVLogger):
            self._first.sinks = tuple(self._names)
        self._width = len(components)
        for backend in (self._first, *self._sinks):
            backend.setup(components, flagging_dir)
        self._deliveries = [*map(self._delivery, self._names, self._sinks)]
        for delivery, outbox in self._deliveries:
            if isinstance(outbox, StoredOutbox) and outbox.exists():
                delivery.wake()

    def flag(self, flag_data: Sequence[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Store a flag, and return its row number in the first backend."""
        return self.flag_record(FlagRecord(inputs=tuple(flag_data), option=flag_option, username=username))

    def flag_record(self, record: FlagRecord) -> int:
        """Store a record, and return its row number in the first backend."""
        row = self._first.flag_record(record)
        for delivery, outbox in self._deliveries:
            if isinstance(outbox, StoredOutbox):
                delivery.wake()
            elif not outbox.is_empty() or not delivery.attempt(replace(record, row=row)):
                outbox.add(replace(record, row=row))
                delivery.wake()
        return row

    def _delivery(self, name: str, sink: FlaggingCallback) -> tuple[Delivery, StoredOutbox | MemoryOutbox]:
        first = self._first
        outbox = StoredOutbox(first.store, name, self._width) if isinstance(first, CSVLogger) else MemoryOutbox()
        return Delivery(name, sink.flag_record, outbox, self._pauses), outbox


def _backend(callback: object) -> FlaggingCallback:
    """Return a backend; a function becomes one."""
    if isinstance(callback, FlaggingCallback):
        return callback
    if callable(callback) and not isinstance(callback, type):
        return FunctionLogger(callback)
    raise ConfigurationError(
        f"FanOut got {callback!r}; expected an instance of FlaggingCallback, or a function that takes a FlagRecord."
    )


def _name(callback: object) -> str:
    return str(getattr(callback, "__qualname__", type(callback).__qualname__))
