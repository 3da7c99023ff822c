"""Number of rows or columns of a table, and its limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from minidemo.errors import ConfigurationError, InputError
from minidemo.utils.checks import is_count

CountArgument: TypeAlias = int | tuple[int, Literal["fixed", "dynamic"]] | None
LimitsArgument: TypeAlias = tuple[int | None, int | None] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TableSize:
    """A number of rows or columns: initial, least and most.

    `count` is None if the initial number is unknown; with `fixed` it cannot change.
    """

    what: str
    count: int | None
    fixed: bool
    least: int
    most: int | None

    def check(self, count: int, title: str, *, most: int | None = None) -> None:
        """Raise `InputError` for another number than is allowed.

        `most` is the largest number without a limit from the author.
        """
        most = most if self.most is None else self.most
        if self.fixed and count != self.count:
            raise InputError(f"{title} must have {self.count} {self.what}; it has {count}.")
        if count < self.least:
            raise InputError(f"{title} must have at least {self.least} {self.what}; it has {count}.")
        if most is not None and count > most:
            raise InputError(f"{title} must have at most {most:,} {self.what}; it has {count:,}.")

    def start(self, otherwise: int) -> int:
        """Return the number of an empty table."""
        count = max(otherwise if self.count is None else self.count, self.least)
        return count if self.most is None else min(count, self.most)


def table_size(what: str, count: CountArgument, limits: LimitsArgument) -> TableSize:
    """Return the size that arguments of a constructor say, or raise `ConfigurationError`."""
    number, mode = count if isinstance(count, tuple | list) else (count, "dynamic")
    if number is not None and not is_count(number, least=0):
        raise ConfigurationError(f"Dataframe got {number!r} for the number of its {what}; expected a number from 0.")
    if mode not in ("fixed", "dynamic"):
        raise ConfigurationError(f"Dataframe got {mode!r} for its {what}; expected 'fixed' or 'dynamic'.")
    least, most = _bounds(what, limits)
    return TableSize(what=what, count=number, fixed=mode == "fixed" and number is not None, least=least or 0, most=most)


def _bounds(what: str, limits: LimitsArgument) -> tuple[int | None, int | None]:
    if limits is None:
        return None, None
    from_lists: Sequence[Any] = limits if isinstance(limits, tuple | list) else ()
    if len(from_lists) != 2 or not all(limit is None or isinstance(limit, int) for limit in from_lists):
        raise ConfigurationError(f"Dataframe got {limits!r} as limits of its {what}; expected (least, most).")
    least, most = from_lists
    if most is not None and (least or 0) > most:
        raise ConfigurationError(f"Dataframe got {limits!r} as limits of its {what}; the first is above the second.")
    return least, most
