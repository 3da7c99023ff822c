"""RetentionPolicy: the age at which visitors' files and runs are deleted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minidemo.errors import ConfigurationError
from minidemo.utils.checks import is_number

HOUR = 3_600.0
DAY = 24 * HOUR


@dataclass(frozen=True, kw_only=True, slots=True)
class RetentionPolicy:
    """The age, in seconds, at which visitors' files are deleted.

    The stores are swept every `frequency` seconds. Files of a stored run stay. With `runs`, old runs are deleted too.
    """

    frequency: float = HOUR
    age: float = DAY
    runs: bool = False


def retention_policy(delete_cache: object) -> RetentionPolicy:
    """Return the policy of a `delete_cache` argument, or raise `ConfigurationError`."""
    if delete_cache is None:
        return RetentionPolicy()
    pair = list(delete_cache) if isinstance(delete_cache, Sequence) and not isinstance(delete_cache, str) else []
    if len(pair) != 2 or not all(is_number(value, above=0) for value in pair):
        raise ConfigurationError(
            f"delete_cache is {delete_cache!r}; expected (frequency, age), two numbers of seconds above 0. "
            "For example, (3600, 86400) looks every hour for what is a day old; leave it out for the default."
        )
    return RetentionPolicy(frequency=pair[0], age=pair[1], runs=True)


def strictest(policies: Iterable[RetentionPolicy]) -> RetentionPolicy:
    """Return the policy that fulfils all policies of authors, or the default."""
    known = list(policies)
    explicit = [policy for policy in known if policy.runs] or known
    return RetentionPolicy(
        frequency=min(policy.frequency for policy in explicit),
        age=min(policy.age for policy in explicit),
        runs=explicit[0].runs,
    )
