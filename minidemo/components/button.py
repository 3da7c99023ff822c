"""Button: a button with a text."""

import re
from typing import Any, ClassVar, Literal, Unpack

from minidemo.components._buttons import ButtonSize, IconPath, Variant, _ButtonComponent
from minidemo.components._schema import Schema
from minidemo.components._texts import text_of
from minidemo.components.base import Cell, ComponentOptions, Held
from minidemo.errors import ConfigurationError, InputError

TARGETS = ("_self", "_blank", "_parent", "_top")


class Button(_ButtonComponent):
    """A button; its value is the text on it.

    The function gets the text, and may change it. A press submits if the button is an input. The text is stored in
    flags only with `flag=True`.

    Args:
        value: The text. By default "Run".
        variant: "primary", "secondary" (the default), "stop" or "huggingface".
        size: "sm", "md" or "lg" (the default).
        icon: Path of a small picture.
        link: Address that a press opens: http(s), or relative to the page.
        link_target: Where `link` opens: "_self" (the default), "_blank", "_parent" or "_top".
    """

    widget: ClassVar = "button"
    always_sends = True

    def __init__(
        self,
        value: object = "Run",
        *,
        variant: Variant = "secondary",
        size: ButtonSize = "lg",
        icon: IconPath = None,
        link: str | None = None,
        link_target: Literal["_self", "_blank", "_parent", "_top"] = "_self",
        **options: Unpack[ComponentOptions],
    ) -> None:
        options.setdefault("flag", False)
        super().__init__(value, **options)
        self.set_appearance(variant, size, icon)
        self.link = None if link is None else self._address(link)
        self.link_target = self.check_choice("link_target", link_target, TARGETS)

    def schema(self) -> Schema:
        """Return the JSON schema of text."""
        return {"type": "string"}

    def example(self) -> Held:
        """Return the text on the button."""
        return super().example() or "Run"

    def preprocess(self, value: Held) -> str | None:
        """Hand on the text."""
        if value is not None and not isinstance(value, str):
            raise InputError(f"{self.title} must be text.")
        return value

    def postprocess(self, value: Any) -> str | None:
        """Show any value as the button's text; None restores the first text."""
        return None if value is None else text_of(value, self.title)

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the text."""
        return cell

    def _address(self, link: str) -> str:
        """Raise `ConfigurationError` for a link that might run a script."""
        text = "".join(sign for sign in link if sign.isprintable()).strip()
        if re.match(r"[^/?#]*:", text) and not re.match(r"https?://", text, re.IGNORECASE):
            raise ConfigurationError(
                f"{type(self).__name__} got link={link!r}; expected an address that begins with http:// or https://, "
                "or one that is relative to the page."
            )
        return text
