"""Code: a program, or anything else that is written in lines."""

from collections.abc import Sequence
from typing import Any, ClassVar, Unpack

from minidemo.components._schema import Schema
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.errors import ConfigurationError, InputError, OutputError, did_you_mean

LANGUAGES = {
    "c": ".c",
    "cpp": ".cpp",
    "css": ".css",
    "dockerfile": ".dockerfile",
    "html": ".html",
    "javascript": ".js",
    "jinja2": ".j2",
    "json": ".json",
    "latex": ".tex",
    "markdown": ".md",
    "python": ".py",
    "r": ".r",
    "shell": ".sh",
    "sql": ".sql",
    "typescript": ".ts",
    "yaml": ".yaml",
}
"""Highlighted languages with their file suffixes.

All dialects of SQL are highlighted alike.
"""
DIALECTS = (
    *(
        "cassandra",
        "esper",
        "gpSQL",
        "gql",
        "hive",
        "mariaDB",
        "msSQL",
        "mySQL",
        "pgSQL",
        "plSQL",
        "sparkSQL",
        "sqlite",
    ),
)
BUTTONS = ("copy", "download")


class Code(Component):
    """Code with syntax highlighting and line numbers.

    An input is an editor; an output can be copied and downloaded. In the editor Tab indents and Enter keeps the
    indentation; Esc, then Tab, leaves it.

    Args:
        value: The initial code.
        language: The language, such as "python". By default nothing is highlighted.
        lines: Lines of an empty editor. By default 5.
        max_lines: Lines to which an editor grows, and the height of an output. By default there is no limit.
        wrap_lines: Whether long lines are wrapped. By default False.
        show_line_numbers: Whether lines are numbered. By default True.
        autocomplete: Accepted without effect.
        buttons: Buttons of an output: "copy", "download", or both (the default).
    """

    widget: ClassVar = "code"
    always_sends = True
    languages: ClassVar = (*LANGUAGES, *(f"sql-{dialect}" for dialect in DIALECTS))
    """The names of the languages."""

    def __init__(
        self,
        value: object = None,
        language: str | None = None,
        *,
        lines: int = 5,
        max_lines: int | None = None,
        wrap_lines: bool = False,
        show_line_numbers: bool = True,
        autocomplete: bool = False,
        buttons: Sequence[str] | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        if lines < 1 or (max_lines is not None and max_lines < lines):
            raise ConfigurationError(
                f"Code got lines={lines} and max_lines={max_lines}; expected lines from 1, and max_lines from lines."
            )
        self.language = None if language is None else _check_choice("language", language, self.languages)
        self.lines = lines
        self.max_lines = max_lines
        self.wrap_lines = wrap_lines
        self.show_line_numbers = show_line_numbers
        self.autocomplete = autocomplete
        self.buttons = (
            BUTTONS if buttons is None else tuple(_check_choice("buttons", name, BUTTONS) for name in buttons)
        )

    @property
    def grammar(self) -> str | None:
        """The language by whose rules the code is coloured."""
        return self.language.partition("-")[0] if self.language else None

    @property
    def file_name(self) -> str:
        """The file name of a download."""
        return "code" + LANGUAGES.get(self.grammar or "", ".txt")

    def schema(self) -> Schema:
        """Return the JSON schema of text."""
        return {"type": "string"}

    def example(self) -> Held:
        """Return a line of Python."""
        return 'print("Hello")'

    def preprocess(self, value: Held) -> str | None:
        """Hand on the text."""
        if value is not None and not isinstance(value, str):
            raise InputError(f"{self.title} must be text.")
        return value

    def postprocess(self, value: Any) -> str | None:
        """Show text."""
        if value is None or isinstance(value, str):
            return value
        raise OutputError(f"{self.title} shows text, but got {type(value).__name__} {value!r:.60}.")

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the text; an empty cell is read as empty text."""
        return cell


def _check_choice(argument: str, value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        raise ConfigurationError(f"Code got {argument}={value!r}. {did_you_mean(str(value), choices)}")
    return value
