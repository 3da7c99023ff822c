"""Flag ids: version 7 UUIDs (RFC 9562), which sort by creation time."""

import secrets
import time
from collections.abc import Iterator


def fresh() -> str:
    """Return an id for the current millisecond."""
    return _text(_now())


def after(last: str | None, wanted: str) -> str:
    """Return the wanted id, or the last's successor after a clock change."""
    return wanted if last is None or wanted > last else _text(_number(last) + 1)


def following(last: str | None) -> Iterator[str]:
    """Yield increasing ids that sort after the last."""
    number = _now() if last is None else max(_now(), _number(last) + 1)
    while True:
        yield _text(number)
        number += 1


def _now() -> int:
    milliseconds = time.time_ns() // 1_000_000 % (1 << 48)
    chance = secrets.randbits(74)
    return milliseconds << 80 | 0x7 << 76 | chance >> 62 << 64 | 0b10 << 62 | chance & (1 << 62) - 1


def _number(text: str) -> int:
    return int(text.replace("-", ""), 16)


def _text(number: int) -> str:
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
