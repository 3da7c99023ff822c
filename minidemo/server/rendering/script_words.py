"""The vocabulary of a page: which of our words its scripts may say."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

CORE = ("endpoint.js", "flag-form.js")
"""The scripts that a page may have, whatever components are on it."""
_IMPORT = re.compile(r"""(?:from|import|import\(|new URL\()\s*["'](\.{1,2}/[\w./-]+\.js)["']""")
_SAID = re.compile(r"""["'`](\w+)["'`]""")
_MADE = re.compile(r"(\w+_)\$\{")
"""How a word is named that depends on a value, such as a role."""


def vocabulary(words: Mapping[str, str], scripts: Iterable[str], read: Callable[[str], bytes]) -> list[str]:
    """Return the keys of those words that scripts name, or what they import; `read` gives the bytes of a script."""
    texts = "\n".join(_texts([*CORE, *scripts], read))
    said, starts = set(_SAID.findall(texts)), tuple(_MADE.findall(texts))
    return [key for key in words if key in said or key.startswith(starts)]


def _texts(scripts: Iterable[str], read: Callable[[str], bytes]) -> Iterator[str]:
    """Yield the text of each script, and of all that it imports, if only when needed."""
    waiting, seen = [*scripts], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            text = read(name).decode()
            yield text
            waiting += [
                posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) for target in _IMPORT.findall(text)
            ]
