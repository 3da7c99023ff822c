"""Sizes: numbers of bytes such as "5mb"."""

import re

from minidemo.errors import ConfigurationError
from minidemo.utils.checks import is_count

_SIZE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*+([kmgt]?)i?b?\s*", re.IGNORECASE)
_SHOWN = 'expected a number of bytes from 1, or one with a unit such as "500kb", "5mb" or "2gb"'


class FileSize:
    """The units of sizes, in bytes: `5 * FileSize.MB`."""

    B = 1
    KB = 2**10
    MB = 2**20
    GB = 2**30
    TB = 2**40


def bytes_of(size: str | int, name: str) -> int:
    """Return a size in bytes, or raise `ConfigurationError`."""
    found = _SIZE.fullmatch(size) if isinstance(size, str) else None
    count = int(float(found[1]) * 2 ** (10 * " kmgt".index(found[2].lower() or " "))) if found else size
    if not is_count(count):
        raise ConfigurationError(f"{name} is {size!r}; {_SHOWN}.")
    return count


def size_text(size: int) -> str:
    """Return a size in bytes as text for people."""
    return f"{size / 2**20:,.0f} MB" if size >= 2**20 else f"{size:,} bytes"
