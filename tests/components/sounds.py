"""Sounds for the tests: made with other programs than ours, uploaded and listened to."""

import io
import struct
import wave
from typing import Any

import numpy
import soundfile

from minidemo.content.media import Media


def wav(samples: Any, rate: int = 8000) -> bytes:
    """Return the WAV file of an array of int16, as Python's own module writes it."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((samples.shape[1] if samples.ndim == 2 else 1, 2, rate, 0, "NONE", ""))
        out.writeframes(samples.astype("<i2").tobytes())
    return file.getvalue()


def riff(*chunks: tuple[bytes, bytes], size: int | None = None) -> bytes:
    """Return a WAV file of chunks, each a name and its content; `size` is what the last one says of itself."""
    body = b""
    for name, content in chunks:
        length = size if size is not None and name == chunks[-1][0] else len(content)
        body += struct.pack("<4sI", name, length) + content + bytes(len(content) & 1)
    return struct.pack("<4sI4s", b"RIFF", 4 + len(body), b"WAVE") + body


def fmt(coding: int = 1, channels: int = 1, rate: int = 8000, bits: int = 16) -> bytes:
    """Return what a chunk `fmt ` holds."""
    align = channels * bits // 8
    return struct.pack("<HHIIHH", coding, channels, rate, rate * align, align, bits)


def encoded(samples: Any, rate: int = 8000, *, format: str = "WAV", subtype: str | None = None) -> bytes:
    """Return the file that another program makes of the samples."""
    file = io.BytesIO()
    if format == "MP3" or subtype in ("FLOAT", "DOUBLE"):
        samples = samples / (32768 if samples.dtype.kind == "i" else 1)
    soundfile.write(file, samples, rate, format=format, subtype=subtype)
    return file.getvalue()


def tone(seconds: float = 1, rate: int = 8000) -> Any:
    """Return a tone of 440 Hz with 16 bits."""
    return (8000 * numpy.sin(numpy.arange(int(seconds * rate)) * 440 * numpy.pi * 2 / rate)).astype("int16")


def uploaded(sound: Any, name: str = "voice.wav") -> Media:
    """Return a sound, or what claims to be one, as an input holds it after a visitor has sent it."""
    media = Media.of_bytes(sound if isinstance(sound, bytes) else wav(sound), name)
    media.uploaded = True
    return media


def heard(file: Any) -> tuple[int, Any]:
    """Return the rate and the samples in a WAV file that a component holds or stores, as another program reads them."""
    assert isinstance(file, Media)
    with soundfile.SoundFile(io.BytesIO(file.read())) as sound:
        kind = {"FLOAT": "float32", "DOUBLE": "float64", "PCM_16": "int16"}.get(sound.subtype, "int32")
        return sound.samplerate, sound.read(dtype=kind)
