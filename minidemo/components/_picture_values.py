"""Pictures as arguments and results: arrays, Pillow images and paths."""

import importlib.util
from functools import partial
from pathlib import Path
from typing import Any

import PIL.Image

from minidemo.components import _addresses, _encoding, _pictures
from minidemo.content.media import OCTETS, Media
from minidemo.errors import ConfigurationError, OutputError


def require_numpy(component: str) -> None:
    """Raise `ConfigurationError` unless NumPy is there."""
    if importlib.util.find_spec("numpy") is None:
        raise ConfigurationError(
            f"{component}(type='numpy') hands NumPy arrays to the function, but NumPy is not installed. "
            f"Run: pip install 'minidemo[numpy]', or use {component}(type='pil')."
        )


def as_array(image: PIL.Image.Image) -> Any:
    """Return a copy of the picture as a NumPy array."""
    return _numpy().array(image)


def as_path(media: Media, picture: _pictures.Picture) -> str:
    """Write the picture to a file that is deleted with the call.

    The uploaded file is copied unchanged if it shows the same picture.
    """
    file = media.lossless or media if picture.suffix else _pictures.lossless(picture.image)
    name = f"{Path(media.name).stem}{picture.suffix or file.suffix}"
    kind = "" if picture.suffix else picture.image.mode
    return str(media.derive(name, lambda path: path.write_bytes(file.read()), kind=kind, size=file.nbytes or 0))


def to_media(value: object, fmt: str, title: str) -> Media | None:
    """Return the file of a function's picture, None for other values.

    A file is returned unchanged.
    """
    if isinstance(value, Media):
        return value
    if isinstance(value, PIL.Image.Image):
        is_animation = fmt == "gif" and getattr(value, "is_animated", False)
        return _animation(value) if is_animation else _pictures.to_media(value, fmt)
    if isinstance(value, str | Path):
        return _of_path(value, title)
    if hasattr(value, "__array_interface__") or hasattr(value, "__array__"):
        return _pictures.to_media(_pictures.of_array(_numpy().asarray(value), title), fmt, own=True)
    return None


def flagged_media(media: Media, mode: str | None, title: str, *, as_file: bool) -> Media:
    """Return the file to store in a flag.

    It is lossless; a file that the function returned is stored unchanged, and so is a file of several pictures that
    the function got `as_file`.
    """
    if not media.uploaded:
        return media.lossless or media
    picture = _pictures.read(media, None if mode == "HSV" else mode, title)  # no file has HSV, but a picture to convert
    if as_file and picture.suffix and _pictures.has_frames(media):
        return media.renamed(f"image{picture.suffix}")
    return _pictures.lossless(picture.image)


def _animation(image: PIL.Image.Image) -> Media:
    return Media.of_bytes(_encoding.encode_frames(image), "image.gif", mime=_encoding.MIMES["gif"])


def _of_path(path: str | Path, title: str) -> Media:
    """Return the file at a path or an address, unless its name excludes a picture."""
    if _addresses.is_address(path):
        return _addresses.media_at(str(path), partial(_check_download, title=title))
    if isinstance(path, str) and path.startswith(("http:", "https:", "data:")):
        raise OutputError(f"{title} shows files, but got {path!r:.60}. Decode or download it first.")
    media = Media.of_path(Path(path))
    if media.mime != OCTETS and not media.mime.startswith("image/"):
        raise OutputError(f"{title} shows a picture, but got the path of another kind of file, {media.name!r}.")
    return media


def _check_download(media: Media, title: str) -> None:
    """Raise `InputError` for a file that is no picture; browsers know more types than Pillow."""
    kind, _, name = media.mime.partition("/")
    if kind != "image" or name.upper() in _pictures.FORMATS:
        _pictures.check(media, title)


def _numpy() -> Any:
    import numpy  # noqa: PLC0415  # an extra, imported only where it is used

    return numpy
