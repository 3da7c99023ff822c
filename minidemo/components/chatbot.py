"""Chatbot: a conversation."""

import base64
import mimetypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Unpack

from minidemo.components import _messages, _sizes
from minidemo.components._schema import Schema
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.content import markdown
from minidemo.errors import ConfigurationError, InputError, OutputError, did_you_mean

BUTTONS = ("copy", "copy_all", "share")
LAYOUTS = ("bubble", "panel")
MAX_CHARACTERS = 500_000
"""Characters of a conversation above which no text is rendered as Markdown."""
CHARACTERS_PER_TEXT = 100
"""Characters that a text counts for besides its own, as even an empty one is rendered."""
_AVATARS = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/svg+xml")


class Chatbot(Component):
    """A conversation: a list of {"role", "content"}.

    The role is "user", "assistant" or "system". The content is text, or a list of texts and files; a file is {"path":
    …}, a tuple (path,), or a component such as `Image("cat.png")`. Lists of [user, assistant] are accepted too. Texts
    are Markdown, as in `Markdown`. An input shows its value, and hands it on. A visitor can flag an answer; the row
    holds the conversation up to that answer.

    `feedback_value`, `examples`, `allow_tags`, `latex_delimiters`, `autoscroll` and the share button have no effect.

    Args:
        value: The initial messages.
        type: "messages" or "tuples"; both forms are always accepted.
        height: Height in pixels or as CSS. By default 400.
        max_height: Largest height in pixels or as CSS.
        min_height: Smallest height in pixels or as CSS.
        layout: "bubble" (the default) or "panel".
        feedback_options: Reasons to flag an answer. By default "Like" and "Dislike".
        placeholder: Markdown to show while there are no messages.
        avatar_images: Paths of two pictures: for the user, and for the assistant.
        render_markdown: Whether texts are rendered as Markdown, in up to 500,000 characters, to which each text
            adds 100. By default True.
        sanitize_html: Whether HTML in texts is shown as text. By default True.
        line_breaks: Whether a new line in a text is a line break. By default True.
        group_consecutive_messages: Whether messages of one role share a bubble. By default True.
        rtl: Whether texts run from right to left. By default False.
        buttons: Names of the buttons: "copy", "copy_all", "share".
        show_copy_button: Whether each message can be copied. By default True.
        show_copy_all_button: Whether the conversation can be copied. By default True.
        resizable: Whether visitors can change the height. By default False.
    """

    widget: ClassVar = "chatbot"
    takes_files: ClassVar = True
    renders: ClassVar = True

    def __init__(
        self,
        value: object = None,
        *,
        type: Literal["messages", "tuples"] = "messages",
        height: int | str | None = 400,
        max_height: int | str | None = None,
        min_height: int | str | None = None,
        layout: Literal["bubble", "panel"] | None = None,
        feedback_options: Sequence[str] | None = ("Like", "Dislike"),
        feedback_value: Sequence[str | None] | None = None,
        placeholder: str | None = None,
        avatar_images: tuple[str | Path | None, str | Path | None] | None = None,
        render_markdown: bool = True,
        sanitize_html: bool = True,
        line_breaks: bool = True,
        group_consecutive_messages: bool = True,
        rtl: bool = False,
        buttons: Sequence[str] | None = None,
        show_copy_button: bool = True,
        show_copy_all_button: bool = True,
        examples: Sequence[Any] | None = None,
        allow_tags: Sequence[str] | bool = False,
        latex_delimiters: Sequence[dict[str, str | bool]] | None = None,
        autoscroll: bool = True,
        resizable: bool = False,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        self.type = type
        self.height = _sizes.length("Chatbot", "height", height)
        self.max_height = _sizes.length("Chatbot", "max_height", max_height)
        self.min_height = _sizes.length("Chatbot", "min_height", min_height)
        self.layout = _check_choice("layout", layout or "bubble", LAYOUTS)
        self.feedback = _reasons(feedback_options)
        self.feedback_value = feedback_value
        self.placeholder = placeholder
        self.avatars = [_avatar(path) for path in avatar_images or (None, None)]
        self.render_markdown = render_markdown
        self.sanitize_html = sanitize_html
        self.line_breaks = line_breaks
        self.group_consecutive_messages = group_consecutive_messages
        self.rtl = rtl
        usual = [*(["copy"] if show_copy_button else []), *(["copy_all"] if show_copy_all_button else [])]
        self.buttons = [_check_choice("buttons", name, BUTTONS) for name in (usual if buttons is None else buttons)]
        self.examples = examples
        self.allow_tags = allow_tags
        self.latex_delimiters = latex_delimiters
        self.autoscroll = autoscroll
        self.resizable = resizable

    def schema(self) -> Schema:
        """Return the JSON schema of a list of messages."""
        return _messages.schema()

    def example(self) -> Held:
        """Return a greeting and its answer."""
        user, assistant, _ = _messages.ROLES
        return [
            _messages.message(user, [_messages.text("Hello")]),
            _messages.message(assistant, [_messages.text("Hello, how can I help?")]),
        ]

    def preprocess(self, value: Held) -> Any:
        """Hand on a list of {"role", "content"}.

        The content is text, or a list of texts and files; a file has a path.
        """
        if value is None:
            return None
        try:
            if isinstance(value, list):
                return [_messages.to_argument(message) for message in value]
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        raise InputError(f"{self.title} must be a list of messages, each with its role and its content.")

    def postprocess(self, value: Any) -> Held:
        """Show a list of messages, or of [user, assistant]."""
        if value is None:
            return None
        try:
            if isinstance(value, list | tuple):
                return list(_messages.parse_returned(value))
        except (AttributeError, KeyError, TypeError, ValueError):
            pass
        raise OutputError(f'{self.title} shows a list of {{"role", "content"}}, but got {value!r:.60}.')

    def flag(self, value: Held) -> Cell:
        """Write the messages as JSON, after their files if any."""
        return None if value is None else _messages.cell(value)

    def teaser(self, value: Held) -> str:
        """Return the last message."""
        parts = value[-1]["content"] if value else []
        return " ".join(part["text"] if part["type"] == "text" else part["file"].name for part in parts)

    def read_from_flag(self, cell: Cell) -> Held:
        """Read the messages back."""
        return None if cell in ("", None) else _messages.read(cell)

    def correction(self) -> None:
        """Return None: a conversation cannot be edited."""

    def until(self, value: Held, item: int) -> Held:
        """Return the conversation up to an answer, or raise `InputError`."""
        messages = super().until(value, item)
        if messages[-1]["role"] != "assistant":
            raise InputError(f"Message {item} of {self.title} is no answer.", field="about")
        return messages

    def is_long(self, value: Held) -> bool:
        """Return whether the conversation is too long to render as Markdown."""
        texts = (part.get("text", "") for message in value or () for part in message["content"])
        return sum(len(text) + CHARACTERS_PER_TEXT for text in texts) > MAX_CHARACTERS

    def html(self, text: str) -> str:
        """Return the HTML of a text."""
        return markdown.render(text, html=not self.sanitize_html, line_breaks=self.line_breaks)


def _avatar(path: str | Path | None) -> str | None:
    """Return a picture as an address that holds it."""
    if path is None:
        return None
    kind = mimetypes.guess_type(str(path))[0]
    if kind not in _AVATARS or not Path(path).is_file():
        raise ConfigurationError(f"Chatbot got the avatar {str(path)!r}; expected the path of a picture.")
    return f"data:{kind};base64,{base64.b64encode(Path(path).read_bytes()).decode()}"


def _reasons(options: Sequence[str] | None) -> tuple[str, ...]:
    if isinstance(options, str) or not all(isinstance(option, str) and option for option in options or ()):
        raise ConfigurationError(f"Chatbot got feedback_options={options!r}; expected a list of words, or None.")
    return tuple(dict.fromkeys(options or ()))


def _check_choice(argument: str, value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        raise ConfigurationError(f"Chatbot got {argument}={value!r}. {did_you_mean(str(value), choices)}")
    return value
