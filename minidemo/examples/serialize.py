"""Outputs of examples as JSON; a file is described by its name, its type and the place of its bytes."""

from collections.abc import Callable, Mapping
from typing import Any

from minidemo.components.base import Held
from minidemo.content import tagged
from minidemo.content.media import Media

_RELATED = ("preview", "lossless", "subtitles")


def dump(value: Held, keep: Callable[[Media], str]) -> Any:
    """Return a value as JSON; `keep` stores the bytes of a file and returns their place."""

    def describe(media: Media) -> dict[str, Any]:
        files = {name: getattr(media, name) for name in _RELATED}
        description = {"at": keep(media), "name": media.name, "mime": media.mime, "uploaded": media.uploaded}
        return description | {name: describe(each) for name, each in files.items() if each is not None}

    return tagged.dump(value, describe)


def load(plain: Any, find: Callable[[str, Mapping[str, Any]], Media]) -> Held:
    """Undo `dump`; `find` returns the file at a place, given its description."""

    def restore(description: Mapping[str, Any]) -> Media:
        media = find(description["at"], description)
        media.uploaded = description["uploaded"] is True
        for name in _RELATED:
            if name in description:
                setattr(media, name, restore(description[name]))
        return media

    return tagged.load(plain, restore)
