"""WatermarkOptions: a picture that is drawn on an output."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeAlias

import PIL.Image

from minidemo.components import _encoding, _layers, _pictures
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, InputError, OutputError

Place: TypeAlias = tuple[int, int] | Literal["top-left", "top-right", "bottom-left", "bottom-right"]
PLACES = ("top-left", "top-right", "bottom-left", "bottom-right")
MARGIN = 10
"""Pixels between a watermark and the edges."""


@dataclass(frozen=True, eq=False)
class WatermarkOptions:
    """A picture that is drawn on an output, in its own size.

    Args:
        watermark: The picture: a path, a Pillow image or an array. None draws nothing.
        position: "top-left", "top-right", "bottom-left" or "bottom-right" (the default), 10 pixels from the edges; or
            (x, y) of the upper left corner in pixels.
    """

    watermark: Any = None
    position: Place = "bottom-right"

    def __post_init__(self) -> None:
        """Refuse a picture that cannot be read, and an unknown position."""
        place: Any = self.position
        is_point = isinstance(place, tuple | list) and len(place) == 2 and all(isinstance(part, int) for part in place)
        if not is_point and place not in PLACES:
            raise ConfigurationError(
                f"WatermarkOptions got position={place!r:.60}; expected (x, y), or one of {', '.join(PLACES)}."
            )
        self.picture  # noqa: B018  # raises for what is no picture

    @cached_property
    def picture(self) -> PIL.Image.Image:
        """The picture with its transparency."""
        try:
            return _encoding.convert_mode(_picture(self.watermark), "RGBA")
        except (OSError, OutputError) as error:
            raise ConfigurationError(f"WatermarkOptions got a watermark that is no picture: {error}") from None


def options(watermark: Any) -> WatermarkOptions | None:
    """Return the options of an argument, which may be the picture itself."""
    wish = watermark if isinstance(watermark, WatermarkOptions) else WatermarkOptions(watermark)
    return None if wish.watermark is None else wish


def draw(image: PIL.Image.Image, wish: WatermarkOptions) -> PIL.Image.Image:
    """Return a copy of a picture with the watermark on it."""
    canvas = _encoding.convert_mode(image, "RGBA")
    canvas.alpha_composite(wish.picture, _corner(wish.position, canvas.size, wish.picture.size))
    return canvas if image.has_transparency_data else canvas.convert("RGB")


def marked(value: object, media: Media, wish: WatermarkOptions, *, fmt: str) -> Media:
    """Return the file of a picture with the watermark on it.

    Its lossless copy is the picture without it. A returned file is drawn on after the check that it may be shown; an
    animation, and a file that Pillow cannot read, stay as they are.
    """

    def mark(image: PIL.Image.Image, original: Media) -> Media:
        file = _pictures.to_media(draw(image, wish), fmt, own=True)
        file.lossless = original.lossless or original
        return file

    def finish(copy: Media) -> Media:
        with suppress(InputError):
            image = _pictures.decode(copy, None, copy.name)
            return copy if _pictures.has_frames(copy) else mark(image, copy)
        return copy

    if media.path is not None:
        media.finish = finish
        return media
    image = _layers.picture_in_memory(value, media.name)
    is_animation = fmt == "gif" and getattr(image, "is_animated", False)
    return media if image is None or is_animation else mark(image, media)


def overlay(wish: WatermarkOptions) -> tuple[bytes, str]:
    """Return the watermark as PNG, and its place for ffmpeg's filter."""
    place = wish.position
    if not isinstance(place, str):
        return _encoding.encode(wish.picture, "png"), f"{place[0]}:{place[1]}"
    x = f"main_w-overlay_w-{MARGIN}" if "right" in place else MARGIN
    y = f"main_h-overlay_h-{MARGIN}" if "bottom" in place else MARGIN
    return _encoding.encode(wish.picture, "png"), f"{x}:{y}"


def _corner(place: Place, size: tuple[int, int], own: tuple[int, int]) -> tuple[int, int]:
    """Return the place of a watermark's upper left corner."""
    if not isinstance(place, str):
        return place
    right, bottom = (side - length - MARGIN for side, length in zip(size, own, strict=True))
    return right if "right" in place else MARGIN, bottom if "bottom" in place else MARGIN


def _picture(watermark: Any) -> PIL.Image.Image:
    if watermark is None:
        return PIL.Image.new("RGBA", (1, 1))
    if isinstance(watermark, str | Path):
        with PIL.Image.open(watermark) as image:
            return image.copy()
    drawn = _layers.picture_in_memory(watermark, "watermark")
    if drawn is None:
        raise OutputError(f"expected a path, a Pillow image or an array, but got {watermark!r:.60}.")
    return drawn
