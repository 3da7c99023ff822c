"""Validation: what an author's validator says of a value."""

from typing import NamedTuple


class Validation(NamedTuple):
    """Whether a value is valid, and what to tell the visitor if it is not."""

    is_valid: bool
    message: str


def validate(is_valid: bool, message: str) -> Validation:
    """Return what `Interface(validator=…)` wants for each input: whether it is valid, and a message if it is not."""
    return Validation(bool(is_valid), message)
