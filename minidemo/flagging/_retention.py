"""Limits for the age and size of flags; automatic ones go first."""

import errno
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from minidemo.errors import ConfigurationError
from minidemo.flagging.base import Removed
from minidemo.utils.checks import is_number

if TYPE_CHECKING:
    from minidemo.flagging.store import FlagStore

MEGABYTE = 2**20
PAUSE = 60.0
"""Seconds between two searches for expired flags."""


class Retention:
    """The author's limits: days for automatic flags, megabytes for all flags."""

    def __init__(self, retention: float | timedelta | None, max_mb: float | None) -> None:
        age = timedelta(days=retention) if is_number(retention) else retention
        if age is not None and not (isinstance(age, timedelta) and age > timedelta()):
            raise ConfigurationError(f"retention is {retention!r}; expected a number of days above 0, or a timedelta.")
        if max_mb is not None and not is_number(max_mb, above=0):
            raise ConfigurationError(f"max_mb is {max_mb!r}; expected a number of megabytes above 0.")
        self._age = age
        self._most = None if max_mb is None else int(max_mb * MEGABYTE)
        self._looked: float | None = None

    def make_room(self, store: "FlagStore") -> Removed:
        """Remove expired and surplus flags; raise `OSError` if none can be added."""
        removed = Removed()
        now = time.monotonic()
        if self._age is not None and (self._looked is None or now - self._looked > PAUSE):
            self._looked = now
            old = store.records(source="auto", before=datetime.now(UTC) - self._age) if store.nbytes() else ()
            removed += store.delete([record.id for record in old])
        if self._most is not None and store.nbytes() > self._most:
            removed += store.delete(store.oldest("auto", nbytes=store.nbytes() - self._most * 9 // 10))
            if store.nbytes() > self._most:
                raise OSError(errno.ENOSPC, f"{store.folder} holds {self._most} bytes of flags, which is all it may.")
        return removed
