"""The translated words that a page's scripts use."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

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
    texts = "\n".join(_texts([*CORE, *scripts], read))
    names, prefixes = set(_WORD.findall(texts)), tuple(_PREFIX.findall(texts))
    return [key for key in words if key in names or key.startswith(prefixes)]


def _texts(scripts: Iterable[str], read: Callable[[str], bytes]) -> Iterator[str]:
    """Yield the text of each script and its imports, also dynamic ones."""
    pending, visited = [*scripts], set[str]()
    while pending:
        name = pending.pop()
        if name not in visited and not name.startswith(_VENDOR):
            visited.add(name)
            text = read(name).decode()
            yield text
            pending += [
                posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) for target in _IMPORT.findall(text)
            ]
