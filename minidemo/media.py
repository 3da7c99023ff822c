"""Media: a small sample file of each kind, by Gradio's names."""

import warnings
from pathlib import Path

from minidemo import components
from minidemo.components._addresses import is_address
from minidemo.components.base import Component
from minidemo.content import temporary
from minidemo.content.media import Media

MEDIA_ROOT = temporary.new_folder()
"""The folder of the samples; functions may return them anyway."""
MEDIA_PATHS = [MEDIA_ROOT / kind for kind in ("images", "videos", "audio", "models3d", "data")]
"""The folder of each kind of samples."""


def get_image(filename: str | None = None) -> str:
    """Return the path of a small picture; any name is accepted."""
    return _sample("images", components.Image(), filename)


def get_audio(filename: str | None = None) -> str:
    """Return the path of a short sound; any name is accepted."""
    return _sample("audio", components.Audio(), filename)


def get_video(filename: str | None = None) -> str:
    """Return the path of a short video, MP4 if the name says so; any name is accepted."""
    fmt = "mp4" if Path(filename or "").suffix == ".mp4" else None
    return _sample("videos", components.Video(format=fmt), filename)


def get_model3d(filename: str | None = None) -> str:
    """Return the path of a small 3D model; any name is accepted."""
    return _sample("models3d", components.Model3D(), filename)


def get_file(filename: str | None = None) -> str:
    """Return the path of a small file of the name's type."""
    suffix = Path(filename or "").suffix
    return _sample("data", components.File(file_types=[suffix] if suffix else None), filename)


def _sample(kind: str, component: Component, filename: str | None) -> str:
    """Write the example of a component to a file, unless it is there."""
    if filename is not None and is_address(filename):
        return filename
    media: Media = component.example()
    if filename is not None:
        warnings.warn(f"minidemo has no file {filename!r:.60}. A sample takes its place: {media.name}.", stacklevel=3)
    path = MEDIA_ROOT / kind / media.name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = temporary.new_file(folder=path.parent)
        draft.write_bytes(media.read())
        draft.replace(path)  # at once, for functions in other threads
    return str(path)
