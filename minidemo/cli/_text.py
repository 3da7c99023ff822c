"""Output of the command, safe for terminals."""

import sys
import unicodedata

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of invisible characters and of those that control terminals."""


def print_line(text: str = "") -> None:
    """Print a line, whatever the terminal can show of it."""
    encoding = sys.stdout.encoding
    print(text.encode(encoding, "backslashreplace").decode(encoding))


def escape_controls(text: str) -> str:
    r"""Return text on one line, with escapes for invisible characters."""
    return "".join(_escape(sign) if unicodedata.category(sign) in _HIDDEN else sign for sign in text)


def truncate(text: str, most: int) -> str:
    """Return the beginning of a text that is too long."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def count_phrase(number: int, thing: str) -> str:
    """Return `1 flag`, `2 flags` and so on."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _escape(sign: str) -> str:
    return sign.encode("unicode_escape").decode()
