"""Model3D: a model in three dimensions."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Unpack

from minidemo.components import _addresses, _models
from minidemo.components._schema import FILE, Schema
from minidemo.components.base import Cell, Component, ComponentOptions, Held
from minidemo.content.media import Media
from minidemo.errors import ConfigurationError, InputError, OutputError, did_you_mean

MODES = ("solid", "wireframe", "point_cloud")


class Model3D(Component):
    """A 3D model in a file: .glb, .gltf, .obj, .stl, .ply or .splat.

    The function gets a path, and returns one, or an address. The page shows textures, materials and the first
    animation, and reads meshes compressed by Draco. A .gltf file must contain all its parts: nothing is loaded from
    elsewhere.

    Args:
        value: The initial model: a path or an address.
        display_mode: "solid" (the default), "wireframe" or "point_cloud".
        clear_color: Background as (red, green, blue, alpha), each in 0..1. By default that of the page.
        camera_position: (alpha, beta, radius), angles in degrees. Each may be None (the default) to fit the model.
        zoom_speed: Factor for the speed of zooming. By default 1.
        pan_speed: Factor for the speed of panning. By default 1.
        height: Height on the page, in pixels. By default 320.
    """

    widget: ClassVar = "model3d"
    takes_files: ClassVar = True
    visitor_writes = False

    def __init__(
        self,
        value: object = None,
        *,
        display_mode: Literal["solid", "wireframe", "point_cloud"] | None = None,
        clear_color: Sequence[float] | None = None,
        camera_position: Sequence[float | None] = (None, None, None),
        zoom_speed: float = 1,
        pan_speed: float = 1,
        height: int | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        super().__init__(value, **options)
        if display_mode is not None and display_mode not in MODES:
            raise ConfigurationError(f"Model3D got display_mode={display_mode!r}. {did_you_mean(display_mode, MODES)}")
        self.display_mode = display_mode or "solid"
        self.clear_color = None if clear_color is None else _numbers("clear_color", clear_color, 4)
        self.camera_position = _numbers("camera_position", camera_position, 3, empty=True)
        self.zoom_speed = zoom_speed
        self.pan_speed = pan_speed
        self.height = height

    def schema(self) -> Schema:
        """Return that of a file."""
        return FILE

    def example(self) -> Held:
        """Return a pyramid."""
        media = Media.of_bytes(_models.PYRAMID, "pyramid.obj", mime=_models.MIMES[".obj"])
        media.uploaded = True
        return media

    def preprocess(self, value: Held) -> Any:
        """Check that the file is what its name says, and hand on its path."""
        if value is None:
            return None
        if not isinstance(value, Media):
            raise InputError(f"{self.title} must be a 3D model that was uploaded.")
        self._check(value)
        return str(value.give_away())

    def postprocess(self, value: Any) -> Held:
        """Show a file; it is handed on as it lies."""
        if value is None or isinstance(value, Media):
            return value
        if not isinstance(value, str | os.PathLike):
            raise OutputError(
                f"{self.title} shows the path of a 3D model, but got {type(value).__name__} {value!r:.60}."
            )
        is_address = _addresses.is_address(value)
        if "://" in str(value) and not is_address:
            raise OutputError(f"{self.title} shows files, but got {value!r:.60}. Download it first.")
        media = _addresses.media_at(str(value), self._check) if is_address else Media.of_path(Path(value))
        if (mime := _models.MIMES.get(media.suffix)) is None:
            raise OutputError(f"{self.title} {_models.KINDS}, but got {value!r:.60}.")
        media.mime = mime
        return media

    def flag(self, value: Held) -> Cell:
        """Store the file as it is."""
        kept: Media | None = value
        return kept

    def read_from_flag(self, cell: Cell) -> Held:
        """Return the stored file."""
        return cell if isinstance(cell, Media) else None

    def _check(self, media: Media) -> None:
        """Raise `InputError` if the content of a file is not what its name says."""
        if (fault := _models.fault(media)) is not None:
            raise InputError(f"{self.title} {fault}.")


def _numbers(argument: str, values: object, count: int, *, empty: bool = False) -> tuple[float | None, ...]:
    """Return so many numbers, or raise `ConfigurationError`; with `empty` any of them may be None."""
    if (
        isinstance(values, Sequence)
        and len(values) == count
        and all((empty and value is None) or isinstance(value, int | float) for value in values)
    ):
        return tuple(values)
    raise ConfigurationError(f"Model3D got {argument}={values!r:.60}. Give {count} numbers, as a tuple.")
