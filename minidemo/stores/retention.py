"""How long visitors' files and runs are kept."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minidemo.errors import ConfigurationError

HOUR = 3_600.0
DAY = 24 * HOUR


@dataclass(frozen=True, kw_only=True, slots=True)
class Keeping:
    """For how long a demo keeps what is a visitor's: it is looked for what is over `age`, every `frequency` seconds.

    Files that a kept run holds stay. With `runs`, these are forgotten at that age, too.
    """

    frequency: float = HOUR
    age: float = DAY
    runs: bool = False


def keeping_of(wish: object) -> Keeping:
    """Return what `delete_cache` asks for, or raise `ConfigurationError`."""
    if wish is None:
        return Keeping()
    pair = list(wish) if isinstance(wish, Sequence) and not isinstance(wish, str) else []
    if len(pair) != 2 or not all(map(_is_time, pair)):
        raise ConfigurationError(
            f"delete_cache is {wish!r}; expected (frequency, age), two numbers of seconds above 0. "
            "For example, (3600, 86400) looks every hour for what is a day old; leave it out for the default."
        )
    return Keeping(frequency=pair[0], age=pair[1], runs=True)


def strictest(keepings: Iterable[Keeping]) -> Keeping:
    """Return what keeps the promises of several demos: those of the authors, if any of them made one."""
    known = list(keepings)
    made = [keeping for keeping in known if keeping.runs] or known
    return Keeping(
        frequency=min(keeping.frequency for keeping in made),
        age=min(keeping.age for keeping in made),
        runs=made[0].runs,
    )


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < math.inf
