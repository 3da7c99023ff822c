"""Values as JSON; a file is its path, name, type and SHA-256."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from minidemo.content import tagged
from minidemo.content.media import Media
from minidemo.flagging import _durable

_ENCODER = json.JSONEncoder(separators=(",", ":"), default=str)


class Stored(NamedTuple):
    """A stored file's path relative to the log, SHA-256 and size."""

    path: str
    sha256: str
    size: int


def dump(values: Sequence[Any], stored: Sequence[Sequence[Stored]]) -> str:
    """Return values as JSON, with the given stored files in order."""
    pairs = [(value, iter(places)) for value, places in zip(values, stored, strict=True)]
    plain = [tagged.dump(value, partial(_describe, places=places)) for value, places in pairs]
    return _ENCODER.encode(plain)


def load(text: str, folder: Path) -> tuple[Any, ...]:
    """Undo `dump`."""
    return tuple(tagged.load(item, partial(_file, folder=folder)) for item in json.loads(text))


def _describe(media: Media, places: Iterator[Stored]) -> dict[str, Any]:
    place = next(places, None)
    where = place._asdict() if place else {}
    more = {"subtitles": {tagged.FILE: _describe(media.subtitles, places)}} if media.subtitles else {}
    return {"name": media.name, "mime": media.mime} | where | more


def _file(told: Mapping[str, Any], folder: Path) -> Media | None:
    """Return a stored file, or None if it is not there."""
    name = str(told.get("path", ""))
    if not _durable.inside(folder, name) or not (folder / name).is_file():
        return None
    media = Media.of_path(folder / name, told["name"], mime=told["mime"])
    if "subtitles" in told:
        media.subtitles = tagged.load(told["subtitles"], partial(_file, folder=folder))
    return media
