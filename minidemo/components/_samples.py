"""Conversion of a function's sound to files."""

import io
import math
from functools import partial
from typing import Any

from minidemo.components import _numbers, _sound, _wav
from minidemo.content.media import Media
from minidemo.errors import InputError, OutputError
from minidemo.utils.checks import is_number

MAX_AMPLITUDE = 16
"""Largest absolute value of floats; louder ones are integers by mistake."""

_MAX_CHANNELS = 32
_WAV_TYPES = {"u1", "i2", "i4", "f4", "f8"}
_WIDER_TYPES = {"f2": "float32"}
"""Types that WAV lacks, with wider ones that keep all values."""


def to_media(rate: int, samples: Any, fmt: str | None, title: str) -> Media:
    """Return a WAV file, or a file of another format with the lossless WAV."""
    wav = of_bytes(_wav.write(rate, samples), title)
    kind = _sound.ENCODED_FORMATS[fmt or "wav"]
    if kind is _sound.WAV:
        return wav
    try:
        data = _sound.encode(rate, samples, kind)
    except RuntimeError as error:
        raise OutputError(f"{title} cannot be written as {kind.name}: {error} Use Audio(format='wav').") from None
    media = Media.of_bytes(data, f"audio.{fmt}", mime=kind.mime)
    media.lossless = wav
    return media


def of_bytes(data: bytes, title: str) -> Media:
    """Return the file of the bytes.

    A WAV file that few browsers play gets a preview that all play.
    """
    kind = _sound.of_content(data[:16])
    if kind is None:
        raise OutputError(f"{title} shows sound files, but got bytes that are none: {data!r:.60}.")
    media = Media.of_bytes(data, f"audio{kind.suffixes[0]}", mime=kind.mime)
    if kind is _sound.WAV:
        _check_header(media, title)
    return media


def of_pair(rate: Any, samples: Any, title: str) -> tuple[int, Any]:
    """Return a rate and samples as a WAV file stores them.

    Raises `OutputError` for other values.
    """
    import numpy  # noqa: PLC0415  # an extra, imported only where it is used

    hertz = _numbers.to_python(rate)
    if not is_number(hertz, least=1) or hertz >= 2**32 or hertz != int(hertz):
        raise OutputError(f"{title} shows (rate, samples) with the rate in samples a second, but got {rate!r:.60}.")
    array = numpy.asarray(samples)
    _check_shape(array.shape, array.dtype.itemsize, title)
    return int(hertz), _to_wav_type(array, title)


def _check_shape(shape: tuple[int, ...], width: int, title: str) -> None:
    if len(shape) not in (1, 2):
        raise OutputError(f"{title} shows arrays of samples, or of samples x channels, but got shape {shape}.")
    if 0 in shape:
        raise OutputError(f"{title} got an array without samples, of shape {shape}.")
    channels = shape[1] if len(shape) == 2 else 1
    if channels * width >= 2**16 or channels > max(shape[0], _MAX_CHANNELS):
        raise OutputError(
            f"{title} shows arrays of samples x channels, but got shape {shape}. "
            "If the channels come first, return array.T."
        )


def _to_wav_type(array: Any, title: str) -> Any:
    """Return the array in a type of WAV, without loss."""
    kind = f"{array.dtype.kind}{array.dtype.itemsize}"
    if kind == "i1":
        return (array.astype("int16") + 128).astype("uint8")
    if kind == "u2":
        return (array.astype("int32") - 2**15).astype("int16")
    if kind not in _WAV_TYPES and kind not in _WIDER_TYPES:
        raise OutputError(
            f"{title} shows samples as int16, int32, uint8, float32 or float64, but got dtype {array.dtype}. "
            "Return array.astype('int16'), or floats in -1..1."
        )
    if array.dtype.kind == "f":
        _check_floats(array, title)
    return array.astype(_WIDER_TYPES.get(kind, array.dtype.newbyteorder("=")), copy=False)


def _check_floats(array: Any, title: str) -> None:
    peak = float(abs(array).max())
    if not peak <= MAX_AMPLITUDE:  # nor is NaN
        what = "NaN" if math.isnan(peak) else f"values up to {peak:g}"
        raise OutputError(
            f"{title} shows floats in -1..1, but got {what}. Return array / {peak:g}, or array.astype('int16')."
            if math.isfinite(peak)
            else f"{title} shows floats in -1..1, but got {what}."
        )


def _check_header(media: Media, title: str) -> None:
    try:
        with _sound.open_media(media) as file:
            fmt = _wav.read_header(file, title)
    except InputError as error:
        raise OutputError(error.message) from None
    if fmt.has_plain_samples and not fmt.plays_anywhere:
        weight = fmt.frames * fmt.channels * 2
        encode = partial(_preview, media.read(), fmt)
        media.preview = Media("preview.wav", mime=media.mime, encode=encode, weight=weight)


def _preview(data: bytes, fmt: _wav.WavHeader) -> bytes:
    return _wav.write(fmt.rate, _wav.as_int16(_wav.read(io.BytesIO(data), fmt)))
