"""AnnotatedImage: a picture, with regions that have names."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal, Unpack

from minidemo.components import _pictures, _regions, _schema
from minidemo.components._schema import FILE, Schema
from minidemo.components._tools import parse_color
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.components.image import FORMATS, Image
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, InputError, OutputError, did_you_mean

TEXT: Schema = {"type": "string"}


class AnnotatedImage(Component):
    """A picture with named regions, as detectors and segmenters return them.

    The function returns (picture, [(region, name), …]). The picture is an array, a Pillow image or a
    path; a region is a box (x1, y1, x2, y2) in pixels, or a mask, H x W like the picture, of bools, floats in
    0..1 or integers in 0..255. On the wire a mask is a PNG in the colour of its name, and its alpha is the mask.

    Args:
        value: The initial picture and its regions.
        format: Format of the picture on the page: "png" (the default), "jpeg", "webp" or "gif".
        show_legend: Whether the names are listed below the picture. By default True.
        height: Height on the page, in pixels or as CSS.
        width: Width on the page, in pixels or as CSS.
        color_map: Colours by name. Other names get a colour of a palette.
    """

    widget: ClassVar = "annotatedimage"
    takes_files: ClassVar = True
    visitor_writes = False

    def __init__(
        self,
        value: object = None,
        *,
        format: Literal["png", "jpeg", "webp", "gif"] = "png",
        show_legend: bool = True,
        height: int | str | None = None,
        width: int | str | None = None,
        color_map: Mapping[str, str] | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        self.format = {"jpg": "jpeg"}.get(format, format)
        if self.format not in FORMATS:
            raise ConfigurationError(f"AnnotatedImage got format={format!r}. {did_you_mean(str(format), FORMATS)}")
        self.show_legend = show_legend
        self.height = height
        self.width = width
        colors = color_map or {}
        self.color_map = {name: parse_color(color, "AnnotatedImage").color for name, color in colors.items()}

    def check_as_input(self) -> None:
        """Refuse to be an input without a value, which nobody could give."""
        if self.value is None:
            raise ConfigurationError(
                "AnnotatedImage shows regions, which visitors cannot change. Put it into outputs, or give it a value."
            )

    def correction(self) -> None:
        """Return None: regions cannot be edited on the page."""

    def schema(self) -> Schema:
        """Return the JSON schema of a picture and its regions."""
        region = {"type": "object", "properties": {"image": FILE, "label": TEXT, "color": TEXT}}
        return {"type": "object", "properties": {"image": FILE, "annotations": _schema.list_of(region)}}

    def example(self) -> Held:
        """Return a picture with a box on it."""
        return self.postprocess((_pictures.decode(_pictures.sample(), None, self.title), [((8, 8, 40, 40), "cat")]))

    def preprocess(self, value: Held) -> Any:
        """Hand on the picture and the masks as arrays."""
        if value is None:
            return None
        import numpy  # noqa: PLC0415  # an extra, imported only where it is used

        picture, regions = self._parts(value)
        image = _pictures.decode(picture.lossless or picture, None, self.title)
        masks = [(_regions.alpha(mask, image.size, self.title), name) for mask, name in regions]
        return numpy.array(image), [(numpy.asarray(mask) / 255, name) for mask, name in masks]

    def postprocess(self, value: Any) -> Held:
        """Show a picture and the masks of its regions."""
        if value is None:
            return None
        picture, regions = self._pair(value)
        media = Image(label=self.title, format=self.format).postprocess(picture)  # type: ignore[arg-type]  # checked
        if regions and isinstance(picture, str | Path) and media is not None:
            media.finish = lambda copy: self._held(
                copy, picture, regions
            )  # opened after the check that it may be shown
            return media
        return self._held(media, picture, regions)

    def _held(self, media: Media | None, picture: Any, regions: list[tuple[Any, str]]) -> Held:
        """Return the value of a picture and its regions."""
        size = _regions.size_of(media, picture, self.title) if regions else (0, 0)
        colors = _regions.colors([name for _, name in regions], self.color_map)
        masks = [_regions.mask(region, size, f"{self.title}, {name!r}") for region, name in regions]
        pairs = zip(masks, (name for _, name in regions), strict=True)
        annotations = [
            {"image": _regions.to_media(mask, colors[name]), "label": name, "color": colors[name]}
            for mask, name in pairs
        ]
        return {"image": media, "annotations": annotations}

    def flag(self, value: Held) -> Cell:
        """Store the picture, the masks, and `labels.json` with names and colours."""
        if value is None:
            return None
        picture, regions = self._parts(value)
        colors = [region.get("color") for region in value["annotations"]]
        names = json.dumps([{"label": name, "color": color} for (_, name), color in zip(regions, colors, strict=True)])
        files = [picture, *(mask for mask, _ in regions)]
        return [*(media.lossless or media for media in files), Media.of_bytes(names.encode(), "labels.json")]

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the picture with its regions."""
        if not isinstance(cell, list) or not cell:
            return None
        picture, *masks, names = cell
        pairs = zip(masks, json.loads(names.read()), strict=True)
        return {"image": picture, "annotations": [{"image": mask, **name} for mask, name in pairs]}

    def _parts(self, value: Held) -> tuple[Media, list[tuple[Media, str]]]:
        """Return the files of a value on the wire, or raise `InputError`."""
        try:
            picture = value["image"]
            regions = [(region["image"], region["label"]) for region in value.get("annotations") or []]
        except (AttributeError, KeyError, TypeError):
            picture, regions = None, []
        files = [picture, *(mask for mask, _ in regions)]
        if not all(isinstance(file, Media) for file in files) or not all(isinstance(name, str) for _, name in regions):
            raise InputError(f"{self.title} must be an object with an image and its annotations.")
        return picture, regions

    def _pair(self, value: Any) -> tuple[Any, list[tuple[Any, str]]]:
        """Return a picture, and regions with their names."""
        try:
            picture, regions = value
            return picture, [(region, str(name)) for region, name in regions or ()]
        except (TypeError, ValueError):
            raise OutputError(
                f"{self.title} shows (picture, [(region, name), …]), but got {type(value).__name__} {value!r:.60}."
            ) from None
