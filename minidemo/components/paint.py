"""Paint: a canvas to paint on."""

from collections.abc import Sequence
from typing import Any

from minidemo.components.image_editor import ImageEditor


class Paint(ImageEditor):
    """A canvas to paint on in colours.

    It is an ImageEditor that takes no pictures, and takes its other arguments too.

    Args:
        value: The initial picture, or a dict as for ImageEditor.
        sources: "upload", "webcam", "clipboard", or a list of them. By default none.
        transforms: "crop" (the default), "resize", or both.
    """

    def __init__(
        self,
        value: object = None,
        *,
        sources: Sequence[str] | str | None = (),
        transforms: Sequence[str] | str | None = ("crop",),
        **options: Any,
    ) -> None:
        super().__init__(value, sources=sources, transforms=transforms, **options)
