"""The range of an array's values, as its dtype says; no value decides about it."""

import math
from typing import Any

from minidemo.errors import OutputError

FLOAT_TOLERANCE = 1
"""Distance from 0..1 up to which floats are clipped.

Noise and resizing exceed the range a little; pictures in 0..255 or of raw measurements exceed it by more.
"""


def as_bytes(array: Any, title: str) -> Any:
    """Return the values of a picture as uint8, or raise `OutputError`."""
    kind = array.dtype.kind
    if array.dtype == "uint8":
        return array
    if kind == "b":
        return array.astype("uint8") * 255
    if kind == "f":
        return _floats(array, title)
    if kind not in "iu":
        raise OutputError(f"{title} shows arrays of numbers, but got dtype {array.dtype}.")
    low, high = int(array.min()), int(array.max())
    if low < 0 or high > 255:
        hint = "array.clip(0, 255)" if low < 0 else f"(array / {high} * 255).astype('uint8')"
        raise OutputError(f"{title} shows integers in 0..255, but got {array.dtype} in {low}..{high}. Return {hint}.")
    return array.astype("uint8")


def _floats(array: Any, title: str) -> Any:
    array = array.copy()  # one copy, in which all the rest is done
    array[array != array] = 0  # NaN is black
    low, high = float(array.min()), float(array.max())
    if low < -FLOAT_TOLERANCE or high > 1 + FLOAT_TOLERANCE:
        raise OutputError(f"{title} shows floats in 0..1, but got {low:g}..{high:g}.{_hint(low, high)}")
    array.clip(0, 1, out=array)
    array *= 255
    return array.round(out=array).astype("uint8")


def _hint(low: float, high: float) -> str:
    """Return advice to bring finite values into the range."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return " Return array.clip(0, 1)." if low < -FLOAT_TOLERANCE else f" Return array / {max(high, 255):g}."
