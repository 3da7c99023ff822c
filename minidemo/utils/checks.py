"""Checks of arguments: numbers and counts."""

import math
from typing import Any, TypeGuard

from minidemo.utils.failures import Failure, attempt


def is_number(value: object, *, above: float = -math.inf, least: float = -math.inf) -> TypeGuard[int | float]:
    """Tell whether a value is a finite number within limits; a bool is none.

    Args:
        value: What an author or a visitor gave.
        above: The number must be greater than this.
        least: The number must be at least this.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return -math.inf < value < math.inf and value > above and value >= least


def is_count(value: object, *, least: int = 1) -> TypeGuard[int]:
    """Tell whether a value is a whole number from `least`; a bool is none."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def as_number(value: Any) -> float | None:
    """Return a finite number, None for anything else."""
    number = attempt(float, value)
    if isinstance(number, Failure) or not math.isfinite(number):
        return None
    return value if type(value) is int else number
