"""Text of the objects that functions return."""

import re

from minidemo.errors import OutputError

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+>")
"""The end of the text that Python makes of an object without its own."""


def text_of(value: object, title: str) -> str:
    """Return a value as text; raise `OutputError` if it has none."""
    text = str(value)
    if not isinstance(value, str) and _ADDRESS.search(text):
        raise OutputError(
            f"{title} shows text, but got an object without text of its own, {text[:60]}. "
            "Return text, or give the class a __str__."
        )
    return text
