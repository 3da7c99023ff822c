"""Dates, times and spans of time as text that keeps every nanosecond."""

import re
from typing import Any

DATE = re.compile(
    r"[+-]?\d{4,6}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"([ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?"
)
_ZONE = re.compile(r"(Z|[+-]\d\d:?\d\d)$")
_SPAN = re.compile(r"(-?\d+) days (\d\d):(\d\d):(\d\d)(?:\.(\d{9}))?")
_UNITS = ("D", "s", "ms", "us", "ns")
_DAY = 86_400_000_000_000


def is_date(cell: Any) -> bool:
    """Return whether a cell holds a date, with or without a time."""
    return isinstance(cell, str) and DATE.fullmatch(cell) is not None


def of_datetimes(array: Any) -> list[str | None]:
    """Return the texts of a NumPy array of dates.

    All texts have the coarsest unit that keeps every value.
    """
    import numpy  # noqa: PLC0415  # an extra, imported only where it is used

    missing = numpy.isnat(array)
    unit: Any = next(unit for unit in _UNITS if ((array.astype(f"M8[{unit}]") == array) | missing).all())
    texts = numpy.datetime_as_string(array, unit=unit).tolist()
    return [None if gap else text.replace("T", " ") for text, gap in zip(texts, missing.tolist(), strict=True)]


def to_datetimes(cells: list[Any], name: str) -> Any:
    """Return a NumPy array of dates, or raise `ValueError`."""
    import numpy  # noqa: PLC0415  # an extra, imported only where it is used

    if not all(cell is None or (is_date(cell) and not _ZONE.search(cell, 10)) for cell in cells):
        raise ValueError("There is a cell that is no date, or one with a time zone.")
    texts = ["NaT" if cell is None else cell for cell in cells]
    array = numpy.array(texts, dtype=name)
    wide = numpy.array(texts, dtype="M8[us]")
    if ((array.astype("M8[us]") > wide) | (array.astype("M8[D]") < wide.astype("M8[D]"))).any():
        raise ValueError(f"There is a date that {name} cannot hold.")
    return array


def of_spans(array: Any) -> list[str | None]:
    """Return the texts of a NumPy array of durations, as in pandas."""
    import numpy  # noqa: PLC0415  # an extra, imported only where it is used

    counts = array.astype("m8[ns]").astype("int64").tolist()
    return [None if gap else _span(count) for count, gap in zip(counts, numpy.isnat(array).tolist(), strict=True)]


def to_spans(cells: list[Any], name: str) -> Any:
    """Return a NumPy array of spans of time, or raise `ValueError`."""
    import numpy  # noqa: PLC0415  # an extra, imported only where it is used

    counts = [numpy.iinfo("int64").min if cell is None else _count(cell) for cell in cells]
    return numpy.array(counts, dtype="int64").astype("m8[ns]").astype(name)


def _span(count: int) -> str:
    days, rest = divmod(count, _DAY)
    seconds, nanoseconds = divmod(rest, 1_000_000_000)
    fraction = f".{nanoseconds:09}" if nanoseconds else ""
    return f"{days} days {seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{fraction}"


def _count(cell: Any) -> int:
    match = _SPAN.fullmatch(cell) if isinstance(cell, str) else None
    if match is None:
        raise ValueError(f"{cell!r:.40} is no span of time.")
    days, hours, minutes, seconds = map(int, match.groups()[:4])
    return days * _DAY + (hours * 3600 + minutes * 60 + seconds) * 1_000_000_000 + int(match[5] or 0)
