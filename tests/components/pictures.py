"""Pictures for the tests: made, uploaded and looked at."""

import io
from typing import Any

import PIL.Image

from minidemo.content.media import Media


def gradient(width: int = 4, height: int = 3, mode: str = "RGB") -> PIL.Image.Image:
    """Return a picture in which no two neighbours are alike."""
    image = PIL.Image.new("RGB", (width, height))
    image.putdata([(x * 37 % 256, y * 91 % 256, (x + y) * 53 % 256) for y in range(height) for x in range(width)])
    return image.convert(mode)


def encoded(image: PIL.Image.Image, fmt: str = "PNG", **options: Any) -> bytes:
    """Return the file of a picture."""
    file = io.BytesIO()
    image.save(file, fmt, **options)
    return file.getvalue()


def uploaded(picture: PIL.Image.Image | bytes, name: str = "picture.png") -> Media:
    """Return a picture, or what claims to be one, as an input holds it after a visitor has sent it."""
    data = picture if isinstance(picture, bytes) else encoded(picture)
    media = Media.of_bytes(data, name)
    media.uploaded = True
    return media


PICTURES = {f"image/{kind}" for kind in ("png", "jpeg", "webp", "gif", "bmp")}
"""The types of files that hold a picture which browsers show."""


def opened(file: Any) -> PIL.Image.Image:
    """Return the picture in a file that a component holds or stores."""
    assert isinstance(file, Media)
    return PIL.Image.open(io.BytesIO(file.read()))


def pixels(image: PIL.Image.Image) -> tuple[str, tuple[int, int], bytes]:
    """Return all that two equal pictures have in common."""
    return image.mode, image.size, image.tobytes()
