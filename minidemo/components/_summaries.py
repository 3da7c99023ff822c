"""Summaries: short forms of values for lists of examples."""

import json
from typing import Any

from minidemo.content.media import Media, files_of


def summary(value: Any) -> str | Media:
    """Return a few words for a value, or its first picture."""
    files = list(files_of(value))
    if files:
        picture = next((file for file in files if file.mime.startswith("image/")), None)
        return picture or (files[0] if len(files) == 1 else ", ".join(file.name for file in files))
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return ", ".join(map(_plain, value))
    return _plain(value)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
