"""Texts that a visitor typed, which functions must not return as paths or addresses."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from urllib.parse import unquote

MAX_PATH = 4096
"""Characters of a path; no system opens longer ones."""
_MAX_LINKS = 100
"""Number of texts that may also be links, with other names than their files."""
_LINKS = "/"
"""Stands for the links; no file has this name."""
_TRIMMED = " \t\r\n\v\f\"'`<>()[]{},;\u00a0\u200b\ufeff"
"""Characters that functions remove around a text."""
_BLANKS = " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_WITHOUT_BLANKS = dict.fromkeys(map(ord, f"{_BLANKS}\u2028\u2029\u202f\u205f\u3000"))


class TypedTexts:
    """The texts of a visitor, also as functions cut and trim them.

    They are read when the first path or address is compared with them.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._source = texts
        self._places: dict[str, set[object]] = {}
        """What the texts with a file name, and the links, name."""

    def has_path(self, path: Path) -> bool:
        """Return whether a text names the file at a path, which need not exist."""
        spellings = {str(path.resolve()), os.path.abspath(path)}
        wanted = {*spellings, _identity(path)} - {None}
        return any(not wanted.isdisjoint(self._places_of(name)) for name in {_LINKS, *map(_file_name, spellings)})

    def has_address(self, url: str) -> bool:
        """Return whether the texts contain an address, or one is the beginning of it."""
        address = _normalize(url)
        starts, lengths = self._starts
        return address in self._plain_text or any(address[:length] in starts for length in lengths)

    def _places_of(self, name: str) -> set[object]:
        """Return the paths and files that the texts with a file name, or the links, name."""
        if name not in self._places:
            links = islice(chain.from_iterable(self._by_file_name.values()), _MAX_LINKS)
            texts = set(map(os.path.expanduser, links if name == _LINKS else self._by_file_name.get(name, ())))
            self._places[name] = {*map(os.path.abspath, texts), *map(_identity, texts)}
        return self._places[name]

    @cached_property
    def _texts(self) -> Sequence[str]:
        return list(dict.fromkeys(self._source))

    @cached_property
    def _by_file_name(self) -> Mapping[str, Sequence[str]]:
        """The texts that can be paths, by their last parts."""
        found: dict[str, list[str]] = {}
        for text in dict.fromkeys(self._spellings()):
            path = text if len(text) <= MAX_PATH else os.path.normpath(text)  # as `Path` shortens it
            if 0 < len(path) <= MAX_PATH:
                found.setdefault(_file_name(path), []).append(path)
        return found

    @cached_property
    def _plain_text(self) -> str:
        """All texts as addresses, separated by a blank, which no address has."""
        return " ".join(map(_normalize, self._texts))

    @cached_property
    def _starts(self) -> tuple[set[str], set[int]]:
        """The texts that are beginnings of addresses, and their lengths."""
        starts = {_normalize(text) for text in self._spellings() if "://" in text} - {""}
        return starts, set(map(len, starts))

    def _spellings(self) -> Iterator[str]:
        for text in self._texts:
            for line in (text, *text.splitlines()):
                yield from (line, line.strip(), line.strip(_TRIMMED))


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


def _normalize(text: str) -> str:
    """Return an address without scheme, blanks, escapes and capitals."""
    plain = unquote(text).translate(_WITHOUT_BLANKS).casefold()
    return plain.removeprefix("https://").removeprefix("http://").rstrip("/")
