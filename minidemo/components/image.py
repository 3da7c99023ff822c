"""Image: a picture."""

import importlib.util
import os
import tempfile
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Unpack

import PIL.Image

from minidemo.components import _pictures
from minidemo.components._schema import FILE, Schema
from minidemo.components.base import Cell, Component, Held, Options
from minidemo.errors import ConfigurationError, InputError, OutputError, did_you_mean
from minidemo.media import Media

SOURCES = ("upload", "webcam", "clipboard")
TYPES = ("numpy", "pil", "filepath")
FORMATS = ("png", "jpeg", "webp")
MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "HSV", "I", "F")


class Image(Component):
    """A picture, upright as its EXIF data says.

    The function gets a NumPy array (H x W x 3, uint8), a Pillow image or a path, as `type` says; it may return any of
    them, arrays also as floats in 0..1. `format` is that of the download; a flag stores every pixel in any case.
    `image_mode` is a Pillow mode, or None to keep the picture's own; `height` and `width` are on the page, in pixels.
    """

    widget: ClassVar = "image"
    shortcuts: ClassVar = {"pil": {"type": "pil"}}
    takes_files: ClassVar = True
    visitor_writes = False

    def __init__(
        self,
        value: object = None,
        *,
        type: Literal["numpy", "pil", "filepath"] = "numpy",
        format: Literal["png", "jpeg", "webp"] = "png",
        image_mode: str | None = "RGB",
        sources: Sequence[str] | str = SOURCES,
        height: int | None = None,
        width: int | None = None,
        show_download_button: bool = True,
        placeholder: str | None = None,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(value, **options)
        self.type = _known("type", type, TYPES)
        self.format = _known("format", {"jpg": "jpeg"}.get(format, format), FORMATS)
        self.sources = [_known("sources", source, SOURCES) for source in _listed(sources)]
        self.image_mode = None if image_mode is None else _known("image_mode", image_mode, MODES)
        self.height = height
        self.width = width
        self.show_download_button = show_download_button
        self.placeholder = placeholder

    def correction(self) -> "Image":
        """Return a place for another picture; it need not be an array."""
        return Image(
            type="pil",
            sources="upload",
            image_mode=self.image_mode,
            height=self.height,
            width=self.width,
            label=self.label,
            show_label=self.show_label,
            interactive=True,
            elem_classes=self.elem_classes,
        )

    def check_as_input(self) -> None:
        """Ask for NumPy where the function would get an array."""
        if self.type == "numpy" and importlib.util.find_spec("numpy") is None:
            raise ConfigurationError(
                "Image(type='numpy') hands NumPy arrays to the function, but NumPy is not installed. "
                "Run: pip install 'minidemo[numpy]', or use Image(type='pil')."
            )

    def schema(self) -> Schema:
        """Return that of a file."""
        return FILE

    def example(self) -> Held:
        """Return a small picture."""
        return _pictures.sample()

    def preprocess(self, value: Held) -> Any:
        """Decode the picture into what the function takes."""
        if value is None:
            return None
        if not isinstance(value, Media):
            raise InputError(f"{self.title} must be a picture that was uploaded.")
        image = _pictures.decode(value.lossless or value, self.image_mode, self.title)
        if self.type == "pil":
            return image
        if self.type == "filepath":
            return _as_path(value, image)
        return _numpy().array(image)

    def postprocess(self, value: Any) -> Held:
        """Show a picture; a file is handed on as it lies."""
        if value is None or isinstance(value, Media):
            return value
        if isinstance(value, PIL.Image.Image):
            return _pictures.hold(value, self.format)
        if isinstance(value, str | Path):
            return Media.of_path(Path(value))
        if hasattr(value, "__array_interface__") or hasattr(value, "__array__"):
            return _pictures.hold(_pictures.of_array(_numpy().asarray(value), self.title), self.format)
        raise OutputError(
            f"{self.title} shows a NumPy array, a Pillow image or a path, but got {type(value).__name__} {value!r:.60}."
        )

    def flag(self, value: Held) -> Cell:
        """Store the picture as the function received or returned it, losslessly; a returned file is stored as it is."""
        if value is None:
            return None
        if value.uploaded:
            return _pictures.hold(_pictures.decode(value, self.image_mode, self.title), "png")
        kept: Media = value.lossless or value
        return kept

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the stored picture."""
        return cell if isinstance(cell, Media) else None


def _numpy() -> Any:
    import numpy  # noqa: PLC0415  # an extra, imported only where it is used

    return numpy


def _as_path(media: Media, image: PIL.Image.Image) -> str:
    """Write the decoded picture beside the upload, for as long as that is held."""
    handle, name = tempfile.mkstemp(suffix=".png", prefix="minidemo-")
    os.close(handle)
    Path(name).write_bytes(_pictures.hold(image, "png").read())
    weakref.finalize(media, Path(name).unlink, missing_ok=True)
    return name


def _listed(sources: Sequence[str] | str) -> Sequence[str]:
    return [sources] if isinstance(sources, str) else sources


def _known(argument: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise ConfigurationError(f"Image got {argument}={value!r}. {did_you_mean(str(value), known)}")
    return value
