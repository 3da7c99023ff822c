"""Several: a list of backends as one, of which the first is the store and the others are told what it has stored."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from minidemo.errors import ConfigurationError
from minidemo.flagging import _cells
from minidemo.flagging._courier import PAUSES, Courier, Remembered, Stored
from minidemo.flagging.backends.csv_logger import CSVLogger
from minidemo.flagging.backends.function import FunctionLogger
from minidemo.flagging.base import Column, FlaggingCallback, FlagRecord, Readable


class Several(FlaggingCallback):
    """Stores flags in the first of several backends, and then tells the others: `Several([CSVLogger(), send_it])`.

    The first decides: what it raises tells the visitor that the flag was not saved, and if it can be read back, so can
    this. The others are its sinks, backends or functions. What goes wrong with a sink is logged, never reaches the
    visitor, and is tried again after `pauses`, in seconds, of which the last holds from then on.

    If the first is a `CSVLogger`, its database knows what is owed to each sink. A thread hands it on in the order of
    the rows, with the id and the files that were stored, also what an earlier process has left. Each flag reaches each
    sink at least once: twice if a process ends before it could note that the sink has the flag. Flags with more or
    fewer values than the demo has now stay owed, for no sink could take them.

    Any other first backend has no place for such a list: its sinks are called by the thread that flags, and what fails
    is tried again as long as the process lives.

    Sinks are known by the names of their classes or functions, and their place among those of the same name.
    """

    def __init__(
        self,
        callbacks: Sequence[FlaggingCallback | Callable[[FlagRecord], object]],
        *,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        if not callbacks or not pauses:
            raise ConfigurationError("Several needs a backend at least, the one that stores, and a pause.")
        self._first, *self._sinks = map(_backend, callbacks)
        self._names = _cells.unique([*map(_name, callbacks)][1:])
        self._pauses = pauses
        if isinstance(self._first, Readable):
            self.records, self.update, self.delete = self._first.records, self._first.update, self._first.delete

    def setup(self, components: Sequence[Column], flagging_dir: str | Path) -> None:
        """Set up all backends for the same columns and directory, and hand on what an earlier process has left."""
        if isinstance(self._first, CSVLogger):
            self._first.sinks = tuple(self._names)
        self._width = len(components)
        for backend in (self._first, *self._sinks):
            backend.setup(components, flagging_dir)
        self._couriers = [*map(self._courier, self._names, self._sinks)]
        for courier, outbox in self._couriers:
            if isinstance(outbox, Stored) and outbox.exists():
                courier.wake()

    def flag(self, flag_data: Sequence[Any], flag_option: str | None = None, username: str | None = None) -> int:
        """Store a flag, and return the number of the row in the first backend."""
        return self.flag_record(FlagRecord(inputs=tuple(flag_data), option=flag_option, username=username))

    def flag_record(self, record: FlagRecord) -> int:
        """Store a flag with all that is known of it, and return the number of the row in the first backend."""
        row = self._first.flag_record(record)
        for courier, outbox in self._couriers:
            if isinstance(outbox, Stored):
                courier.wake()
            elif not outbox.is_empty() or not courier.attempt(replace(record, row=row)):
                outbox.add(replace(record, row=row))
                courier.wake()
        return row

    def _courier(self, name: str, sink: FlaggingCallback) -> tuple[Courier, Stored | Remembered]:
        outbox = Stored(self._first.store, name, self._width) if isinstance(self._first, CSVLogger) else Remembered()
        return Courier(name, sink.flag_record, outbox, self._pauses), outbox


def _backend(callback: object) -> FlaggingCallback:
    """Return the backend that an author means."""
    if isinstance(callback, FlaggingCallback):
        return callback
    if callable(callback) and not isinstance(callback, type):
        return FunctionLogger(callback)
    raise ConfigurationError(
        f"Several got {callback!r}; expected an instance of FlaggingCallback, or a function that takes a FlagRecord."
    )


def _name(callback: object) -> str:
    return str(getattr(callback, "__qualname__", type(callback).__qualname__))
