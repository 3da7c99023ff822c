"""Radio: one of a few choices, all in sight."""

from typing import Any

from minidemo.components._choices import _Choices
from minidemo.components.base import Held


class Radio(_Choices):
    """One of a few choices, all visible: text, numbers, or (label, value) pairs."""

    def preprocess(self, value: Held) -> Any:
        """Check that the value is among the choices."""
        return None if value is None else self._choice_argument(value)

    def postprocess(self, value: Any) -> Held:
        """Show one of the choices."""
        return None if value is None else self._display_value(value)
