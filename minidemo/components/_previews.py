"""Previews: what a page shows of a picture that is large, or that browsers cannot show."""

from functools import partial

import PIL.Image

from minidemo.components import _encoding
from minidemo.content.media import Media

_SIDE = 2048
_ENOUGH = 0.75
"""Halving, or the like, is fast; but not below this share of what a preview may have."""


def preview(image: PIL.Image.Image) -> Media:
    """Return a light file of the picture, at most 2048 pixels a side, which is made when somebody asks for it."""
    fmt = "webp" if image.has_transparency_data else "jpeg"
    return Media(f"preview.{fmt}", mime=_encoding.MIMES[fmt], encode=partial(encode, image, fmt))


def encode(image: PIL.Image.Image, fmt: str) -> bytes:
    """Return the bytes of a preview."""
    return _encoding.encode(_small(image), fmt)


def _small(image: PIL.Image.Image) -> PIL.Image.Image:
    """Shrink the picture: average its blocks, which is fast, and do what is left to do on what is left."""
    side = max(image.size)
    factor = -(-side // _SIDE)
    if side < _ENOUGH * _SIDE * factor:
        factor -= 1
    if factor > 1:
        # A palette, or a grey of 16 bits, cannot be averaged.
        image = _shown(image).reduce(factor)
    if max(image.size) > _SIDE:
        image = _shown(image)
        share = _SIDE / max(image.size)
        size = (max(round(image.width * share), 1), max(round(image.height * share), 1))
        image = image.resize(size, PIL.Image.Resampling.BILINEAR)
    return _shown(image)


def _shown(image: PIL.Image.Image) -> PIL.Image.Image:
    return _encoding.fit(image, ("L", "RGB", "RGBA"))
