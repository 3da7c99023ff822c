"""Every word that minidemo itself says on its pages, in the language of who looks at them: one file per language."""

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
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language that the page can speak: its tag in HTML, and its direction of writing."""

    tag: str
    direction: Literal["ltr", "rtl"] = "ltr"

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Its words, which are read when somebody speaks it; what it has no word for is said in English."""
        return ENGLISH | _read(self.tag.partition("-")[0])

    @cached_property
    def texts(self) -> SimpleNamespace:
        """Its texts as attributes, which templates read as `t`."""
        return SimpleNamespace(**self.words)


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

_spoken: ContextVar[Language] = ContextVar("spoken", default=LANGUAGES["en"])


def spoken() -> Language:
    """Return the language of the visitor who is being answered; English where nobody is."""
    return _spoken.get()


def speak(language: Language) -> None:
    """Speak a language for the rest of an answer."""
    _spoken.set(language)


class Word(str):
    """One of our words, in the place of a text of the author's.

    For programs it is a text in English, such as the header of a column. On the page it is in the visitor's language.
    """

    key: str
    values: Mapping[str, Any]

    def __new__(cls, key: str, **values: Any) -> Self:
        """Return the word for a key, with values in the places that it has for them."""
        word = super().__new__(cls, fill(ENGLISH[key], values))
        word.key, word.values = key, values
        return word

    @property
    def said(self) -> str:
        """The word in the language that is spoken."""
        return fill(spoken().words[self.key], {name: said(value) for name, value in self.values.items()})

    def __html__(self) -> str:
        return escape(self.said)

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.key,), dict(self.values)


def said(text: Any) -> str:
    """Return a text as the page says it."""
    return text.said if isinstance(text, Word) else str(text)


def fill(text: str, values: Mapping[str, Any]) -> str:
    """Put values in the places that a text has for them."""
    return _PLACE.sub(lambda found: str(values[found[1]]), text)
