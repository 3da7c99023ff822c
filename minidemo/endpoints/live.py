"""Live endpoints, which are called whenever an input changes."""

from dataclasses import dataclass

from minidemo.errors import ConfigurationError
from minidemo.utils.checks import is_number


@dataclass(frozen=True, kw_only=True, slots=True)
class Live:
    """Timing of streams: seconds between values, and seconds in all.

    A `limit` of None allows any duration.
    """

    every: float = 0.5
    limit: float | None = None


def live_of(live: bool, *, every: float, limit: float | None) -> Live | None:
    """Return the timing of a live page, or None for other pages.

    Raises `ConfigurationError` for an invalid interval.
    """
    if not is_number(every, above=0):
        raise ConfigurationError(f"stream_every is {every!r}; expected seconds above 0, such as 0.5.")
    return Live(every=every, limit=limit) if live else None
