"""Parts of a video: boxes of an MP4, elements of a WebM."""

import io
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

MAX_PARTS = 300_000
"""Parts of a file that are looked at; a day of video has fewer."""


class ContainerPart(NamedTuple):
    """A box or element: its kind, its start and its end.

    The end is None if the file does not state it.
    """

    kind: bytes
    start: int
    end: int | None


def boxes(file: BinaryIO, within: ContainerPart) -> Iterator[ContainerPart]:
    """Yield the boxes inside a part of an MP4.

    The last box of a truncated file may end behind the end of the file.
    """
    at, end = within.start, within.end or 0
    for _ in range(MAX_PARTS):
        if at + 8 > end:
            return
        file.seek(at)
        head = file.read(16)
        length, kind, start = int.from_bytes(head[:4]), head[4:8], at + 8
        if length == 1:
            length, start = int.from_bytes(head[8:]), at + 16
        if length == 0:
            length = end - at
        if at + length < start:
            return
        yield ContainerPart(kind, start, at + length)
        at += length


def elements(file: BinaryIO, within: ContainerPart, enter: frozenset[bytes] = frozenset()) -> Iterator[ContainerPart]:
    """Yield the elements inside a part of a WebM.

    Elements whose kind is in `enter` are followed by their children.
    """
    at, end = within.start, within.end or 0
    for _ in range(MAX_PARTS):
        if at >= end:
            return
        file.seek(at)
        element = _element(file)
        if element is None:
            return
        yield element
        at = element.start if element.end is None or element.kind in enter else element.end


def whole_file(file: BinaryIO) -> ContainerPart:
    """Return the file as one part."""
    return ContainerPart(b"", 0, file.seek(0, io.SEEK_END))


def read_content(file: BinaryIO, part: ContainerPart, limit: int) -> bytes:
    """Return the first bytes of a part's content."""
    file.seek(part.start)
    return file.read(limit if part.end is None else min(limit, part.end - part.start))


def _element(file: BinaryIO) -> ContainerPart | None:
    """Read the head of an element: its kind and its length.

    The leading zeros of the first byte of each number encode the number's width.
    """
    first = file.read(1)
    width = 9 - int.from_bytes(first).bit_length()
    kind = first + file.read(width - 1)
    mark = int.from_bytes(file.read(1))
    more = 8 - mark.bit_length()
    if width > 4 or more > 7:
        return None
    length = int.from_bytes(bytes([mark & (0x7F >> more)]) + file.read(more))
    start = file.tell()
    unknown = length == (1 << 7 * (more + 1)) - 1
    return ContainerPart(kind, start, None if unknown else start + length)
