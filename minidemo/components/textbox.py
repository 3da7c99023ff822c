"""Textbox: one or more lines of text."""

from contextlib import suppress
from typing import Any, ClassVar, Literal, Unpack

from minidemo.components._schema import Schema
from minidemo.components._texts import text_of
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, InputError

TYPES = ("text", "password", "email")


class Textbox(Component):
    """One or more lines of text.

    A password is neither stored in flags nor shown by links.

    Args:
        value: The initial text.
        type: "text" (the default), "password" or "email".
        lines: Number of lines. By default 1.
        max_lines: Lines to which the field grows. By default 20.
        placeholder: Text to show in an empty field.
        max_length: Largest number of characters. By default there is no limit.
        autofocus: Whether the field has the focus on a fresh page. By default False.
        autocomplete: Value of the HTML attribute `autocomplete`.
        text_align: "left" or "right". By default that of the language.
        rtl: Whether the text runs from right to left. By default False.
        show_copy_button: Whether an output can be copied. By default False.
    """

    always_sends = True
    shortcuts: ClassVar = {"text": {}, "textarea": {"lines": 7}}

    def __init__(
        self,
        value: object = None,
        *,
        type: Literal["text", "password", "email"] = "text",
        lines: int = 1,
        max_lines: int | None = None,
        placeholder: str | None = None,
        max_length: int | None = None,
        autofocus: bool = False,
        autocomplete: str | None = None,
        text_align: Literal["left", "right"] | None = None,
        rtl: bool = False,
        show_copy_button: bool = False,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        if type not in TYPES:
            raise ConfigurationError(f"Textbox got type={type!r}; expected one of {', '.join(map(repr, TYPES))}.")
        self.type = type
        self.lines = lines
        self.max_lines = max(lines, max_lines or 20)
        self.placeholder = placeholder
        self.max_length = max_length
        self.autofocus = autofocus
        self.autocomplete = autocomplete
        self.text_align = text_align
        self.rtl = rtl
        self.show_copy_button = show_copy_button
        self.flagged = self.flagged and type != "password"
        self.private = type == "password"

    def schema(self) -> Schema:
        """Return the JSON schema of text."""
        return {"type": "string"} | ({} if self.max_length is None else {"maxLength": self.max_length})

    def example(self) -> Held:
        """Return a greeting, or the beginning of one."""
        return "Hello"[: self.max_length]

    def preprocess(self, value: Held) -> str | None:
        """Hand on the text; a program's number or list becomes text."""
        if isinstance(value, int | float | list):
            with suppress(ValueError, RecursionError):  # a number with too many digits
                value = str(value)
        if value is not None and not isinstance(value, str):
            raise InputError(f"{self.title} must be text.")
        if value and self.max_length is not None and len(value) > self.max_length:
            raise InputError(f"{self.title} can have at most {self.max_length} characters (now {len(value)}).")
        return value

    def postprocess(self, value: Any) -> str | None:
        """Show anything as text."""
        return None if value is None else text_of(value, self.title)

    def teaser(self, value: Held) -> str | Media:
        """Return the text, but for a password."""
        return "•" * 8 if value and self.type == "password" else super().teaser(value)

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the text; an empty cell is read as empty text."""
        return cell
