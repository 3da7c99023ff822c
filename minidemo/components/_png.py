"""PNG files whose profile or texts Pillow refuses to read."""

_START = 8
"""Bytes before the first chunk."""
_LEFT_OUT = (b"iCCP", b"iTXt", b"tEXt", b"zTXt")


def without_texts(data: bytes) -> bytes:
    """Return a PNG without its colour profile and texts.

    Pillow reads at most 1 MB of each.
    """
    parts, place = [data[:_START]], _START
    while place < len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4])
        if data[place + 4 : place + 8] not in _LEFT_OUT:
            parts.append(data[place:end])
        place = end
    return b"".join(parts)
