"""Examples of DateTime."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from minidemo import DateTime
from tests.components.examples.example import Example

_BERLIN = ZoneInfo("Europe/Berlin")
_MOMENTS = st.datetimes().map(lambda moment: moment.replace(microsecond=0))
_TEXTS = _MOMENTS.map(lambda moment: moment.isoformat(" "))
_INSTANTS = _MOMENTS.filter(lambda moment: datetime.min + timedelta(days=1) < moment < datetime.max - timedelta(days=1))
_AUTUMN = datetime(2026, 10, 25, tzinfo=UTC)
_NIGHT = st.integers(-7_200, 7_200).map(lambda seconds: _AUTUMN + timedelta(seconds=seconds))
"""Times around the hour that comes twice in Berlin."""


def _in_berlin(instant: datetime) -> str:
    """Return what a clock in Berlin shows, with the offset if it shows it for the second time."""
    moment = instant.replace(tzinfo=UTC).astimezone(_BERLIN)
    return moment.isoformat(" ") if moment.fold else moment.replace(tzinfo=None).isoformat(" ")


_WRONG: tuple[Any, ...] = (
    "soon",
    "2026-02-29 00:00:00",
    "2026-13-01",
    "31.1.2026",
    "now - 5y",
    "now + 999999999d",
    "\u0662026-01-01",
    5,
    [],
)

_DAYS: list[tuple[Any, str | None]] = [
    ("timestamp", "America/Sao_Paulo"),
    ("datetime", None),
    ("string", "Asia/Beirut"),
]
"""Among them places where a day may begin at one in the morning."""

EXAMPLES = {
    DateTime: [
        Example(
            name="DateTime",
            make=partial(DateTime, timezone="Europe/Berlin"),
            wire=(_INSTANTS | _NIGHT).map(_in_berlin),
            wrong=(*_WRONG, "2026-03-29 02:30:00", "0000-01-01", "2026-01-01 24:00:00", "2026-01-01 00:00:00+25:00"),
        ),
        Example(name="DateTime as text", make=partial(DateTime, type="string"), wire=_TEXTS, wrong=_WRONG),
        Example(name="DateTime as datetime", make=partial(DateTime, type="datetime"), wire=_TEXTS, wrong=_WRONG),
        Example(
            name="DateTime in UTC", make=partial(DateTime, type="datetime", timezone="UTC"), wire=_TEXTS, wrong=_WRONG
        ),
        *(
            Example(
                name=f"DateTime without a time, as {type}",
                make=partial(DateTime, type=type, include_time=False, timezone=timezone),
                wire=st.dates().map(str),
                wrong=(*_WRONG, "2026-01-01 00:00:00"),
            )
            for type, timezone in _DAYS
        ),
    ],
}
