"""Videos for the tests: made of pictures without any encoder but Pillow's, uploaded and returned."""

import io
import struct
from pathlib import Path

import PIL.Image
import PIL.ImageDraw

from minidemo.content.media import Media


def webm(frames: int = 5, pause: int = 100, *, size: tuple[int, int] = (64, 48), duration: bool = True) -> bytes:
    """Return a WebM in which a ball rolls, with a picture every `pause` milliseconds.

    A lossy WebP is one picture of VP8, and so each picture is one of the video's. Without `duration` the file does not
    say how long it lasts, as some recorders leave it.
    """
    width, height = size
    head = element("1a45dfa3", number("4286", 1), number("4282", 0x7765626D), number("4287", 2), number("4285", 2))
    length = element("4489", struct.pack(">d", frames * pause)) if duration else b""
    shape = element("e0", number("b0", width), number("ba", height))
    track = element("ae", number("d7", 1), number("73c5", 1), number("83", 1), element("86", b"V_VP8"), shape)
    blocks = (element("a3", struct.pack(">BhB", 0x81, i * pause, 0x80), ball(i, size)) for i in range(frames))
    cluster = element("1f43b675", number("e7", 0), *blocks)
    info = element("1549a966", number("2ad7b1", 1_000_000), length)
    return head + element("18538067", info, element("1654ae6b", track), cluster)


def element(kind: str, *contents: bytes) -> bytes:
    """Return an element of a WebM."""
    content = b"".join(contents)
    return bytes.fromhex(kind) + (len(content) | 1 << 56).to_bytes(8) + content


def number(kind: str, value: int) -> bytes:
    """Return an element that holds a number."""
    return element(kind, value.to_bytes(max(1, (value.bit_length() + 7) // 8)))


def ball(i: int, size: tuple[int, int]) -> bytes:
    """Return one picture in VP8."""
    image = PIL.Image.new("RGB", size, "navy")
    PIL.ImageDraw.Draw(image).circle((8 + 6 * i % size[0], size[1] // 2), 8, "orange")
    file = io.BytesIO()
    image.save(file, "WEBP", quality=60)
    data = file.getvalue()
    at = data.index(b"VP8 ") + 8
    return data[at : at + int.from_bytes(data[at - 4 : at], "little")]


def mp4(content: bytes = b"frames", *, milliseconds: int = 2500, version: int = 0) -> bytes:
    """Return the boxes of an MP4; nothing can play what is in them."""
    length = struct.pack(">IQ" if version else ">II", 1000, milliseconds)
    head = box(b"mvhd", bytes([version, 0, 0, 0]), bytes(16 if version else 8), length)
    return box(b"ftyp", b"isom\0\0\0\0") + box(b"moov", head) + box(b"mdat", content)


def box(kind: bytes, *contents: bytes) -> bytes:
    """Return a box of an MP4."""
    content = b"".join(contents)
    return (len(content) + 8).to_bytes(4) + kind + content


def avi(frames: int = 50, microseconds: int = 40_000) -> bytes:
    """Return the beginning of an AVI."""
    head = b"avih" + struct.pack("<IIIIII", 56, microseconds, 0, 0, 0, frames) + bytes(36)
    return b"RIFF\0\0\0\0AVI LIST\0\0\0\0hdrl" + head


OGG = b"OggS\0\2" + bytes(40)


def uploaded(data: bytes, name: str = "film.webm") -> Media:
    """Return a video, or what claims to be one, as an input holds it after a visitor has sent it."""
    media = Media.of_bytes(data, name)
    media.uploaded = True
    return media


def film(name: str = "film.webm", data: bytes | None = None) -> Path:
    """Write a video into the working directory, for a function to return."""
    path = Path(name)
    path.write_bytes(webm() if data is None else data)
    return path
