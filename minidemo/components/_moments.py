"""Dates and times in a time zone, as text, datetimes and numbers."""

import math
import re
import time
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from minidemo.errors import ConfigurationError, did_you_mean

_FORMAT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?)?"
)
_NOW = re.compile(r"\s*now\s*(?:([+-])\s*([0-9]{1,12})\s*([dhms])\s*)?")
_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_EPOCH = datetime(1970, 1, 1)
_CYCLE = 146_097 * 86_400
"""Seconds in 400 years, after which the calendar repeats.

Shifting by it keeps away from the first and last supported year.
"""
_SAFE_YEARS = range(2, 9999)
_SAFE_SECONDS = tuple((datetime(year, 1, 1) - _EPOCH).total_seconds() for year in (_SAFE_YEARS.start, _SAFE_YEARS.stop))


class Clock:
    """Reads and writes moments in a time zone.

    Without a name it uses the server's zone, and datetimes are naive. If clocks are put back, an hour occurs twice:
    text means the first, unless an offset such as `+01:00` follows. If they are put forward, an hour does not exist.
    """

    def __init__(self, name: str | None) -> None:
        self._zone = None if name is None else _zone(name)

    def read(self, text: str) -> datetime:
        """Return the moment of a text, or raise `ValueError`.

        The moment may fall into an hour that clocks skip.
        """
        if not _FORMAT.fullmatch(text):
            raise ValueError(text)
        return self.localise(datetime.fromisoformat(re.sub(r"\.[0-9]+", "", text)))

    def parse_relative(self, text: str) -> datetime | None:
        """Return the moment of `now - 5m`, None for other text.

        Raises `OverflowError` for moments outside the calendar.
        """
        match = _NOW.fullmatch(text)
        if match is None:
            return None
        sign, count, unit = match.groups()
        seconds = int(f"{sign}{count}") * _UNITS[unit] if sign else 0
        return self.at(time.time() + seconds)

    def localise(self, moment: datetime) -> datetime:
        """Return the moment in this zone, to the second."""
        moment = moment.replace(microsecond=0)
        if moment.tzinfo is None:
            return moment.replace(tzinfo=self._zone)
        return self.at((moment.replace(tzinfo=None) - _EPOCH - (moment.utcoffset() or timedelta())).total_seconds())

    def at(self, seconds: float) -> datetime:
        """Return the moment at seconds since 1970 in UTC.

        Raises `OverflowError` or `ValueError` outside the calendar.
        """
        if not abs(seconds) < 100 * _CYCLE:
            raise OverflowError(seconds)
        cycles = 1 if seconds < _SAFE_SECONDS[0] else -1 if seconds > _SAFE_SECONDS[1] else 0
        moment = datetime.fromtimestamp(math.floor(seconds) + cycles * _CYCLE, tz=self._zone)
        return moment.replace(year=moment.year - cycles * 400)

    def seconds(self, moment: datetime) -> float:
        """Return the seconds since 1970 in UTC."""
        return (moment.replace(tzinfo=None) - _EPOCH - self._offset(moment)).total_seconds()

    def normalise(self, moment: datetime) -> datetime:
        """Return the moment, moved out of an hour that clocks skip."""
        return self.at(self.seconds(moment))

    def exists(self, moment: datetime) -> bool:
        """Return whether clocks ever show this moment."""
        return self.normalise(moment).replace(tzinfo=None, fold=0) == moment.replace(tzinfo=None, fold=0)

    def write(self, moment: datetime) -> str:
        """Return a moment as text, with its offset in a repeated hour."""
        text = moment.replace(tzinfo=None).isoformat(" ")
        first, second = (self._offset(moment.replace(fold=fold)) for fold in (0, 1))
        if moment.fold == 0 or first <= second:
            return text
        return moment.replace(tzinfo=timezone(second)).isoformat(" ")

    def _offset(self, moment: datetime) -> timedelta:
        if self._zone is not None:
            return self._zone.utcoffset(moment.replace(tzinfo=self._zone)) or timedelta()
        cycles = 1 if moment.year < _SAFE_YEARS.start else -1 if moment.year >= _SAFE_YEARS.stop else 0
        return moment.replace(year=moment.year + cycles * 400).astimezone().utcoffset() or timedelta()


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError, TypeError):
        raise ConfigurationError(f"DateTime got timezone={name!r}. {_hint(str(name))}") from None


def _hint(name: str) -> str:
    zones = available_timezones()
    city = name.casefold().replace(" ", "_")
    place = next((zone for zone in sorted(zones) if zone.casefold().rpartition("/")[2] == city), name)
    hint = did_you_mean(place, zones)
    return (
        hint
        if hint.startswith("Did")
        else "It is a name such as 'Europe/Berlin' or 'UTC', known to the system or to the package tzdata."
    )
