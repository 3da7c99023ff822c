"""ImageMask: a picture on which the visitor marks a part."""

from collections.abc import Sequence
from typing import Any, Literal

from minidemo.components._tools import BLACK_BRUSH, Brush, LayerOptions
from minidemo.components.image_editor import ImageEditor


class ImageMask(ImageEditor):
    """A picture on which the visitor marks a part.

    It is an ImageEditor with a black brush and a single layer, which is the mask, and takes its other arguments too.

    Args:
        value: The initial picture, or a dict as for ImageEditor.
        brush: A `Brush`, or False for none. By default black.
        layers: A `LayerOptions`, True, or False for one layer (the default).
        transforms: "crop" (the default), "resize", or both.
    """

    def __init__(
        self,
        value: object = None,
        *,
        brush: Brush | Literal[False] | None = None,
        layers: LayerOptions | bool = False,
        transforms: Sequence[str] | str | None = ("crop",),
        **options: Any,
    ) -> None:
        brush = BLACK_BRUSH if brush is None else brush
        super().__init__(value, brush=brush, layers=layers, transforms=transforms, **options)
