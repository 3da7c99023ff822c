"""Duration of a video, as its container states it."""

import struct
from contextlib import suppress
from typing import BinaryIO

from minidemo.components import _containers
from minidemo.components._containers import ContainerPart

_SEGMENT, _INFO, _CLUSTER, _GROUP = b"\x18\x53\x80\x67", b"\x15\x49\xa9\x66", b"\x1f\x43\xb6\x75", b"\xa0"
_SCALE, _DURATION, _TIME, _BLOCK, _SIMPLE = b"\x2a\xd7\xb1", b"\x44\x89", b"\xe7", b"\xa1", b"\xa3"
_CONTAINER_KINDS = frozenset({_SEGMENT, _INFO, _CLUSTER, _GROUP})


def duration(file: BinaryIO, container: str) -> float | None:
    """Return the duration of a video, or None if it is unknown."""
    measure = {"mp4": _of_mp4, "webm": _of_webm, "avi": _of_avi}.get(container)
    with suppress(struct.error):  # damaged in the very place
        return measure(file) if measure else None
    return None


def _of_mp4(file: BinaryIO) -> float | None:
    """Read the duration from `mvhd`, or from `mehd` of a fragmented file."""
    header = _find_box(file, _containers.whole_file(file), b"moov", b"mvhd")
    if header is None:
        return None
    head = _containers.read_content(file, header, 32)
    scale, length = struct.unpack_from(">20xIQ" if head[:1] == b"\x01" else ">12xII", head)
    if not length:
        fragments = _find_box(file, _containers.whole_file(file), b"moov", b"mvex", b"mehd")
        length = int.from_bytes(_containers.read_content(file, fragments, 12)[4:]) if fragments else 0
    return length / scale if length and scale else None


def _find_box(file: BinaryIO, part: ContainerPart | None, *path: bytes) -> ContainerPart | None:
    for kind in path:
        part = next((box for box in _containers.boxes(file, part) if box.kind == kind), None) if part else None
    return part


def _of_webm(file: BinaryIO) -> float | None:
    """Read the duration, or use the time of the last frame.

    Recorders of browsers do not write the duration.
    """
    scale, cluster, last = 1_000_000, 0, -1
    for part in _containers.elements(file, _containers.whole_file(file), _CONTAINER_KINDS):
        if part.kind == _DURATION:
            data = _containers.read_content(file, part, 8)
            length: float = struct.unpack(">d" if len(data) == 8 else ">f", data)[0]
            return length * scale / 1e9
        if part.kind == _SCALE:
            scale = int.from_bytes(_containers.read_content(file, part, 8))
        elif part.kind == _TIME:
            cluster = int.from_bytes(_containers.read_content(file, part, 8))
        elif part.kind in (_BLOCK, _SIMPLE):
            last = max(last, cluster + struct.unpack(">xh", _containers.read_content(file, part, 3))[0])
    return last * scale / 1e9 if last >= 0 else None


def _of_avi(file: BinaryIO) -> float | None:
    """Multiply the frame count by the frame time of the main header."""
    file.seek(0)
    head = file.read(512).partition(b"avih")[2]
    pause, count = struct.unpack_from("<4xI12xI", head)
    return pause * count / 1e6 or None
