"""Encoding pictures with every pixel and colour, without other metadata."""

import io
from collections.abc import Sequence

import PIL.Image

MIMES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif", "bmp": "image/bmp"}
_PNG_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
_PLAIN_MODES = {"LAB": "RGB", "La": "LA", "RGBa": "RGBA"}
_DEEP_MODES = ("I", "F")
"""Modes that keep the values of a 16-bit picture."""
_PROFILE_SPACES = {"L": b"GRAY", "LA": b"GRAY", "I;16": b"GRAY", "P": b"RGB ", "RGB": b"RGB ", "RGBA": b"RGB "}
"""Colour space of each mode, as ICC profiles name it."""


def encode(image: PIL.Image.Image, fmt: str) -> bytes:
    """Return the file of a picture, with its colour profile.

    PNG keeps every pixel.
    """
    file = io.BytesIO()
    if fmt == "png":
        image = to_supported_mode(image, _PNG_MODES)
        image.save(file, "PNG", compress_level=1, icc_profile=_profile(image))
    elif fmt == "jpeg":
        image = to_supported_mode(image, ("L", "RGB"))
        image.save(file, "JPEG", quality=90, icc_profile=_profile(image))
    else:
        image = to_supported_mode(image, ("RGB", "RGBA"))
        image.save(file, "WEBP", quality=90, method=1, icc_profile=_profile(image) or b"")
    return file.getvalue()


def without_metadata(image: PIL.Image.Image, *, own: bool = False) -> PIL.Image.Image:
    """Return a copy without metadata, with 16-bit greys as in PNG.

    Our `own` picture is not copied.
    """
    if image.mode.startswith("I"):
        copy = image.convert("I").convert("I;16")
    elif own and image.mode not in _PLAIN_MODES:
        copy = image
    else:
        copy = image.convert(_PLAIN_MODES.get(image.mode, image.mode))
    info = {"transparency": image.info.get("transparency"), "icc_profile": _profile(copy)}
    copy.info = {key: value for key, value in info.items() if value is not None}
    return copy


def to_supported_mode(image: PIL.Image.Image, modes: Sequence[str]) -> PIL.Image.Image:
    """Return the picture in a mode that the format supports."""
    if image.mode in modes:
        return image
    return convert_mode(image, "RGBA" if "RGBA" in modes and image.has_transparency_data else "RGB")


def convert_mode(image: PIL.Image.Image, mode: str) -> PIL.Image.Image:
    """Convert like Pillow, but scale 16-bit greys to 8 bits.

    Pillow would turn all bright greys white.
    """
    if image.mode.startswith("I;16") and mode not in _DEEP_MODES:
        image = image.convert("I").convert("I;16").point(lambda grey: grey / 256).convert("L")
    if image.mode == "LAB":
        image = image.convert("RGB")
    return image.convert(mode)


def _profile(image: PIL.Image.Image) -> bytes | None:
    """Return the ICC profile if it is valid for the picture's mode."""
    profile: object = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or profile[36:40] != b"acsp" or int.from_bytes(profile[:4]) != len(profile):
        return None
    return profile if profile[16:20] == _PROFILE_SPACES.get(image.mode) else None
