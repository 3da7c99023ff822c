"""Pictures in layers: checked, put together, stored and read back."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import PIL.Image

from minidemo.components import _encoding, _pictures
from minidemo.components.base import Cell, Held
from minidemo.content.media import Media
from minidemo.errors import InputError, OutputError

KEYS = frozenset({"background", "layers", "composite", "id"})
MAX_LAYERS = 64
WITH_ALPHA = ("RGBA", "LA", "RGBa", "La")


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """The files of a drawing."""

    background: Media | None
    layers: list[Media]
    composite: Media | None

    @property
    def files(self) -> list[Media]:
        """The pictures that exist, in order."""
        return [media for media in (self.background, *self.layers, self.composite) if media]

    def to_held(self) -> Held:
        """Return the value on the wire; None for a drawing without pictures."""
        if not self.files:
            return None
        return {"background": self.background, "layers": self.layers, "composite": self.composite, "id": None}


def parse_drawing(value: Held, title: str) -> Drawing:
    """Return the files that a visitor sent, or raise `InputError`."""
    if not isinstance(value, dict) or value.keys() - KEYS:
        raise InputError(f"{title} must be an object with a background, layers and a composite.")
    background, layers, composite = value.get("background"), value.get("layers") or [], value.get("composite")
    if not isinstance(layers, list) or len(layers) > MAX_LAYERS:
        raise InputError(f"{title} must have a list of at most {MAX_LAYERS} images as its layers.")
    if not all(isinstance(layer, Media) for layer in layers):
        raise InputError(f"{title} must have a picture that was uploaded for each of its layers.")
    if not all(part is None or isinstance(part, Media) for part in (background, composite)):
        raise InputError(f"{title} must have pictures that were uploaded as its background and composite.")
    return Drawing(background=background, layers=layers, composite=composite)


def decode(drawing: Drawing, title: str) -> dict[Media, PIL.Image.Image]:
    """Return the pictures, each decoded once.

    Raises `InputError` if they have too many pixels together, or different sizes.
    """
    images: dict[Media, PIL.Image.Image] = {}
    budget = _pictures.PixelBudget(title)
    for media in drawing.files:
        if media not in images:
            images[media] = _pictures.read(media.lossless or media, None, title, budget=budget).image
        elif media is not drawing.composite:  # it is composed again
            budget.take(images[media].width * images[media].height)
    sizes = {f"{image.width} x {image.height}": None for image in images.values()}
    if len(sizes) > 1:
        raise InputError(f"{title} must have pictures of one size, but they are {' and '.join(sizes)}.")
    return images


def compose(images: Sequence[PIL.Image.Image]) -> PIL.Image.Image | None:
    """Return the composition of pictures, the first at the bottom."""
    if not images:
        return None
    whole = PIL.Image.new("RGBA", images[0].size)
    for image in images:
        whole.alpha_composite(_encoding.convert_mode(image, "RGBA"))
    return whole


def convert(image: PIL.Image.Image, mode: str | None) -> PIL.Image.Image:
    """Return the picture in a mode.

    In a mode without alpha, transparent pixels become white, as on the page.
    """
    if mode is None or _encoding.is_in_mode(image, mode):
        return image
    if mode not in WITH_ALPHA and image.has_transparency_data:
        paper = PIL.Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image.convert("RGBA"))
        image = paper.convert("RGB")
    return _encoding.convert_mode(image, mode)


def as_path(image: PIL.Image.Image, source: Media, kind: str) -> str:
    """Write a picture to a file that is deleted with the call.

    `kind` distinguishes pictures made from one file.
    """
    file = _pictures.lossless(image)
    name = f"picture{file.suffix}"
    return str(source.derive(name, lambda path: path.write_bytes(file.read()), kind=f"{kind} {image.mode}"))


def to_cell(drawing: Drawing, keep: Callable[[Media], Media]) -> Cell:
    """Return the files of a flag: background, layers, composite.

    If one is missing or used twice, a table of their places is added.
    """
    if not drawing.files:
        return None
    files = list(dict.fromkeys(drawing.files))
    stored_files = [keep(media) for media in files]
    if drawing.background and drawing.composite and len(files) == len(drawing.layers) + 2:
        return stored_files
    place = {media: i for i, media in enumerate(files)}
    table = {
        "background": place.get(drawing.background),  # type: ignore[arg-type]  # None is nowhere
        "layers": [place[layer] for layer in drawing.layers],
        "composite": place.get(drawing.composite),  # type: ignore[arg-type]
    }
    return [*stored_files, Media.of_bytes(json.dumps(table).encode(), "parts.json")]


def from_cell(cell: Cell) -> Held:
    """Return the drawing of which `to_cell` made the files."""
    files = [cell] if isinstance(cell, Media) else cell
    if not isinstance(files, list) or not files:
        return None
    if files[-1].suffix != ".json":
        return Drawing(background=files[0], layers=files[1:-1], composite=files[-1]).to_held()
    table = json.loads(files[-1].read())

    def at(place: int | None) -> Media | None:
        return None if place is None else files[place]

    layers = [files[place] for place in table["layers"]]
    return Drawing(background=at(table["background"]), layers=layers, composite=at(table["composite"])).to_held()


def picture_in_memory(value: Any, title: str) -> PIL.Image.Image | None:
    """Return a function's picture; files are not opened."""
    if isinstance(value, PIL.Image.Image):
        return value
    if hasattr(value, "__array_interface__") or hasattr(value, "__array__"):
        import numpy  # noqa: PLC0415  # an extra, imported only where it is used

        return _pictures.of_array(numpy.asarray(value), title)
    return None


def check_sizes(images: Sequence[PIL.Image.Image | None], title: str) -> None:
    """Raise `OutputError` unless a function's pictures have one size."""
    sizes = {f"{image.width} x {image.height}": None for image in images if image}
    if len(sizes) > 1:
        raise OutputError(f"{title} shows pictures of one size, but got {' and '.join(sizes)}.")
