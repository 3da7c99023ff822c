"""Previews of pictures that are large or that browsers cannot show."""

from functools import partial

import PIL.Image

from minidemo.components import _encoding
from minidemo.content.media import Media

_MAX_SIDE = 2048
_MIN_FRACTION = 0.75
"""Smallest fraction of the preview's side that fast shrinking may reach."""


def preview(image: PIL.Image.Image) -> Media:
    """Return a small copy of the picture, encoded when first read.

    Its sides have at most 2048 pixels.
    """
    fmt = "webp" if image.has_transparency_data else "jpeg"
    return Media(f"preview.{fmt}", mime=_encoding.MIMES[fmt], encode=partial(encode, image, fmt))


def encode(image: PIL.Image.Image, fmt: str) -> bytes:
    """Return the bytes of a preview."""
    return _encoding.encode(_shrink(image), fmt)


def _shrink(image: PIL.Image.Image) -> PIL.Image.Image:
    """Shrink the picture: average blocks, then resample the rest."""
    side = max(image.size)
    factor = -(-side // _MAX_SIDE)
    if side < _MIN_FRACTION * _MAX_SIDE * factor:
        factor -= 1
    if factor > 1:
        # A palette, or a grey of 16 bits, cannot be averaged.
        image = _to_web_mode(image).reduce(factor)
    if max(image.size) > _MAX_SIDE:
        image = _to_web_mode(image)
        ratio = _MAX_SIDE / max(image.size)
        size = (max(round(image.width * ratio), 1), max(round(image.height * ratio), 1))
        image = image.resize(size, PIL.Image.Resampling.BILINEAR)
    return _to_web_mode(image)


def _to_web_mode(image: PIL.Image.Image) -> PIL.Image.Image:
    return _encoding.to_supported_mode(image, ("L", "RGB", "RGBA"))
