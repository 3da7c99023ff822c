"""Regions of a picture: masks, boxes and their colours."""

import colorsys
import io
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import PIL.Image

from minidemo.components import _pictures
from minidemo.content.media import Media
from minidemo.errors import InputError, OutputError

PALETTE = (
    "#e6194b", "#3f63e8", "#3cb44b", "#f58231", "#911eb4", "#00a7c7",
    "#f032e6", "#8f9a00", "#008080", "#9a6324", "#800000", "#000075",
)  # fmt: skip
HUE_STEP = 0.618034
"""Step between hues on the colour circle, so that none repeats."""
PixelSize = tuple[int, int]


def colors(names: Sequence[str], color_map: Mapping[str, str]) -> dict[str, str]:
    """Return a colour for each name: the author's, or an unused one."""
    free = (color for color in (*PALETTE, *map(_hue, range(len(names)))) if color not in color_map.values())
    return {name: color_map[name] if name in color_map else next(free) for name in dict.fromkeys(names)}


def mask(region: Any, size: PixelSize, where: str) -> PIL.Image.Image:
    """Return the grey mask of a region, or raise `OutputError`.

    A region is a box, or a mask of the picture's size.
    """
    if isinstance(region, PIL.Image.Image):
        mask_image = region.convert("L")
    elif isinstance(region, tuple | list) and len(region) == 4:
        return _box(region, size, where)
    elif getattr(region, "shape", None) == (4,):
        return _box(region.tolist(), size, where)
    elif len(getattr(region, "shape", ())) == 2:
        mask_image = _of_array(region, where)
    else:
        raise OutputError(
            f"{where}: a region is a box (x1, y1, x2, y2) or a mask of H x W, but got {type(region).__name__} "
            f"{region!r:.60}."
        )
    if mask_image.size != size:
        (wide, high), (width, height) = mask_image.size, size
        raise OutputError(f"{where}: the mask is {wide} x {high}, but the picture is {width} x {height}.")
    return mask_image


def to_media(grey: PIL.Image.Image, color: str) -> Media:
    """Return a file in one colour whose alpha is the mask."""
    return Media("mask.png", encode=partial(_encode, grey, color), weight=grey.width * grey.height)


def alpha(media: Media, size: PixelSize, title: str) -> PIL.Image.Image:
    """Return the mask in a file.

    Raises `InputError` unless it has the picture's size.
    """
    mask_image = _pictures.decode(media, "RGBA", title)
    if mask_image.size != size:
        raise InputError(f"{title} must have masks of the picture's size.")
    return mask_image.getchannel("A")


def size_of(media: Any, picture: Any, title: str) -> PixelSize:
    """Return the width and height of a picture that is shown."""
    if isinstance(picture, PIL.Image.Image):
        return picture.size
    if len(getattr(picture, "shape", ())) > 1:
        return picture.shape[1], picture.shape[0]
    if not isinstance(media, Media):
        raise OutputError(f"{title} got regions without a picture.")
    try:
        return _pictures.decode(media, None, title).size
    except InputError as error:
        raise OutputError(error.message) from None


def _box(corners: Sequence[Any], size: PixelSize, where: str) -> PIL.Image.Image:
    """Fill the pixels of a box; x2 and y2 are outside."""
    try:
        x1, y1, x2, y2 = (round(float(corner)) for corner in corners)
    except (OverflowError, TypeError, ValueError):
        raise OutputError(f"{where}: a box is four numbers (x1, y1, x2, y2), but got {corners!r:.60}.") from None
    (left, right), (top, bottom) = sorted((x1, x2)), sorted((y1, y2))
    mask_image = PIL.Image.new("L", size)
    inside = max(left, 0), max(top, 0), min(right, size[0]), min(bottom, size[1])
    if inside[0] < inside[2] and inside[1] < inside[3]:
        mask_image.paste(255, inside)
    return mask_image


def _of_array(array: Any, where: str) -> PIL.Image.Image:
    """Return the mask of bools, floats in 0..1, or integers in 0..255; if all are 0 or 1, in 0..1."""
    import numpy  # noqa: PLC0415  # an extra, imported only where it is used

    values = numpy.asarray(array)
    if values.dtype.kind in "iu":
        values = values.astype("bool" if ((values == 0) | (values == 1)).all() else "int64")
    return _pictures.of_array(values, where)


def _encode(grey: PIL.Image.Image, color: str) -> bytes:
    """Encode one byte a pixel, with a palette of one colour."""
    image = PIL.Image.frombytes("P", grey.size, grey.tobytes())
    image.putpalette(bytes.fromhex(color[1:]) * 256)
    file = io.BytesIO()
    image.save(file, "PNG", transparency=bytes(range(256)), bits=8)
    return file.getvalue()


def _hue(i: int) -> str:
    red, green, blue = colorsys.hls_to_rgb(i * HUE_STEP % 1, 0.4, 0.8)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
