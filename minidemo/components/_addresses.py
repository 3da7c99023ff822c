"""Addresses that a function returns in place of files."""

import re
from collections.abc import Callable

from minidemo.content.media import Media
from minidemo.errors import InputError, OutputError

_BEGINNING = re.compile(r"https?://", re.IGNORECASE)


def is_address(value: object) -> bool:
    """Return whether a value is the address of a file on the web."""
    return isinstance(value, str) and _BEGINNING.match(value) is not None


def media_at(url: str, check: Callable[[Media], object]) -> Media:
    """Return the file at an address.

    `check` gets it when it is downloaded, and raises `InputError` if it does not fit.
    """
    media = Media.of_url(url)

    def finish(copy: Media) -> Media:
        try:
            check(copy)
        except InputError as error:
            raise OutputError(f"{error.message} The function returned the address of {media.name!r}.") from None
        return copy

    media.finish = finish
    return media
