"""ImageEditor: a picture to draw on."""

import copy
import importlib.util
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, Unpack

import PIL.Image

from minidemo.components import _layers, _pictures, _schema
from minidemo.components._layers import Drawing
from minidemo.components._schema import FILE, Schema
from minidemo.components._tools import Brush, Eraser, LayerOptions
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.components.image import FORMATS, MODES, SOURCES, TYPES, Image
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, InputError, OutputError, did_you_mean

TRANSFORMS = ("crop", "resize")
KEYS = ("background", "layers", "composite")
MAX_SIDE = 8192
"""Largest side in pixels; browsers need not support longer canvases."""


class ImageEditor(Component):
    """A picture to draw on, with layers, cropping and resizing.

    The function gets {"background": …, "layers": […], "composite": …}, each an array (H x W x 4, uint8), a Pillow image
    or a path; background and composite can be None. It may return such a dict, or one picture. All have one size, at
    full resolution. In an `image_mode` without alpha, transparent pixels become white, as on the page.

    A background that is not cropped or resized is handed on as the uploaded file; everything else is PNG. A browser
    keeps no colour of transparent pixels, and the colour of half-transparent ones to about their opacity; other pixels
    are exact.

    Args:
        value: The initial picture, or a dict as above.
        height: Height on the page, in pixels or as CSS.
        width: Width on the page, in pixels or as CSS.
        image_mode: Pillow mode of the arguments, or None for the pictures' own. By default "RGBA".
        sources: "upload", "webcam", "clipboard", or a list of them. By default all.
        type: Type of the arguments: "numpy" (the default), "pil" or "filepath".
        format: Format of downloads: "png" (the default), "jpeg", "webp" or "gif".
        eraser: An `Eraser`, or False for none.
        brush: A `Brush`, or False for none.
        layers: A `LayerOptions`, True (the default), or False for one layer.
        canvas_size: Width and height without a picture, in pixels. By default (800, 800).
        fixed_canvas: Whether pictures are fitted into `canvas_size`. By default False.
        transforms: "crop", "resize", or both (the default).
        show_download_button: Whether the composite can be downloaded. By default True.
        placeholder: Text to show without a picture.
    """

    widget: ClassVar = "imageeditor"
    takes_files: ClassVar = True
    visitor_writes = False

    def __init__(
        self,
        value: object = None,
        *,
        height: int | str | None = None,
        width: int | str | None = None,
        image_mode: str | None = "RGBA",
        sources: Sequence[str] | str | None = SOURCES,
        type: Literal["numpy", "pil", "filepath"] = "numpy",
        format: Literal["png", "jpeg", "webp", "gif"] = "png",
        eraser: Eraser | Literal[False] | None = None,
        brush: Brush | Literal[False] | None = None,
        layers: LayerOptions | bool = True,
        canvas_size: tuple[int, int] = (800, 800),
        fixed_canvas: bool = False,
        transforms: Sequence[str] | str | None = TRANSFORMS,
        show_download_button: bool = True,
        placeholder: str | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        self.height = height
        self.width = width
        self.image_mode = None if image_mode is None else self._check_choice("image_mode", image_mode, MODES)
        self.sources = [self._check_choice("sources", source, SOURCES) for source in _as_list(sources)]
        self.type = self._check_choice("type", type, TYPES)
        self.format = self._check_choice("format", {"jpg": "jpeg"}.get(format, format), FORMATS)
        self.brush = self._tool("brush", brush, Brush())
        self.eraser = None if self.brush is None else self._tool("eraser", eraser, Eraser())
        self.layers = self._layer_options(layers)
        self.canvas_size = self._size(canvas_size)
        self.fixed_canvas = fixed_canvas
        self.transforms = [self._check_choice("transforms", name, TRANSFORMS) for name in _as_list(transforms)]
        self.show_download_button = show_download_button
        self.placeholder = placeholder

    def schema(self) -> Schema:
        """Return the JSON schema of an object of files."""
        nothing: Schema = {"type": "null"}
        properties = {
            "background": {"anyOf": [FILE, nothing]},
            "layers": _schema.list_of(FILE),
            "composite": {"anyOf": [FILE, nothing]},
            "id": {"anyOf": [{"type": "string"}, nothing]},
        }
        return {"type": "object", "properties": properties}

    def example(self) -> Held:
        """Return a small picture on which nothing is drawn."""
        sample = _pictures.sample()
        return Drawing(background=sample, layers=[], composite=sample).to_held()

    def correction(self) -> "ImageEditor":
        """Return an editor to correct the picture; it needs no arrays."""
        duplicate = copy.copy(self)
        duplicate.value, duplicate.interactive, duplicate.elem_id, duplicate.info, duplicate.type = (
            None,
            True,
            None,
            None,
            "pil",
        )
        return duplicate

    def check_as_input(self) -> None:
        """Raise `ConfigurationError` if NumPy is missing for arrays."""
        name = type(self).__name__
        if self.type == "numpy" and importlib.util.find_spec("numpy") is None:
            raise ConfigurationError(
                f"{name}(type='numpy') hands NumPy arrays to the function, but NumPy is not installed. "
                f"Run: pip install 'minidemo[numpy]', or use {name}(type='pil')."
            )

    def preprocess(self, value: Held) -> Any:
        """Decode the pictures, and compose a missing composite."""
        if value is None:
            return None
        drawing = _layers.parse_drawing(value, self.title)
        self._check_count(drawing)
        images = _layers.decode(drawing, self.title)
        composite = images.get(drawing.composite)  # type: ignore[arg-type]  # None is not among them
        if composite is None:
            composite = _layers.compose([images[media] for media in drawing.files])
        background = images.get(drawing.background)  # type: ignore[arg-type]
        layers = {layer: self._argument("layer", images[layer], layer) for layer in drawing.layers}
        return {
            "background": self._argument("background", background, drawing.background),
            "layers": [layers[layer] for layer in drawing.layers],
            "composite": self._argument("composite", composite, drawing.composite or next(iter(images), None)),
        }

    def postprocess(self, value: Any) -> Held:
        """Show a picture, or a dict of them; compose a missing composite."""
        if value is None:
            return None
        drawn = self._check_drawing(value) if isinstance(value, Mapping) else {"background": value, "layers": []}
        background, layers, composite = drawn.get("background"), drawn["layers"], drawn.get("composite")
        images = [_layers.picture_in_memory(item, self.title) for item in (background, *layers, composite)]
        _layers.check_sizes(images, self.title)
        first, *rest = (self._display_picture(item) for item in (background, *layers))
        drawing = Drawing(
            background=first, layers=[layer for layer in rest if layer], composite=self._display_picture(composite)
        )
        return drawing.to_held() if composite is not None else self._with_composite(drawing, images[:-1])

    def flag(self, value: Held) -> Cell:
        """Store background, layers and composite losslessly.

        If one is missing, `parts.json` has their places.
        """
        return None if value is None else _layers.to_cell(_layers.parse_drawing(value, self.title), self._flag_media)

    def teaser(self, value: Held) -> str | Media:
        """Return the composite, or else the first picture that there is."""
        return super().teaser(value and (value.get("composite") or value))

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the stored pictures."""
        return _layers.from_cell(cell)

    def _argument(self, part: str, image: PIL.Image.Image | None, source: Media | None) -> Any:
        if image is None or source is None:
            return None
        picture = _layers.convert(image, self.image_mode)
        if self.type == "pil":
            return picture.copy()
        if self.type == "filepath":
            return _layers.as_path(picture, source, part)
        import numpy  # noqa: PLC0415  # an extra, imported only where it is used

        return numpy.array(picture)

    def _flag_media(self, media: Media) -> Media:
        if not media.uploaded:
            return media.lossless or media
        mode = None if self.image_mode == "HSV" else self.image_mode  # no file has HSV, but a picture to convert
        return _pictures.lossless(_layers.convert(_pictures.decode(media, None, self.title), mode))

    def _display_picture(self, value: Any) -> Media | None:
        media: Media | None = Image(label=self.title, format=self.format).postprocess(value)  # type: ignore[arg-type]
        return media

    def _with_composite(self, drawing: Drawing, images: Sequence[PIL.Image.Image | None]) -> Held:
        """Add the composite if all pictures are in memory.

        The page composes files itself.
        """
        pictures = [image for image in images if image]
        if not drawing.layers:
            whole = drawing.background
        else:
            whole = self._display_picture(_layers.compose(pictures)) if len(pictures) == len(drawing.files) else None
        return Drawing(background=drawing.background, layers=drawing.layers, composite=whole).to_held()

    def _check_drawing(self, value: Mapping[str, Any]) -> dict[str, Any]:
        for key in value.keys() - {*KEYS, "id"}:
            raise OutputError(f"{self.title} got a dict with the key {key!r:.60}. {did_you_mean(str(key), KEYS)}")
        layers = value.get("layers")
        if not isinstance(layers, list | tuple | None) or any(layer is None for layer in layers or ()):
            raise OutputError(f"{self.title} shows a list of pictures as its layers, but got {layers!r:.60}.")
        return {**value, "layers": list(layers or ())}

    def _check_count(self, drawing: Drawing) -> None:
        max_count = self.layers.max_count
        if max_count is not None and len(drawing.layers) > max_count:
            raise InputError(f"{self.title} must have at most {max_count} layers; it has {len(drawing.layers)}.")

    def _check_choice(self, argument: str, value: str, choices: Sequence[str]) -> str:
        if value not in choices:
            name = type(self).__name__
            raise ConfigurationError(f"{name} got {argument}={value!r}. {did_you_mean(str(value), choices)}")
        return value

    def _tool(self, argument: str, tool: object, default: Any) -> Any:
        """Return the options of a tool, or None for no tool."""
        if tool is None or tool is True:
            return default
        if tool is False:
            return None
        if not isinstance(tool, type(default)):
            kind, name = type(default).__name__, type(self).__name__
            raise ConfigurationError(f"{name} got {argument}={tool!r:.60}; expected {kind}(…), or False for none.")
        return tool

    def _layer_options(self, layers: object) -> LayerOptions:
        if isinstance(layers, LayerOptions):
            return layers
        if not isinstance(layers, bool):
            name = type(self).__name__
            raise ConfigurationError(f"{name} got layers={layers!r:.60}; expected LayerOptions(…), True or False.")
        return LayerOptions(disabled=not layers)

    def _size(self, size: Any) -> tuple[int, int]:
        sides = list(size) if isinstance(size, tuple | list) else []
        if len(sides) != 2 or not all(isinstance(side, int) and 0 < side <= MAX_SIDE for side in sides):
            name = type(self).__name__
            raise ConfigurationError(
                f"{name} got canvas_size={size!r:.60}; expected (width, height), each of 1 to {MAX_SIDE} pixels."
            )
        return sides[0], sides[1]


def _as_list(names: Sequence[str] | str | None) -> Sequence[str]:
    return [names] if isinstance(names, str) else names or ()
