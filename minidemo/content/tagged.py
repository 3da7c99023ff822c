"""Tagged JSON: values written down, with a tagged object in the place of each file."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from minidemo.content.media import Media

FILE, PLAIN = "$file", "$dict"
"""Keys of the objects for a file, and for a dictionary that has one of these keys itself."""


def dump(value: Any, describe: Callable[[Media], Any]) -> Any:
    """Return a value as JSON; `describe` returns the JSON for a file."""
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, Media):
        return {FILE: describe(value)}
    if isinstance(value, list | tuple):
        return [dump(item, describe) for item in value]
    if isinstance(value, Mapping):
        plain = {str(key): dump(item, describe) for key, item in value.items()}
        return {PLAIN: plain} if plain.keys() & {FILE, PLAIN} else plain
    return value


def load(plain: Any, restore: Callable[[Any], Any]) -> Any:
    """Undo `dump`; `restore` returns the file for its JSON."""
    if isinstance(plain, list):
        return [load(item, restore) for item in plain]
    if not isinstance(plain, dict):
        return plain
    if FILE in plain:
        return restore(plain[FILE])
    return {key: load(item, restore) for key, item in plain.get(PLAIN, plain).items()}


def descriptions(plain: Any) -> Iterator[dict[str, Any]]:
    """Yield the JSON object of each file, the files of files included."""
    files: list[Any] = []
    load(plain, files.append)
    for file in files:
        if isinstance(file, dict):
            yield file
            yield from descriptions([*file.values()])
