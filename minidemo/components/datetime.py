"""DateTime: a date, with a time of day or without."""

import datetime
from typing import Any, ClassVar, Literal, Unpack

from minidemo.components import _numbers
from minidemo.components._moments import Clock
from minidemo.components._schema import Schema
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.errors import ConfigurationError, InputError, OutputError
from minidemo.utils.checks import is_number

TYPES = ("timestamp", "datetime", "string")


class DateTime(Component):
    """A date with a time to the second, or a date alone.

    Years are 1 to 9999. The function may return a timestamp, a `datetime.datetime` or text. Visitors may also write
    `now` or `now - 5m` (d, h, m, s), which is evaluated by the server's clock when they submit; a flag keeps it as
    written.

    If clocks are put back and an hour occurs twice, text means the first unless an offset follows, as in `2026-10-25
    02:30:00+01:00`. A time that clocks skip when they are put forward is refused.

    Args:
        value: The initial moment.
        include_time: Whether there is a time. By default True.
        type: Type of the argument: "timestamp" (the default: seconds since 1970 as a float), "datetime" or
            "string".
        timezone: Zone of all times, such as "Europe/Paris". By default the server's, and datetimes are naive.
    """

    widget: ClassVar = "datetime"
    visitor_writes = False

    def __init__(
        self,
        value: object = None,
        *,
        include_time: bool = True,
        type: Literal["timestamp", "datetime", "string"] = "timestamp",
        timezone: str | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        if type not in TYPES:
            raise ConfigurationError(f"DateTime got type={type!r}; expected one of {', '.join(map(repr, TYPES))}.")
        self.include_time = include_time
        self.type = type
        self.timezone = timezone
        self._clock = Clock(timezone)
        self._exact = timezone is not None or type == "timestamp"

    def schema(self) -> Schema:
        """Return the JSON schema of text."""
        return {"type": "string", "description": f"{self._shape}, or 'now - 5m' and the like"}

    def example(self) -> Held:
        """Return a day in winter."""
        return "2026-01-31 12:00:00" if self.include_time else "2026-01-31"

    def preprocess(self, value: Held) -> Any:
        """Hand on a timestamp, a datetime or text; `now` is evaluated."""
        value = value.strip() if isinstance(value, str) else value
        if value in (None, ""):
            return None
        moment = self._read(value)
        if self.type == "string":
            return self._write(moment)
        return moment if self.type == "datetime" else self._clock.seconds(moment)

    def postprocess(self, value: Any) -> str | None:
        """Show a datetime, a date, a timestamp or text."""
        value = value.strip() or None if isinstance(value, str) else value
        try:
            if value is None or value != value:  # NaT of pandas
                return None
            if isinstance(value, str) and self._clock.parse_relative(value) is not None:
                return " ".join(value.split())
            moment = self._moment(value)
            return self._write(self._clock.normalise(moment) if self._exact else moment)
        except (OverflowError, TypeError, ValueError):
            raise OutputError(
                f"{self.title} shows a datetime, a timestamp or text such as '{self.example()}', got {value!r:.60}."
            ) from None

    def read_from_flag(self, cell: Cell) -> Held:
        """Read the date."""
        return cell or None

    @property
    def _shape(self) -> str:
        return "YYYY-MM-DD HH:MM:SS" if self.include_time else "YYYY-MM-DD"

    def _read(self, value: Held) -> datetime.datetime:
        """Return the moment that a visitor means."""
        try:
            moment = self._clock.parse_relative(value) or self._clock.read(
                value if self.include_time else f"{value} 00:00"
            )
        except (OverflowError, TypeError, ValueError):
            what = "a date and time" if self.include_time else "a date"
            raise InputError(f"{self.title} must be {what} such as {self.example()}, or now - 5m.") from None
        if not self.include_time:
            moment = moment.replace(hour=0, minute=0, second=0, fold=0)
            return self._clock.normalise(moment) if self._exact else moment
        if self._exact and not self._clock.exists(moment):
            raise InputError(f"{self.title} must be a time that clocks show; they skip {value} when they go forward.")
        return moment

    def _moment(self, value: Any) -> datetime.datetime:
        """Return the moment that a function means."""
        if type(value).__name__ == "datetime64":
            value = value.astype("datetime64[s]")
        value = _numbers.to_python(value)
        if isinstance(value, datetime.datetime):
            return self._clock.localise(value)
        if isinstance(value, datetime.date):
            return self._clock.localise(datetime.datetime.combine(value, datetime.time()))
        return self._clock.read(value) if isinstance(value, str) else self._clock.at(_number(value))

    def _write(self, moment: datetime.datetime) -> str:
        return self._clock.write(moment) if self.include_time else moment.date().isoformat()


def _number(value: object) -> float:
    if not is_number(value):
        raise TypeError
    return value
