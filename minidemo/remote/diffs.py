"""Diffs: how a value that goes on is sent as what has changed of it."""

import copy
from collections.abc import Sequence
from typing import Any

from minidemo.remote.link import Garbled


def patched(value: Any, edits: Any) -> Any:
    """Return a value with the edits [action, path, new] made, or raise `Garbled`; the value itself stays as it is."""
    try:
        value = copy.deepcopy(value)
        for action, path, new in edits:
            value = _edited(value, action, path, new)
    except (IndexError, KeyError, RecursionError, TypeError, ValueError):
        raise Garbled(f"it sent the change {edits!r:.60}, which fits nothing") from None
    return value


def _edited(value: Any, action: str, path: Sequence[Any], new: Any) -> Any:
    if not path:
        return _appended(value, new) if action == "append" else _replaced(action, new)
    *above, key = path
    inner = value
    for step in above:
        inner = inner[step]
    if action == "append":
        inner[key] = _appended(inner[key], new)
    elif action == "delete":
        del inner[key]
    elif action == "add" and isinstance(inner, list):
        inner.insert(key, new)
    elif action in ("add", "replace"):
        inner[key] = new
    else:
        raise ValueError(action)
    return value


def _replaced(action: str, new: Any) -> Any:
    if action != "replace":
        raise ValueError(action)
    return new


def _appended(value: Any, new: Any) -> str:
    if not isinstance(value, str) or not isinstance(new, str):
        raise TypeError(value)
    return value + new
