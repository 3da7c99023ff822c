"""Translations of minidemo's own texts, one file per language."""

import json
import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal, Self


def _read(tag: str) -> dict[str, str]:
    messages: dict[str, str] = json.loads(Path(__file__).with_name(f"{tag}.json").read_bytes())
    return messages


ENGLISH = _read("en")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language of the page: its tag in HTML, and its direction."""

    tag: str
    direction: Literal["ltr", "rtl"] = "ltr"

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The texts by their keys; missing ones are English."""
        return ENGLISH | _read(self.tag.partition("-")[0])

    @cached_property
    def namespace(self) -> SimpleNamespace:
        """The texts as attributes, which templates read as `t`."""
        return SimpleNamespace(**self.texts)


LANGUAGES: dict[str, Language] = {
    "en": Language(tag="en"),
    "es": Language(tag="es"),
    "fr": Language(tag="fr"),
    "de": Language(tag="de"),
    "zh": Language(tag="zh-Hans"),
    "ja": Language(tag="ja"),
    "ar": Language(tag="ar", direction="rtl"),
}
"""The languages by the first part of their tags."""

_language: ContextVar[Language] = ContextVar("current_language", default=LANGUAGES["en"])


def current_language() -> Language:
    """Return the language of the current visitor, by default English."""
    return _language.get()


def use_language(language: Language) -> None:
    """Use a language for the rest of a response."""
    _language.set(language)


class Text(str):
    """One of minidemo's texts, in place of an author's text.

    As a string it is English, for example in the header of a column. The page shows it in the visitor's language.
    """

    key: str
    values: Mapping[str, Any]

    def __new__(cls, key: str, **values: Any) -> Self:
        """Return the text of a key with its values."""
        text = super().__new__(cls, format_text(ENGLISH[key], values))
        text.key, text.values = key, values
        return text

    @property
    def translated(self) -> str:
        """The text in the current language."""
        values = {name: translate(value) for name, value in self.values.items()}
        return format_text(current_language().texts[self.key], values)

    def __html__(self) -> str:
        return escape(self.translated)

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.key,), dict(self.values)


def translate(text: Any) -> str:
    """Return a text in the current language; an author's text is unchanged."""
    return text.translated if isinstance(text, Text) else str(text)


def format_text(text: str, values: Mapping[str, Any]) -> str:
    """Return a text with values in place of its `{names}`."""
    return _PLACEHOLDER.sub(lambda match: str(values[match[1]]), text)
