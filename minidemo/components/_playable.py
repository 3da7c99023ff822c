"""Videos that browsers play: by container and codec, or converted by the user's own ffmpeg."""

from collections.abc import Iterator
from typing import BinaryIO

from minidemo.components import _containers, _ffmpeg, _videos
from minidemo.components._containers import ContainerPart
from minidemo.content.media import Media

_CODECS = (b"avc1", b"avc3", b"vp08", b"vp09", b"av01", b"V_VP8", b"V_VP9", b"V_AV1")
"""Codecs of MP4 and WebM that common browsers play."""
_CLUSTER, _CODEC = b"\x1f\x43\xb6\x75", b"\x86"
_ENTERED = frozenset({b"\x18\x53\x80\x67", b"\x16\x54\xae\x6b", b"\xae"})
"""The segment, its tracks and each track of a WebM."""


def playable(media: Media, container: str) -> Media:
    """Return the video, as MP4 if no browser plays it.

    Without ffmpeg, or if it fails, the video stays.
    """
    if not _ffmpeg.is_installed() or _is_playable(media, container):
        return media
    try:
        return _ffmpeg.convert_media(media, ".mp4", container)
    except _ffmpeg.ConversionError:
        return media


def _is_playable(media: Media, container: str) -> bool:
    """Return whether browsers play a video; unknown codecs are tried."""
    if container in ("ogg", "avi") or media.suffix == ".mkv":
        return False
    with _videos.open_media(media) as file:
        codecs = list((_codecs_of_mp4 if container == "mp4" else _codecs_of_webm)(file))
    return not codecs or any(codec.startswith(_CODECS) for codec in codecs)


def _codecs_of_mp4(file: BinaryIO) -> Iterator[bytes]:
    """Yield the codec of each video track."""
    for track in _descendants(file, _containers.whole_file(file), b"moov", b"trak", b"mdia", b"minf"):
        kinds = {box.kind: box for box in _containers.boxes(file, track)}
        if b"vmhd" in kinds and b"stbl" in kinds:
            for table in _descendants(file, kinds[b"stbl"], b"stsd"):
                yield _containers.read_content(file, table, 16)[12:]


def _codecs_of_webm(file: BinaryIO) -> Iterator[bytes]:
    """Yield the codec of each video track."""
    for part in _containers.elements(file, _containers.whole_file(file), _ENTERED):
        if part.kind == _CLUSTER:
            return
        codec = _containers.read_content(file, part, 32) if part.kind == _CODEC else b""
        if codec.startswith(b"V_"):
            yield codec


def _descendants(file: BinaryIO, part: ContainerPart, *path: bytes) -> Iterator[ContainerPart]:
    """Yield the boxes at a path of kinds."""
    for box in _containers.boxes(file, part):
        if box.kind == path[0]:
            yield from _descendants(file, box, *path[1:]) if path[1:] else [box]
