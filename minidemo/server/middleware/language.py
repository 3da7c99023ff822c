"""The visitor's language, from the `Accept-Language` header."""

from collections.abc import Iterator
from functools import lru_cache

from minidemo.i18n import LANGUAGES, Language

MAX_HEADER_LENGTH = 500
"""Characters of the header that are read; browsers list a few languages."""


@lru_cache(256)
def _find_language(header: str) -> Language:
    for tag in _sorted_tags(header):
        if language := LANGUAGES.get(tag.partition("-")[0]):
            return language
    return LANGUAGES["en"]


def preferred_language(header: str | None) -> Language:
    """Return the best language for an `Accept-Language` header, English by default.

    A tag such as `es-MX` matches `es`, as in the lookup of RFC 4647.
    """
    return _find_language((header or "")[:MAX_HEADER_LENGTH].lower())


def _sorted_tags(header: str) -> Iterator[str]:
    """Yield the accepted tags by weight, in stable order."""
    weighted_tags = [
        (_weight(parameter), tag.strip()) for tag, _, parameter in (p.partition(";") for p in header.split(","))
    ]
    yield from (tag for weight, tag in sorted(weighted_tags, key=lambda pair: -pair[0]) if weight > 0)


def _weight(parameter: str) -> float:
    """Return the `q` of a tag: 1 by default, 0 if invalid."""
    name, _, value = parameter.partition("=")
    if not parameter.strip():
        return 1
    try:
        weight = float(value) if name.strip() == "q" else 0
    except ValueError:
        return 0
    return weight if 0 <= weight <= 1 else 0
