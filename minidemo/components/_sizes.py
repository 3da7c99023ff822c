"""Lengths on the page, as an author gives them."""

import re

from minidemo.errors import ConfigurationError

_LENGTH = re.compile(r"\d+(\.\d+)?(px|rem|em|ch|vh|dvh|vw)?")


def length(component: str, argument: str, value: int | float | str | None) -> str | None:
    """Return a length as CSS; numbers are pixels."""
    if value is None or value == "auto":
        return None
    text = str(value).strip()
    if isinstance(value, bool) or not _LENGTH.fullmatch(text):
        raise ConfigurationError(f"{component} got {argument}={value!r}; expected pixels, or a length such as '20rem'.")
    return text if text[-1].isalpha() else f"{text}px"
