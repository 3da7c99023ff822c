"""Radio: one of a few choices, all in sight."""

from typing import Any, Literal, Unpack

from minidemo.components._choices import Choices, _Choices
from minidemo.components.base import ComponentOptions, Held


class Radio(_Choices):
    """One of a few choices, all visible.

    Args:
        choices: Text, numbers, or (label, value) pairs.
        value: The selected choice. By default none.
        type: The function gets the "value" (the default) or the "index".
        rtl: Whether the choices run from right to left. By default False.
    """

    def __init__(
        self,
        choices: Choices | None = None,
        *,
        value: object = None,
        type: Literal["value", "index"] = "value",
        rtl: bool = False,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(choices, value=value, type=type, **options)
        self.rtl = rtl

    def preprocess(self, value: Held) -> Any:
        """Check that the value is among the choices."""
        return None if value is None else self._choice_argument(value)

    def postprocess(self, value: Any) -> Held:
        """Show one of the choices."""
        return None if value is None else self._display_value(value)
