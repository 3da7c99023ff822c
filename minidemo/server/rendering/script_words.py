"""The translated words that a page's scripts use."""

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

CORE = ("endpoint.js", "flag-form.js")
"""Scripts of any page, whatever its components."""
_IMPORT = re.compile(r"""(?:from|import|import\(|new URL\()\s*["'](\.{1,2}/[\w./-]+\.js)["']""")
_WORD = re.compile(r"""["'`](\w+)["'`]""")
_PREFIX = re.compile(r"\b(\w+_)\$\{")
"""Start of a key that ends in a value."""
_VENDOR = "vendor/"
"""Folder of other projects' scripts, which use none of our words."""


def vocabulary(words: Mapping[str, str], scripts: Iterable[str], read: Callable[[str], bytes]) -> list[str]:
    """Return the keys of the words in scripts and their imports.

    `read` returns the bytes of a script.
    """
    names, prefixes = set[str](), set[str]()
    pending, visited = [*CORE, *scripts], set[str]()
    while pending:
        name = pending.pop()
        if name not in visited and not name.startswith(_VENDOR):
            visited.add(name)
            script = _scan(read(name))
            names |= script.words
            prefixes |= script.prefixes
            pending += [posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) for path in script.imports]
    return [key for key in words if key in names or key.startswith(tuple(prefixes))]


class _Script(NamedTuple):
    """What a script uses: words, starts of words, and other scripts, also dynamically imported ones."""

    words: set[str]
    prefixes: set[str]
    imports: list[str]


@lru_cache(256)
def _scan(script: bytes) -> _Script:
    text = script.decode()
    return _Script(set(_WORD.findall(text)), set(_PREFIX.findall(text)), _IMPORT.findall(text))
