"""Changes of streamed values."""

from typing import Any

from minidemo.remote.link import InvalidResponse


def apply_edits(value: Any, edits: Any) -> Any:
    """Return a changed value, or raise `InvalidResponse`.

    The old value stays, and shares with the new one what has not changed: an app can send many small changes of a large
    value. Edits are [action, path, new value].
    """
    root, copies = [value], dict[int, Any]()
    try:
        for action, path, new in edits:
            inner: Any = root
            *above, key = [0, *path] if path or action in ("append", "replace") else []
            for step in above:
                inner[step] = _own(inner[step], copies)
                inner = inner[step]
            _apply_edit(inner, action, key, new)
    except (IndexError, KeyError, TypeError, ValueError):
        raise InvalidResponse(f"it sent the change {edits!r:.60}, which fits nothing") from None
    return root[0]


def _own(part: Any, copies: dict[int, Any]) -> Any:
    """Return a copy of a list or an object, made once; other values are returned as they are."""
    if isinstance(part, list | dict) and id(part) not in copies:
        part = part.copy()
        copies[id(part)] = part
    return part


def _apply_edit(inner: Any, action: str, key: Any, new: Any) -> None:
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


def _append(value: Any, new: Any) -> str:
    if not isinstance(value, str) or not isinstance(new, str):
        raise TypeError(value)
    return value + new
