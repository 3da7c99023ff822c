"""Sequences and scalars of all libraries, as Python has them."""

import re
from collections.abc import Mapping, Sequence, Set, ValuesView
from typing import Any

_FINE_TIME = re.compile(r"(datetime64|timedelta64)\[[npfa]s\]")


def to_list(value: Any) -> list[Any] | None:
    """Return the items of a sequence as plain values, None for anything else.

    Lists, tuples, sets, ranges, arrays, series and tensors are sequences; text, bytes, dictionaries and tables are not.
    The items of an array with several dimensions are arrays.
    """
    if isinstance(value, str | bytes | bytearray | Mapping) or hasattr(value, "columns"):
        return None
    if isinstance(value, list | tuple) or getattr(value, "ndim", 1) > 1:
        return list(value)
    for name in ("tolist", "to_list"):
        if callable(method := getattr(_to_microseconds(value), name, None)):
            items = method()
            return items if isinstance(items, list) else None
    return list(value) if isinstance(value, Sequence | Set | ValuesView) else None


def to_python(value: Any) -> Any:
    """Return the Python value of a scalar of NumPy, PyTorch or similar.

    Other values are returned unchanged.
    """
    item = getattr(_to_microseconds(value), "item", None)
    try:
        return item() if callable(item) else value
    except (RuntimeError, TypeError, ValueError):  # an array of several values
        return value


def _to_microseconds(value: Any) -> Any:
    """Return NumPy's times as Python can hold them; finer ones would become integers."""
    unit = _FINE_TIME.fullmatch(str(getattr(value, "dtype", "")))
    return value.astype(f"{unit[1]}[us]") if unit and type(value).__module__ == "numpy" else value
