"""Validation: the result of an author's validator for one value."""

from typing import NamedTuple


class Validation(NamedTuple):
    """Validity of a value, and the message if invalid."""

    is_valid: bool
    message: str


def validate(is_valid: bool, message: str) -> Validation:
    """Return the validation of one input, for `Interface(validator=…)`.

    Args:
        is_valid: True accepts the value.
        message: Text for the visitor if the value is refused.
    """
    return Validation(bool(is_valid), message)
