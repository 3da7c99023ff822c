"""Live: how a page calls a function by itself, whenever an input changes."""

from dataclasses import dataclass

from minidemo.errors import ConfigurationError
from minidemo.utils.checks import is_number


@dataclass(frozen=True, kw_only=True, slots=True)
class Live:
    """Inputs that stream are sent `every` so many seconds, for at most `limit` seconds (None: for any time)."""

    every: float = 0.5
    limit: float | None = None


def live_of(live: bool, *, every: float, limit: float | None) -> Live | None:
    """Return what an author wants of a live page, or None for one with a button; raise `ConfigurationError`."""
    if not is_number(every, above=0):
        raise ConfigurationError(f"stream_every is {every!r}; expected seconds above 0, such as 0.5.")
    return Live(every=every, limit=limit) if live else None
