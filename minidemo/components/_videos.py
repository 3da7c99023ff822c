"""Recognising videos by their content, and detecting truncated ones."""

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from minidemo.components import _addresses, _containers
from minidemo.content.media import Media, name_with_suffix
from minidemo.errors import InputError, OutputError

SUFFIXES = {
    "mp4": (".mp4", ".m4v", ".mov", ".3gp"),
    "webm": (".webm", ".mkv"),
    "ogg": (".ogv", ".ogg"),
    "avi": (".avi",),
}
"""Accepted containers with their suffixes; the first is the default."""

MIMES = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".3gp": "video/3gpp",
    ".webm": "video/webm",
    ".mkv": "video/x-matroska",
    ".ogv": "video/ogg",
    ".ogg": "video/ogg",
    ".avi": "video/x-msvideo",
}
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
"""First boxes of an MP4, and of a MOV older than `ftyp`."""
_PICTURES = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1")
"""The brands of pictures that come in the same container."""
_SEGMENT = b"\x18\x53\x80\x67"

_SAMPLE = (
    "GkXfowEAAAAAAABQQoYBAAAAAAAAAQFC9wEAAAAAAAABAULyAQAAAAAAAAEEQvMBAAAAAAAAAQhCggEAAAAAAAAEd2VibUKHAQAAAAAAAAEC"
    "QoUBAAAAAAAAAQIYU4BnAQAAAAAAAOQVSalmAQAAAAAAADYq17EBAAAAAAAAAw9CQE2AAQAAAAAAAAF4V0EBAAAAAAAAAXhEiQEAAAAAAAAI"
    "QFkAAAAAAAAWVK5rAQAAAAAAAFOuAQAAAAAAAErXAQAAAAAAAAEBc8UBAAAAAAAAAQGDAQAAAAAAAAEBhgEAAAAAAAAFVl9WUDjgAQAAAAAA"
    "ABSwAQAAAAAAAAEQugEAAAAAAAABEB9DtnUBAAAAAAAAN+cBAAAAAAAAAQCjAQAAAAAAACSBAACAkAEAnQEqEAAQAAkArCWkAALmii8AAP7N"
    "LeJjj2agAAA="
)
"""A grey square for a tenth of a second, as WebM."""
_MP4_SAMPLE = (
    "AAAAIGZ0eXBpc29tAAACAGlzb21pc28yYXZjMW1wNDEAAALsbW9vdgAAAGxtdmhkAAAAAAAAAAAAAAAAAAAD6AAAAGQAAQAAAQAAAAAAAAAAAAAA"
    "AAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgAAAjt0cmFrAAAAXHRraGQAAAAD"
    "AAAAAAAAAAAAAAABAAAAAAAAAGQAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAABAAAAAABAAAAAQAAAAAAAk"
    "ZWR0cwAAABxlbHN0AAAAAAAAAAEAAABkAAAAAAABAAAAAAGzbWRpYQAAACBtZGhkAAAAAAAAAAAAAAAAAAAoAAAABABVxAAAAAAALWhkbHIAAAAA"
    "AAAAAHZpZGUAAAAAAAAAAAAAAABWaWRlb0hhbmRsZXIAAAABXm1pbmYAAAAUdm1oZAAAAAEAAAAAAAAAAAAAACRkaW5mAAAAHGRyZWYAAAAAAAAA"
    "AQAAAAx1cmwgAAAAAQAAAR5zdGJsAAAAunN0c2QAAAAAAAAAAQAAAKphdmMxAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAABAAEABIAAAASAAAAAAA"
    "AAABDExhdmMgbGlieDI2NAAAAAAAAAAAAAAAAAAAAAAAAAAAGP//AAAAMGF2Y0MBQsAK/+EAF2dCwAqmEXsBEAAAAwAQAAADAUDxImEYAQAGaMhC"
    "A5LIAAAAEHBhc3AAAAABAAAAAQAAABRidHJ0AAAAAAAAA3AAAAAAAAAAGHN0dHMAAAAAAAAAAQAAAAEAAAQAAAAAHHN0c2MAAAAAAAAAAQAAAAEA"
    "AAABAAAAAQAAABRzdHN6AAAAAAAAAAsAAAABAAAAFHN0Y28AAAAAAAAAAQAAAxwAAAA9dWR0YQAAADVtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABt"
    "ZGlyYXBwbAAAAAAAAAAAAAAAAAhpbHN0AAAACGZyZWUAAAATbWRhdAAAAAdliIIG+TFc"
)
"""The same as MP4."""


