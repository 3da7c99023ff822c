"""Lossless numbers on the wire and in a flag's column."""

import json
import math
import re
from decimal import Decimal
from typing import Any

from minidemo.content.tree import map_tree
from minidemo.errors import InputError
from minidemo.utils.sequences import to_python as to_python

_NON_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
_INTEGER = re.compile(r"[+-]?[0-9]+")
_MAX_CHARACTERS = 10_000
"""Characters that are read as a number.

Python itself reads and writes integers of at most 4300 digits.
"""


def parse(value: object, title: str) -> int | float:
    """Return the number of a JSON value.

    The value is a number, its decimal text, or "NaN", "Infinity" or "-Infinity".
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and len(value) <= _MAX_CHARACTERS:
        text = value.strip()
        if text in _NON_FINITE:
            return _NON_FINITE[text]
        if _INTEGER.fullmatch(text):
            return int(Decimal(text))
        number = _float(text)
        if math.isfinite(number) and text.isascii() and "_" not in text:
            return number
    raise InputError(f"{title} must be a number, such as 1.5.")


def jsonable(number: int | float) -> int | float | str:
    """Return a number as JSON; NaN and the infinities become text."""
    if isinstance(number, float) and not math.isfinite(number):
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    return number


def to_cell(number: int | float | str) -> int | float | str:
    """Return the number as a person writes it: 12 rather than 12.0."""
    if isinstance(number, float) and number.is_integer() and abs(number) < 1e16 and repr(number) != "-0.0":
        return int(number)
    if isinstance(number, int) and number.bit_length() > 14_000:
        return format(Decimal(number), "f")
    return number


def to_json(value: Any, *, ascii: bool = False) -> str:
    """Return a value as JSON; NaN and the infinities become text."""
    return json.dumps(map_tree(value, float, jsonable), ensure_ascii=ascii)


def parse_returned(value: object, title: str) -> int | float:
    """Return the Python number of a number of any library, or bool."""
    number = to_python(value)
    if isinstance(number, bool):
        return int(number)
    if isinstance(number, int | float):
        return number
    return parse(str(number), title)


def check_bounds(number: int | float, title: str, minimum: float | None, maximum: float | None) -> None:
    """Raise `InputError` for a number outside the bounds."""
    if minimum is not None and not number >= minimum:
        raise InputError(f"{title} must be at least {to_cell(minimum)}.")
    if maximum is not None and not number <= maximum:
        raise InputError(f"{title} must be at most {to_cell(maximum)}.")


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
