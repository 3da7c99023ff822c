"""Sketchpad: a canvas to draw on in black."""

from collections.abc import Sequence
from typing import Any, Literal

from minidemo.components._tools import BLACK_BRUSH, Brush
from minidemo.components.image_editor import ImageEditor


class Sketchpad(ImageEditor):
    """A canvas to draw on in black.

    An ImageEditor without pictures and with one colour; it takes the other arguments too. Pixels without a stroke are
    transparent; in an `image_mode` without alpha, such as "L", they are white.

    Args:
        value: The initial picture, or a dict as for ImageEditor.
        sources: "upload", "webcam", "clipboard", or a list of them. By default none.
        brush: A `Brush`, or False for none. By default black.
        transforms: "crop" (the default), "resize", or both.
    """

    def __init__(
        self,
        value: object = None,
        *,
        sources: Sequence[str] | str | None = (),
        brush: Brush | Literal[False] | None = None,
        transforms: Sequence[str] | str | None = ("crop",),
        **options: Any,
    ) -> None:
        brush = BLACK_BRUSH if brush is None else brush
        super().__init__(value, sources=sources, brush=brush, transforms=transforms, **options)
