"""Values as JSON; a file is its path, name, type and SHA-256."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from minidemo.content.media import Media
from minidemo.flagging import _durable

FILE, PLAIN = "$file", "$dict"
_SIMPLE = (str, int, float, type(None))
"""Types without files, checked first: the check for mappings is slow."""
_ENCODER = json.JSONEncoder(separators=(",", ":"), default=str)


class Stored(NamedTuple):
    """A stored file's path relative to the log, SHA-256 and size."""

    path: str
    sha256: str
    size: int


def media(value: Any) -> Iterator[Media]:
    """Yield the files in a value, in order."""
    if isinstance(value, _SIMPLE):
        return
    if isinstance(value, Media):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from media(item)
    elif isinstance(value, list | tuple):
        for item in value:
            if not isinstance(item, _SIMPLE):
                yield from media(item)


def dump(values: Sequence[Any], stored: Sequence[Sequence[Stored]]) -> str:
    """Return values as JSON, with the given stored files in order."""
    plain = [_plain(value, iter(places)) for value, places in zip(values, stored, strict=True)]
    return _ENCODER.encode(plain)


def load(text: str, folder: Path) -> tuple[Any, ...]:
    """Undo `dump`."""
    return tuple(_value(item, folder) for item in json.loads(text))


def _plain(value: Any, places: Iterator[Stored]) -> Any:
    if isinstance(value, _SIMPLE):
        return value
    if isinstance(value, Media):
        place = next(places, None)
        where = place._asdict() if place else {}
        more = {"subtitles": _plain(value.subtitles, places)} if value.subtitles else {}
        return {FILE: {"name": value.name, "mime": value.mime} | where | more}
    if isinstance(value, Mapping):
        plain = {key: _plain(item, places) for key, item in value.items()}
        return {PLAIN: plain} if plain.keys() & {FILE, PLAIN} else plain
    if isinstance(value, list | tuple):
        return [_plain(item, places) for item in value]
    return value


def _value(plain: Any, folder: Path) -> Any:
    if isinstance(plain, list):
        return [_value(item, folder) for item in plain]
    if not isinstance(plain, dict):
        return plain
    if FILE in plain:
        return _file(plain[FILE], folder)
    return {key: _value(item, folder) for key, item in plain.get(PLAIN, plain).items()}


def _file(told: Mapping[str, Any], folder: Path) -> Media | None:
    """Return a stored file, or None if it is not there."""
    name = str(told.get("path", ""))
    if not _durable.inside(folder, name) or not (folder / name).is_file():
        return None
    media = Media.of_path(folder / name, told["name"], mime=told["mime"])
    if "subtitles" in told:
        media.subtitles = _value(told["subtitles"], folder)
    return media
