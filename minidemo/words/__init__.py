"""Every word that minidemo itself says on its pages, in the language of who looks at them: one file per language."""

import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from html import escape
from typing import Any, Literal, Self

from minidemo.words.arabic import ARABIC
from minidemo.words.chinese import CHINESE
from minidemo.words.english import ENGLISH as ENGLISH
from minidemo.words.french import FRENCH
from minidemo.words.german import GERMAN
from minidemo.words.japanese import JAPANESE
from minidemo.words.spanish import SPANISH

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
    """A language that the page can speak: its tag in HTML, its words, and in which direction it is written."""

    tag: str
    words: Mapping[str, str]
    direction: Literal["ltr", "rtl"] = "ltr"


LANGUAGES: dict[str, Language] = {
    "en": Language(tag="en", words=ENGLISH),
    "es": Language(tag="es", words=ENGLISH | SPANISH),
    "fr": Language(tag="fr", words=ENGLISH | FRENCH),
    "de": Language(tag="de", words=ENGLISH | GERMAN),
    "zh": Language(tag="zh-Hans", words=ENGLISH | CHINESE),
    "ja": Language(tag="ja", words=ENGLISH | JAPANESE),
    "ar": Language(tag="ar", words=ENGLISH | ARABIC, direction="rtl"),
}
"""The languages by the first part of their tags; what one of them has no word for is said in English."""

_spoken: ContextVar[Language] = ContextVar("spoken", default=LANGUAGES["en"])


def spoken() -> Language:
    """Return the language of the visitor who is being answered; English where nobody is."""
    return _spoken.get()


def speak(language: Language) -> None:
    """Speak a language for the rest of an answer."""
    _spoken.set(language)


class Speech:
    """Our words by their keys, in the language that is spoken when they are asked for: what templates know as `t`."""

    def __getattr__(self, key: str) -> str:
        try:
            return spoken().words[key]
        except KeyError:
            raise AttributeError(key) from None

    def __getitem__(self, key: str) -> str:
        return spoken().words[key]


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
