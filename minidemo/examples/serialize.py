"""Serialization of values as JSON, with references to files.

Reading runs no code.
"""

from collections.abc import Callable, Mapping
from typing import Any

from minidemo.components.base import Held
from minidemo.content.media import Media

FILE, PLAIN = "$file", "$dict"
_RELATED = ("preview", "lossless", "subtitles")


def dump(value: Held, keep: Callable[[Media], str]) -> Any:
    """Return a value as JSON; `keep` stores a file and names it."""
    if isinstance(value, Media):
        return {FILE: _describe(value, keep)}
    if isinstance(value, list | tuple):
        return [dump(item, keep) for item in value]
    if isinstance(value, dict):
        plain = {str(key): dump(item, keep) for key, item in value.items()}
        return {PLAIN: plain} if plain.keys() & {FILE, PLAIN} else plain
    return value


def load(plain: Any, find: Callable[[str, Mapping[str, Any]], Media]) -> Held:
    """Return the value of `dump`; `find` returns a named file."""
    if isinstance(plain, list):
        return [load(item, find) for item in plain]
    if not isinstance(plain, dict):
        return plain
    if FILE in plain:
        return _media(plain[FILE], find)
    return {key: load(item, find) for key, item in plain.get(PLAIN, plain).items()}


def _describe(media: Media, keep: Callable[[Media], str]) -> dict[str, Any]:
    related = {name: getattr(media, name) for name in _RELATED}
    description = {"at": keep(media), "name": media.name, "mime": media.mime, "uploaded": media.uploaded}
    return description | {name: _describe(each, keep) for name, each in related.items() if each is not None}


def _media(description: Mapping[str, Any], find: Callable[[str, Mapping[str, Any]], Media]) -> Media:
    media = find(description["at"], description)
    media.uploaded = description["uploaded"] is True
    for name in _RELATED:
        if name in description:
            setattr(media, name, _media(description[name], find))
    return media
