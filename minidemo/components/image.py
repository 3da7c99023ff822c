"""Image: a picture."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Literal, Unpack

from minidemo.components import _picture_values, _pictures, _watermark
from minidemo.components._schema import FILE, Schema
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, InputError, OutputError, did_you_mean

SOURCES = ("upload", "webcam", "clipboard")
TYPES = ("numpy", "pil", "filepath")
FORMATS = ("png", "jpeg", "webp", "gif")
MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "HSV", "I", "F")


class Image(Component):
    """A picture, upright by its EXIF data.

    The function gets an array (H x W x 3, uint8), a Pillow image or a path; it may return any of them, arrays also of
    floats in 0..1 or, with 16 bits of grey, of uint16, paths also of SVG files, or the address of a picture. A path is
    of the uploaded file if it is upright and in `image_mode`, otherwise of a PNG, or of a TIFF in a mode that PNG
    lacks. A flag stores every pixel in these two formats, and an animation that the function got as a path unchanged.
    A result in HSV is stored as RGB.

    The page shows a smaller picture of at most 2048 pixels a side if the picture is large. EXIF data and comments are
    neither stored nor published; the colour profile is kept, because the colours depend on it.

    Args:
        value: The initial picture.
        type: Type of the argument: "numpy" (the default), "pil" or "filepath".
        format: Format of downloads: "png" (the default), "jpeg", "webp" or "gif", which keeps the frames of an
            animation.
        image_mode: Pillow mode of the argument, or None for the picture's own. By default "RGB".
        sources: "upload", "webcam", "clipboard", or a list of them. By default all; with `streaming` the webcam.
        height: Height on the page, in pixels or as CSS.
        width: Width on the page, in pixels or as CSS.
        buttons: Names of buttons to show; "download" is the only one with an effect.
        show_download_button: Whether an output can be downloaded. By default True.
        streaming: Whether a live `Interface` gets the camera's pictures while it is switched on. By default False.
        placeholder: Text to show without a picture.
        watermark: A `WatermarkOptions`, or a picture, to draw on outputs, but not on SVG files and animations. A flag
            keeps the picture without it.
        alt_text: Description of the picture for screen readers. By default the label.
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
        format: Literal["png", "jpeg", "webp", "gif"] = "png",
        image_mode: str | None = "RGB",
        sources: Sequence[str] | str | None = None,
        height: int | str | None = None,
        width: int | str | None = None,
        buttons: Sequence[object] | None = None,
        show_download_button: bool = True,
        streaming: bool = False,
        placeholder: str | None = None,
        watermark: object = None,
        alt_text: str | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        self.type = _check_choice("type", type, TYPES)
        self.format = _check_choice("format", {"jpg": "jpeg"}.get(format, format), FORMATS)
        self.streaming = streaming
        self.sources = _check_sources(sources, streaming)
        self.image_mode = None if image_mode is None else _check_choice("image_mode", image_mode, MODES)
        self.height = _length("height", height)
        self.width = _length("width", width)
        self.show_download_button = show_download_button and (buttons is None or "download" in buttons)
        self.placeholder = placeholder
        self.watermark = _watermark.options(watermark)
        self.alt_text = alt_text

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
        """Raise `ConfigurationError` if NumPy is missing for arrays."""
        if self.type == "numpy":
            _picture_values.require_numpy("Image")

    def schema(self) -> Schema:
        """Return the JSON schema of a file."""
        return FILE

    def example(self) -> Held:
        """Return a small picture."""
        return _pictures.sample()

    def preprocess(self, value: Held) -> Any:
        """Decode the picture into the function's argument."""
        if value is None:
            return None
        if not isinstance(value, Media):
            raise InputError(f"{self.title} must be a picture that was uploaded.")
        picture = _pictures.read(value.lossless or value, self.image_mode, self.title)
        if self.type == "filepath":
            return _picture_values.as_path(value, picture)
        return picture.image if self.type == "pil" else _picture_values.as_array(picture.image)

    def check_example(self, value: Held) -> None:
        """Check the head of the file; decoding every example is slow."""
        if not isinstance(value, Media):
            self.preprocess(value)
        else:
            _pictures.check(value.lossless or value, self.title)

    def postprocess(self, value: Any) -> Held:
        """Show a picture; a file is shown unchanged."""
        media = _picture_values.to_media(value, self.format, self.title)
        if media is None and value is not None:
            kind = type(value).__name__
            raise OutputError(
                f"{self.title} shows a NumPy array, a Pillow image or a path, but got {kind} {value!r:.60}."
            )
        if media is None or media is value or self.watermark is None:
            return media
        return _watermark.marked(value, media, self.watermark, fmt=self.format)

    def flag(self, value: Held) -> Cell:
        """Store the picture losslessly, and a returned file unchanged."""
        return None if value is None else self._flag_media(value)

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the stored picture."""
        return cell if isinstance(cell, Media) else None

    def _flag_media(self, media: Media) -> Media:
        as_file = self.type == "filepath"
        return _picture_values.flagged_media(media, self.image_mode, self.title, as_file=as_file)


def _check_sources(sources: Sequence[str] | str | None, streaming: bool) -> list[str]:
    """Return the checked sources; a stream has the camera alone."""
    names = [sources] if isinstance(sources, str) else sources or (["webcam"] if streaming else SOURCES)
    checked_sources = [_check_choice("sources", source, SOURCES) for source in names]
    if streaming and checked_sources != ["webcam"]:
        raise ConfigurationError(
            f"Image(streaming=True) streams from the camera alone, but got sources={sources!r}. "
            "Use sources=['webcam'], or leave streaming out."
        )
    return checked_sources


def _length(argument: str, value: object) -> int | str | None:
    """Return a length on the page: pixels, or text that CSS knows."""
    text = str(value).strip()
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?(px|%|em|rem|vh|vw)?", text):
        raise ConfigurationError(f"Image got {argument}={value!r}; expected pixels, or a length such as '50vh'.")
    return text


def _check_choice(argument: str, value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        raise ConfigurationError(f"Image got {argument}={value!r}. {did_you_mean(str(value), choices)}")
    return value
