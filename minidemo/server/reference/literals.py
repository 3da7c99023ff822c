"""Pieces of programs: files, and values as they are written in a language."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Snippet:
    """A program: the name of its language, and its text."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class File:
    """The place of a file in the data: its name, and the variable that holds what the upload gave."""

    variable: str
    name: str


def literal(value: Any, language: str, of_file: Callable[[File], str]) -> str:
    """Return a value as it is written in a language; `of_file` writes a file."""
    if isinstance(value, File):
        return of_file(value)
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {literal(item, language, of_file)}" for key, item in value.items()]
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(literal(item, language, of_file) for item in value) + "]"
    if language == "python" and (value is None or isinstance(value, bool)):
        return repr(value)
    return json.dumps(value, ensure_ascii=False)
