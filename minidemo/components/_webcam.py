"""WebcamOptions: the webcam of an Image or a Video."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class WebcamOptions:
    """The webcam of an Image or a Video.

    Args:
        mirror: Whether the visitor of a Video sees the webcam mirrored; recordings are not. By default True.
        constraints: Accepted without effect: the browser chooses the resolution.
    """

    mirror: bool = True
    constraints: Mapping[str, Any] | None = None
