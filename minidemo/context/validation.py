"""Validation: the result of an author's validator for one value."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Validation:
    """Validity of a value, and the message if invalid."""

    is_valid: bool
    message: str

    def __getitem__(self, name: str) -> Any:
        """Return a field by its name, as in a dictionary."""
        return getattr(self, name)


def validate(is_valid: bool, message: str) -> Validation:
    """Return the validation of one input, for `Interface(validator=…)`.

    Args:
        is_valid: True accepts the value.
        message: Text for the visitor if the value is refused.
    """
    return Validation(bool(is_valid), message)
