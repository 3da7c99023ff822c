"""The language of a visitor: the first of those that the browser names which the page can speak."""

from collections.abc import Iterator
from functools import lru_cache

from minidemo.i18n import LANGUAGES, Language

LONGEST = 500
"""What a header says after so many characters is no longer read: browsers name a few languages."""


@lru_cache(256)
def _preferred(header: str) -> Language:
    for tag in _ranked(header):
        if language := LANGUAGES.get(tag.partition("-")[0]):
            return language
    return LANGUAGES["en"]


def preferred(header: str | None) -> Language:
    """Return the best language for an `Accept-Language` header; English where it names none that is known.

    A tag such as `es-MX` is answered by `es`, as RFC 4647 has it for look-up.
    """
    return _preferred((header or "")[:LONGEST].lower())


def _ranked(header: str) -> Iterator[str]:
    """Yield the tags that a visitor reads, the dearest first; of equals, the one that is named first."""
    weighed = [(_weight(parameter), tag.strip()) for tag, _, parameter in (p.partition(";") for p in header.split(","))]
    yield from (tag for weight, tag in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0)


def _weight(parameter: str) -> float:
    """Return the `q` of a tag, 1 where there is none, and 0 for what is no number from 0 to 1."""
    name, _, value = parameter.partition("=")
    if not parameter.strip():
        return 1
    try:
        weight = float(value) if name.strip() == "q" else 0
    except ValueError:
        return 0
    return weight if 0 <= weight <= 1 else 0
