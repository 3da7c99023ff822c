"""Subtitles as WebVTT, which browsers take."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from minidemo.content.media import Media
from minidemo.errors import OutputError

Subtitles: TypeAlias = str | Path | Sequence[Mapping[str, Any]]
"""A .vtt, .srt or .json file, or a list of cues.

A cue is {"text": str, "timestamp": [start, end]}, in seconds.
"""

_TIME = r"(?:\d+:)?\d\d?:\d\d[,.]\d{1,3}"
_CUE = re.compile(rf"^[ \t]*({_TIME})[ \t]*-->[ \t]*({_TIME})(.*)$", re.MULTILINE)


def to_media(subtitles: Subtitles, title: str) -> Media:
    """Return the file of subtitles.

    A path is read only after the check that the file may be shown.
    """
    if not isinstance(subtitles, str | Path):
        return _media(_of_list(subtitles, title))
    media = Media.of_path(Path(subtitles))
    media.finish = lambda copy: _media(_of_file(copy, title))
    return media


def _media(text: str) -> Media:
    return Media.of_bytes(text.encode(errors="replace"), "subtitles.vtt", mime="text/vtt")


def _of_file(media: Media, title: str) -> str:
    try:
        text = media.read().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        if media.suffix == ".json":
            return _of_list(json.loads(text), title)
    except ValueError:
        raise OutputError(
            f"{title} got subtitles in {media.name!r} that cannot be read: not UTF-8, or no JSON."
        ) from None
    if text.startswith("WEBVTT"):
        return text
    if not _CUE.search(text):
        raise OutputError(f"{title} takes subtitles as .vtt, .srt or .json, but got {media.name!r}.")
    return "WEBVTT\n\n" + _CUE.sub(_cue, text).strip("\n") + "\n"


def _cue(match: re.Match[str]) -> str:
    start, end, rest = match.groups()
    return f"{_time(start)} --> {_time(end)}{rest}"


def _time(text: str) -> str:
    """Return a time as WebVTT.

    SubRip has a comma before the milliseconds, and some programs omit zeros.
    """
    clock, _, fraction = text.replace(",", ".").partition(".")
    return f"{':'.join(part.zfill(2) for part in clock.split(':'))}.{fraction.ljust(3, '0')}"


def _of_list(cues: Any, title: str) -> str:
    try:
        blocks = [
            f"{_clock(cue['timestamp'][0])} --> {_clock(cue['timestamp'][1])}\n{_text(cue['text'])}" for cue in cues
        ]
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, OverflowError):
        raise OutputError(
            f'{title} takes subtitles as a list of {{"text": str, "timestamp": [start, end]}}, but got {cues!r:.60}.'
        ) from None
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _clock(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"


def _text(text: str) -> str:
    """Return a cue's text, escaped and without blank lines, which end it."""
    escaped = text.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"\n\s*\n", "\n", escaped)