def check(media: Media, title: str) -> str:
    """Return the container of a video, or raise `InputError`.

    Truncated videos and other files are refused.
    """
    with open_media(media) as file:
        container = _container(file.read(16))
        if container is None:
            raise InputError(f"{title} must be a video: MP4, MOV, WebM, MKV, Ogg or AVI.")
        if _is_cut_off(file, container):
            raise InputError(f"{title} is a damaged video: a part of it is missing.")
    return container


def from_path(path: str | Path, title: str, then: Callable[[Media, str], Media] | None = None) -> Media:
    """Return the file at a path or an address that a function returned.

    Its content is checked after the check that it may be shown. `then` gets the file and its container, and returns the
    file to show.
    """
    is_address = _addresses.is_address(path)
    if "://" in str(path) and not is_address:
        raise OutputError(f"{title} shows files, but got {str(path)!r:.60}. Download it first.")
    media = Media.of_url(str(path)) if is_address else Media.of_path(Path(path))
    media.mime = MIMES.get(media.suffix, media.mime)

    def finish(copy: Media) -> Media:
        try:
            container = check(copy, title)
        except InputError as error:
            raise OutputError(f"{error.message} The function returned {media.name!r}.") from None
        copy.name = _file_name(copy, container)
        copy.mime = MIMES[copy.suffix]
        return then(copy, container) if then else copy

    media.finish = finish
    return media


def is_video(media: Media) -> bool:
    """Return whether a file begins like a video, whatever its name."""
    return _container(media.head(16)) is not None


def sample(fmt: str | None = None) -> Media:
    """Return a small video, as an example: WebM, or MP4 for "mp4"."""
    data, suffix = (_MP4_SAMPLE, ".mp4") if fmt == "mp4" else (_SAMPLE, ".webm")
    media = Media.of_bytes(base64.b64decode(data), f"example{suffix}", mime=MIMES[suffix])
    media.uploaded = True
    return media


def open_media(media: Media) -> BinaryIO:
    """Open the file for reading."""
    return media.path.open("rb") if media.path else io.BytesIO(media.read())


def named_copy(media: Media, container: str) -> Path:
    """Return the path of a copy with a suffix of the container."""
    return media.give_away(_file_name(media, container))


def with_suffix(media: Media) -> Media:
    """Return the video with a suffix of its container in its name."""
    container = _container(media.head(16))
    name = _file_name(media, container) if container else media.name
    return media if name == media.name else media.renamed(name)


def _file_name(media: Media, container: str) -> str:
    return name_with_suffix(media.name, SUFFIXES[container], MIMES)


def _container(head: bytes) -> str | None:
    if head[4:8] in _BOXES and head[8:12] not in _PICTURES:
        return "mp4"
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "webm"
    if head[:4] == b"OggS":
        return "ogg"
    return "avi" if head[:4] == b"RIFF" and head[8:12] == b"AVI " else None


def _is_cut_off(file: BinaryIO, container: str) -> bool:
    """Return whether a part of the file is missing."""
    if container not in ("mp4", "webm"):
        return False
    everything = _containers.whole_file(file)
    size = everything.end or 0
    if container == "mp4":
        boxes = {box.kind: box.end or 0 for box in _containers.boxes(file, everything)}
        return b"moov" not in boxes or max(boxes.get(kind, 0) for kind in (b"moov", b"moof", b"mdat")) > size
    segments = [part for part in _containers.elements(file, everything) if part.kind == _SEGMENT]
    return not segments or (segments[0].end or 0) > size
