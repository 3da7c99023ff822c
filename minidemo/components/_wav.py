"""Lossless reading and writing of WAV files with NumPy alone.

PCM of 8 to 32 bits, and floats of 32 and 64 bits.
"""

import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

from minidemo.errors import InputError

PCM, FLOAT = 1, 3
_EXTENSIBLE = 0xFFFE
_WIDTHS = {PCM: (1, 2, 3, 4), FLOAT: (4, 8)}
_MAX_CHUNKS = 1000
_UNKNOWN_LENGTH = 0x7FFF0000
"""Smallest length that stands for an unknown length.

Programs that stream write it: the samples extend to the end of the file.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class WavHeader:
    """The header; `width` is bytes a sample, `offset` the first sample."""

    coding: int
    width: int
    channels: int
    rate: int
    frames: int
    offset: int

    @property
    def has_plain_samples(self) -> bool:
        """True if the samples are PCM or floats of a supported width."""
        return self.width in _WIDTHS.get(self.coding, ())

    @property
    def plays_anywhere(self) -> bool:
        """True if every browser plays the file."""
        return self.coding == PCM and self.width < 4

    @property
    def seconds(self) -> float:
        """The duration in seconds."""
        return self.frames / self.rate


def read_header(file: BinaryIO, title: str) -> WavHeader:
    """Read the header; raise `InputError` if damaged or truncated."""
    size = file.seek(0, 2)
    file.seek(12)
    fmt = b""
    for _ in range(_MAX_CHUNKS):
        name, length = struct.unpack("<4sI", _read_exactly(file, 8, title))
        if name == b"fmt ":
            fmt = _read_exactly(file, min(length, 40), title)
            length = max(length - 40, 0)
        elif name == b"data":
            offset = file.tell()
            length = length or _unstated_length(file, size - offset)
            return _parse_header(fmt, length, size - offset, offset, title)
        file.seek(length + (length & 1), 1)
    raise _damage_error(title)


def read(file: BinaryIO, fmt: WavHeader) -> Any:
    """Return the stored samples, with a column for each channel.

    24 bits are widened to 32.
    """
    import numpy  # noqa: PLC0415  # an extra, imported only where it is used

    file.seek(fmt.offset)
    data = file.read(fmt.frames * fmt.channels * fmt.width)
    if fmt.coding == PCM and fmt.width == 3:
        wide = numpy.zeros((len(data) // 3, 4), "u1")
        wide[:, 1:] = numpy.frombuffer(data, "u1").reshape(-1, 3)
        samples = wide.view("<i4").reshape(-1).astype("int32")
    else:
        kind = "f" if fmt.coding == FLOAT else "u" if fmt.width == 1 else "i"
        samples = numpy.frombuffer(data, f"<{kind}{fmt.width}").astype(f"{kind}{fmt.width}")
    return samples if fmt.channels == 1 else samples.reshape(-1, fmt.channels)


def as_int16(samples: Any) -> Any:
    """Return the samples as int16.

    Wider ones lose their lower bits, floats are clipped to -1..1.
    """
    if samples.dtype.kind == "u":
        return (samples.astype("int16") - 128) * 256
    if samples.dtype.kind == "f":
        floats = samples.copy()
        floats[floats != floats] = 0  # NaN is silence
        return (floats * 32768).round().clip(-32768, 32767).astype("int16")
    return (samples >> 16).astype("int16") if samples.dtype.itemsize == 4 else samples


def write(rate: int, samples: Any) -> bytes:
    """Return the WAV file of samples, or samples x channels.

    Their type is uint8, int16, int32, float32 or float64.
    """
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    coding = FLOAT if samples.dtype.kind == "f" else PCM
    data: bytes = samples.astype(samples.dtype.newbyteorder("<"), order="C", copy=False).tobytes()
    return header(rate, channels, samples.dtype.itemsize, len(data), coding=coding) + data + bytes(len(data) & 1)


def header(rate: int, channels: int, width: int, length: int, *, coding: int = PCM) -> bytes:
    """Return the header of a WAV file whose samples take `length` bytes."""
    align = channels * width
    fmt = struct.pack("<HHIIHH", coding, channels, rate, min(rate * align, 2**32 - 1), align, width * 8)
    chunks = _chunk(b"fmt ", fmt)
    if coding != PCM:
        chunks = _chunk(b"fmt ", fmt + bytes(2)) + _chunk(b"fact", struct.pack("<I", length // align))
    size = 4 + len(chunks) + 8 + length + (length & 1)
    return struct.pack("<4sI4s", b"RIFF", size, b"WAVE") + chunks + struct.pack("<4sI", b"data", length)


def _parse_header(fmt: bytes, length: int, available: int, offset: int, title: str) -> WavHeader:
    if len(fmt) < 16:
        raise _damage_error(title)
    coding, channels, rate, _, align, bits = struct.unpack("<HHIIHH", fmt[:16])
    if coding == _EXTENSIBLE and len(fmt) >= 26:
        coding = int.from_bytes(fmt[24:26], "little")
    if not channels or not rate or not align:
        raise _damage_error(title)
    width = align // channels if align % channels == 0 and bits <= 8 * (align // channels) else 0
    if length > available:
        if length < _UNKNOWN_LENGTH:
            raise InputError(f"{title} is cut off: of its sound, {available:,} of {length:,} bytes are there.")
        length = available
    if not length // align:
        raise InputError(f"{title} has no samples.")
    return WavHeader(coding=coding, width=width, channels=channels, rate=rate, frames=length // align, offset=offset)


def _unstated_length(file: BinaryIO, available: int) -> int:
    """Return the bytes of samples behind a length of 0, which a recorder leaves that crashed or streamed."""
    head = file.read(8)
    is_chunk = head[:4].strip().isalnum() and 8 + int.from_bytes(head[4:], "little") <= available
    return 0 if is_chunk else available


def _read_exactly(file: BinaryIO, length: int, title: str) -> bytes:
    data = file.read(length)
    if len(data) < length:
        raise _damage_error(title)
    return data


def _damage_error(title: str) -> InputError:
    return InputError(f"{title} is a damaged WAV file and cannot be read.")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack("<4sI", name, len(data)) + data
