"""Samples: a small file of each kind, for demos."""

import warnings
from pathlib import Path

from minidemo import components
from minidemo.components.base import Component
from minidemo.content import temporary
from minidemo.content.media import Media


def get_image(filename: str | None = None) -> str:
    """Return the path of a small picture; any name is accepted."""
    return _sample(components.Image(), filename)


def get_audio(filename: str | None = None) -> str:
    """Return the path of a short sound; any name is accepted."""
    return _sample(components.Audio(), filename)


def get_video(filename: str | None = None) -> str:
    """Return the path of a short video; any name is accepted."""
    return _sample(components.Video(), filename)


def get_model3d(filename: str | None = None) -> str:
    """Return the path of a small 3D model; any name is accepted."""
    return _sample(components.Model3D(), filename)


def get_file(filename: str | None = None) -> str:
    """Return the path of a small file of the name's type."""
    return _sample(components.File(file_types=[Path(filename).suffix] if filename else None), filename)


def _sample(component: Component, filename: str | None) -> str:
    """Write the example of a component to a file."""
    media: Media = component.example()
    if filename is not None:
        warnings.warn(f"minidemo has no file {filename!r:.60}. A sample takes its place: {media.name}.", stacklevel=3)
    path = temporary.new_folder() / media.name
    path.write_bytes(media.read())
    return str(path)
