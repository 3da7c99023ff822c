"""Changes of streamed values."""

import copy
from collections.abc import Sequence
from typing import Any

from minidemo.remote.link import InvalidResponse


def apply_edits(value: Any, edits: Any) -> Any:
    """Return a changed copy of a value, or raise `InvalidResponse`.

    Edits are [action, path, new value].
    """
    try:
        value = copy.deepcopy(value)
        for action, path, new in edits:
            value = _apply_edit(value, action, path, new)
    except (IndexError, KeyError, RecursionError, TypeError, ValueError):
        raise InvalidResponse(f"it sent the change {edits!r:.60}, which fits nothing") from None
    return value


def _apply_edit(value: Any, action: str, path: Sequence[Any], new: Any) -> Any:
    if not path:
        return _append(value, new) if action == "append" else _replace(action, new)
    *above, key = path
    inner = value
    for step in above:
        inner = inner[step]
    if action == "append":
        inner[key] = _append(inner[key], new)
    elif action == "delete":
        del inner[key]
    elif action == "add" and isinstance(inner, list):
        inner.insert(key, new)
    elif action in ("add", "replace"):
        inner[key] = new
    else:
        raise ValueError(action)
    return value


def _replace(action: str, new: Any) -> Any:
    if action != "replace":
        raise ValueError(action)
    return new


def _append(value: Any, new: Any) -> str:
    if not isinstance(value, str) or not isinstance(new, str):
        raise TypeError(value)
    return value + new
