"""Redaction: removes confidential text from flags."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from minidemo.content.media import Media
from minidemo.errors import ConfigurationError
from minidemo.flagging import csv_cells
from minidemo.flagging.base import FlagRecord

Redact: TypeAlias = Callable[[str], str]
Pattern: TypeAlias = str | re.Pattern[str]
REDACTED = "[redacted]"


def redaction(wish: Redact | Pattern | Iterable[Pattern] | None) -> Redact | None:
    """Return the author's function, or one that redacts matches of patterns."""
    if wish is None or (callable(wish) and not isinstance(wish, type)):
        return wish
    patterns = [*map(_compiled, [wish] if isinstance(wish, str | re.Pattern) else _listed(wish))]

    def redact(text: str) -> str:
        for pattern in patterns:
            text = pattern.sub(REDACTED, text)
        return text

    return redact


def redacted(record: FlagRecord, redact: Redact | None) -> FlagRecord:
    """Return a record with all of its text redacted.

    That is values, keys, file names, notes and errors.
    """
    if redact is None:
        return record
    return replace(
        record,
        inputs=_clean(record.inputs, redact),
        outputs=_clean(record.outputs, redact),
        expected=_clean(record.expected, redact),
        comment=_clean(record.comment, redact),
        error=_clean(record.error, redact),
    )


def _clean(value: Any, redact: Redact) -> Any:
    if isinstance(value, str):
        return _text(value, redact)
    if isinstance(value, Media):
        return _renamed(value, _text(value.name, redact))
    if isinstance(value, list):
        return [_clean(item, redact) for item in value]
    if isinstance(value, tuple):
        return tuple(_clean(item, redact) for item in value)
    if isinstance(value, dict):
        return dict(_pairs(value, redact))
    return value


def _text(text: str, redact: Redact) -> str:
    result = redact(text)
    if not isinstance(result, str):
        raise TypeError(f"flagging_redact returned {type(result).__name__}; expected a str.")
    return result


def _pairs(value: dict[Any, Any], redact: Redact) -> Iterator[tuple[Any, Any]]:
    """Return redacted pairs; number keys that became equal."""
    names = csv_cells.unique([_clean(key, redact) for key in value])
    return zip(names, (_clean(item, redact) for item in value.values()), strict=True)


def _renamed(media: Media, name: str) -> Media:
    """Return a copy of the file with a redacted name."""
    if name == media.name:
        return media
    ending = "" if name.lower().endswith(media.suffix) else media.suffix
    copy = Media(name + ending, mime=media.mime, encode=media.read, weight=media.weight, lossless=media.lossless)
    copy.uploaded, copy.subtitles = media.uploaded, media.subtitles
    return copy


def _listed(wish: Any) -> Iterable[Any]:
    if isinstance(wish, bytes | type | dict) or not isinstance(wish, Iterable):
        raise ConfigurationError(
            f"flagging_redact is {wish!r}; expected a function from str to str, a pattern, or a list of patterns."
        )
    return wish


def _compiled(pattern: object) -> re.Pattern[str]:
    try:
        compiled = re.compile(pattern)  # type: ignore[call-overload]  # whatever it is, it says what is wrong with it
    except (TypeError, re.error) as error:
        raise ConfigurationError(f"flagging_redact has {pattern!r}; expected a pattern: {error}.") from None
    if isinstance(compiled.pattern, bytes) or compiled.search(""):
        raise ConfigurationError(
            f"flagging_redact has {pattern!r}, which {_fault(compiled)}; expected a pattern for text."
        )
    return compiled  # type: ignore[no-any-return]


def _fault(compiled: re.Pattern[Any]) -> str:
    return "is for bytes" if isinstance(compiled.pattern, bytes) else "matches where there is nothing"
