"""Formats, durations and samples of sound files."""

import importlib.util
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from minidemo.components import _wav
from minidemo.content.media import Media, name_with_suffix
from minidemo.errors import InputError

MAX_SAMPLES = 2**26
"""Samples that a compressed file may decode to: 128 MB."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SoundFormat:
    """A format of sound files; `has_decoder` if soundfile reads it."""

    name: str
    mime: str
    suffixes: tuple[str, ...]
    has_decoder: bool = True


WAV = SoundFormat(name="WAV", mime="audio/wav", suffixes=(".wav", ".wave"))
MP3 = SoundFormat(name="MP3", mime="audio/mpeg", suffixes=(".mp3", ".mpga"))
OGG = SoundFormat(name="Ogg", mime="audio/ogg", suffixes=(".ogg", ".oga", ".opus"))
FLAC = SoundFormat(name="FLAC", mime="audio/flac", suffixes=(".flac",))
AIFF = SoundFormat(name="AIFF", mime="audio/aiff", suffixes=(".aiff", ".aif", ".aifc"))
AAC = SoundFormat(name="AAC", mime="audio/aac", suffixes=(".aac",), has_decoder=False)
MP4 = SoundFormat(name="MP4", mime="audio/mp4", suffixes=(".m4a", ".mp4", ".m4b"), has_decoder=False)
WEBM = SoundFormat(name="WebM", mime="audio/webm", suffixes=(".webm", ".weba", ".mka"), has_decoder=False)
SOUND_FORMATS = (WAV, MP3, OGG, FLAC, AIFF, AAC, MP4, WEBM)
ENCODED_FORMATS = {"wav": WAV, "mp3": MP3, "flac": FLAC}
"""Formats of files that are made of samples."""
_SUFFIXES = frozenset(suffix for kind in SOUND_FORMATS for suffix in kind.suffixes)


def has_soundfile() -> bool:
    """Return whether soundfile is installed, which decodes and encodes sound."""
    return importlib.util.find_spec("soundfile") is not None


def of_name(suffix: str) -> SoundFormat | None:
    """Return the format of a suffix."""
    return next((kind for kind in SOUND_FORMATS if suffix in kind.suffixes), None)


def of_content(head: bytes, suffix: str = "") -> SoundFormat | None:
    """Return the format of a file that begins so.

    Tags may stand before some formats: the suffix tells which.
    """
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return WAV
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return AIFF
    if head[4:8] == b"ftyp":
        return MP4
    for start, kind in ((b"fLaC", FLAC), (b"OggS", OGG), (b"\x1a\x45\xdf\xa3", WEBM)):
        if head.startswith(start):
            return kind
    if head.startswith(b"ID3"):
        return next((kind for kind in (FLAC, AAC) if suffix in kind.suffixes), MP3)
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        return AAC if head[1] & 0xF6 == 0xF0 else MP3
    return None


def check(media: Media, title: str) -> SoundFormat:
    """Return the format of the file by its content, or raise `InputError`."""
    kind = of_content(media.head(16), media.suffix)
    if kind is None:
        raise InputError(f"{title} must be a sound file: {', '.join(one.name for one in SOUND_FORMATS)}.")
    return kind


def file_name(media: Media, kind: SoundFormat) -> str:
    """Return the file's name with a suffix of the format."""
    return name_with_suffix(media.name, kind.suffixes, _SUFFIXES)


def duration(media: Media, kind: SoundFormat, title: str) -> float:
    """Return the duration of the file in seconds."""
    fmt = _plain_wav(media, kind, title)
    if fmt:
        return fmt.seconds
    with _decoder(media, kind, title) as file:
        return float(file.frames / file.samplerate)


def decode(media: Media, kind: SoundFormat, title: str) -> tuple[int, Any]:
    """Return the rate and the int16 samples, or samples x channels."""
    fmt = _plain_wav(media, kind, title)
    if fmt:
        with open_media(media) as raw:
            return fmt.rate, _wav.as_int16(_wav.read(raw, fmt))
    with _decoder(media, kind, title) as file:
        if file.frames * file.channels > MAX_SAMPLES:
            raise InputError(f"{title} is too long: it has over {MAX_SAMPLES:,} samples.")
        samples = file.read(file.frames, dtype="float32")  # at once: MP3 read in pieces has gaps
        if not len(samples):
            raise InputError(f"{title} has no samples.")
        return file.samplerate, _wav.as_int16(samples)


def encode(rate: int, samples: Any, kind: SoundFormat) -> bytes:
    """Return the samples as a file, of 16 bits unless it is WAV.

    soundfile raises `RuntimeError` for rates and channels that the format does not support.
    """
    if kind is WAV:
        return _wav.write(rate, samples)
    import soundfile  # noqa: PLC0415  # an extra, imported only where it is used

    file = io.BytesIO()
    integers = _wav.as_int16(samples)
    data = integers / 32768 if kind is MP3 else integers  # two channels of integers come out garbled as MP3
    soundfile.write(file, data, rate, format=kind.name)
    return file.getvalue()


def open_media(media: Media) -> BinaryIO:
    """Open the file for reading."""
    return io.BytesIO(media.read()) if media.path is None else media.path.open("rb")


def _plain_wav(media: Media, kind: SoundFormat, title: str) -> _wav.WavHeader | None:
    """Return the header of a WAV file whose samples need no decoder."""
    if kind is not WAV:
        return None
    with open_media(media) as file:
        fmt = _wav.read_header(file, title)
    return fmt if fmt.has_plain_samples else None


@contextmanager
def _decoder(media: Media, kind: SoundFormat, title: str) -> Iterator[Any]:
    """Open the file with soundfile, or raise `InputError`."""
    if not (kind.has_decoder and has_soundfile()):
        raise InputError(_undecodable_message(kind, title))
    import soundfile  # noqa: PLC0415  # an extra, imported only where it is used

    try:
        with open_media(media) as raw, soundfile.SoundFile(raw) as file:
            yield file
    except InputError:
        raise
    except Exception:  # soundfile raises errors of several types
        raise InputError(f"{title} is a damaged {kind.name} file and cannot be read.") from None


def _undecodable_message(kind: SoundFormat, title: str) -> str:
    what = "a WAV file of an unusual coding" if kind is WAV else kind.name
    install = (
        "install soundfile (pip install 'minidemo[audio]') or " if kind.has_decoder and not has_soundfile() else ""
    )
    return (
        f"{title} is {what}, which cannot be decoded here. Send it as WAV with PCM or float samples; "
        f"or the demo's author may {install}use Audio(type='filepath')."
    )
