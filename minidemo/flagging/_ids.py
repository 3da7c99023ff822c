"""Ids of flags: UUIDs of version 7 (RFC 9562), which sort by the time at which they were made."""

import secrets
import time
from uuid import UUID


def fresh() -> str:
    """Return an id of this millisecond."""
    return str(UUID(int=_now()))


def after(last: str | None, wanted: str) -> str:
    """Return the wanted id, or one that sorts after the last: the clock may have been set back."""
    if last is None or wanted > last:
        return wanted
    return str(UUID(int=max(_now(), UUID(last).int + 1)))


def _now() -> int:
    milliseconds = time.time_ns() // 1_000_000 % (1 << 48)
    return milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
