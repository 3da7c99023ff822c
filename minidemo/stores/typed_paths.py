"""Paths that a visitor typed, which functions must not return."""

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

MAX_PATH = 4096
"""Characters of a path; no system opens longer ones."""
_MAX_LINKS = 100
"""Number of texts that may also be links, with other names than their files."""
TextsByName: TypeAlias = Mapping[str, Sequence[str]]


def by_file_name(texts: Iterable[str]) -> TextsByName:
    """Return the texts that can be paths, by their last parts."""
    found: dict[str, list[str]] = {}
    for text in texts:
        for spelling in {text, text.strip()}:
            if 0 < len(spelling) <= MAX_PATH:
                found.setdefault(_file_name(spelling), []).append(spelling)
    return found


def is_typed(path: Path, typed: TextsByName) -> bool:
    """Tell whether a text names the file at a path, which need not exist."""
    spellings = {str(path.resolve()), os.path.abspath(path)}
    same_name = chain.from_iterable(typed.get(name, ()) for name in set(map(_file_name, spellings)))
    links = islice(chain.from_iterable(typed.values()), _MAX_LINKS)
    texts = set(map(os.path.expanduser, chain(links, same_name)))
    file = _identity(path)
    return any(os.path.abspath(text) in spellings or (file and _identity(text) == file) for text in texts)


def _file_name(text: str) -> str:
    """Return the last part of a path, without what file systems ignore."""
    return text.replace("\\", "/").rstrip("/. ").rpartition("/")[2].casefold()


def _identity(path: str | Path) -> tuple[int, int] | None:
    """Return the device and number of a file, None if there is none."""
    try:
        state = os.stat(path)
    except (OSError, ValueError):
        return None
    return state.st_dev, state.st_ino
