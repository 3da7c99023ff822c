"""Code snippets, and literals of a programming language."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Snippet:
    """A program: its language and its text."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class File:
    """A placeholder for a file: its name and its variable."""

    variable: str
    name: str


def literal(value: Any, language: str, write_file: Callable[[File], str]) -> str:
    """Return a value as a literal; `write_file` returns one for a file."""
    if isinstance(value, File):
        return write_file(value)
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {literal(item, language, write_file)}" for key, item in value.items()]
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(literal(item, language, write_file) for item in value) + "]"
    if language == "python" and (value is None or isinstance(value, bool)):
        return repr(value)
    return json.dumps(value, ensure_ascii=False)
