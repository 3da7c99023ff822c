"""Thumbnails: pictures so small that a page may show many of them."""

from functools import partial

import PIL.Image

from minidemo.components import _encoding, _pictures
from minidemo.content.media import Media

MAX_SIDE = 192
_WEIGHT = 8192
"""Estimated bytes of a thumbnail."""
_MIMES = frozenset(f"image/{kind}" for kind in ("png", "jpeg", "webp", "gif", "bmp", "tiff"))


def thumbnail(media: Media) -> Media | None:
    """Return a thumbnail of a picture, or None for another file.

    It is encoded when first read.
    """
    if media.mime not in _MIMES:
        return None
    return Media("thumbnail.webp", mime="image/webp", encode=partial(_encode, media), weight=_WEIGHT)


def _encode(media: Media) -> bytes:
    image = _encoding.to_supported_mode(_pictures.decode(media, None, "The picture"), ("L", "RGB", "RGBA"))
    image.thumbnail((MAX_SIDE, MAX_SIDE), PIL.Image.Resampling.BILINEAR, reducing_gap=2.0)
    return _encoding.encode(image, "webp")
