"""Base classes of the components that look like a button."""

import base64
import re
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Literal, TypeAlias

from minidemo.components.base import Component
from minidemo.errors import ConfigurationError, did_you_mean

Variant: TypeAlias = Literal["primary", "secondary", "stop", "huggingface"]
ButtonSize: TypeAlias = Literal["sm", "md", "lg"]
IconPath: TypeAlias = str | Path | None
VARIANTS = ("primary", "secondary", "stop", "huggingface")
SIZES = ("sm", "md", "lg")
ICONS = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
MAX_ICON = 64 * 2**10
"""Bytes that an icon may have; it is embedded in the page."""


class _ButtonComponent(Component):
    """Base class of buttons with variant, size and icon."""

    def set_appearance(self, variant: str, size: str, icon: IconPath) -> None:
        """Set the appearance of the button, and read its icon."""
        self.variant = self.check_choice("variant", variant, VARIANTS)
        self.size = self.check_choice("size", size, SIZES)
        self.icon = icon
        self.picture = None if icon is None else self._picture(icon)

    def check_choice(self, argument: str, value: str, among: Sequence[str]) -> str:
        """Return the value of an argument if it is a known word."""
        if value not in among:
            raise ConfigurationError(
                f"{type(self).__name__} got {argument}={value!r}. {did_you_mean(str(value), among)}"
            )
        return value

    def _picture(self, icon: str | Path) -> str:
        """Return an icon as an address that holds it whole."""
        path = Path(icon)
        mime = ICONS.get(path.suffix.lower())
        if re.match(r"\w+://", str(icon)) or mime is None or not path.is_file() or path.stat().st_size > MAX_ICON:
            raise ConfigurationError(
                f"{type(self).__name__} got icon={str(icon)!r}; expected the path of a picture "
                f"({', '.join(ICONS)}) of at most {MAX_ICON // 1024} kB."
            )
        return f"data:{mime};base64,{base64.b64encode(path.read_bytes()).decode()}"


class _LabelledButton(_ButtonComponent):
    """A button with its label on it.

    A default label is not used as the title in messages.
    """

    text: ClassVar = ""
    """The label if there is no other."""

    @property
    def title(self) -> str:
        """The component's name in messages."""
        return type(self).__name__ if self.label in (None, self.text) else str(self.label)
