"""Encoding pictures with every pixel and colour, without other metadata."""

import io
from collections.abc import Sequence

import PIL.Image

MIMES = {name: f"image/{name}" for name in ("png", "jpeg", "webp", "gif", "bmp", "tiff")}
_PNG_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
_PLAIN_MODES = {"LAB": "RGB", "La": "LA", "RGBa": "RGBA"}
_DEEP_MODES = ("I", "F")
"""Modes that keep the values of a 16-bit picture."""
_TIFF_MODES = ("CMYK", "F", "LAB", "PA", "YCbCr")
"""Modes that TIFF keeps, but not PNG."""
_OPAQUE_MODES = ("1", "L", "RGB", "CMYK", "YCbCr", "LAB", "HSV", "I", "F")
_PROFILE_SPACES = {
    **dict.fromkeys(("L", "LA", "I;16"), b"GRAY"),
    **dict.fromkeys(("P", "RGB", "RGBA"), b"RGB "),
    "CMYK": b"CMYK",
}
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
    elif fmt == "gif":
        convert_mode(image, "RGBA" if image.has_transparency_data else "RGB").save(file, "GIF")
    elif fmt == "tiff":
        image.save(file, "TIFF", icc_profile=_profile(image))
    else:
        image = to_supported_mode(image, ("RGB", "RGBA"))
        image.save(file, "WEBP", quality=90, method=1, icc_profile=_profile(image) or b"")
    return file.getvalue()


def encode_frames(animation: PIL.Image.Image) -> bytes:
    """Return a GIF of all frames."""
    file, frame = io.BytesIO(), animation.tell()
    animation.save(file, "GIF", save_all=True, comment=b"")
    animation.seek(frame)
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


def needs_tiff(image: PIL.Image.Image) -> bool:
    """Return whether a PNG would lose values that a TIFF keeps."""
    if image.mode != "I":
        return image.mode in _TIFF_MODES
    low, high = image.getextrema()
    return bool(low < 0 or high > 65535)  # type: ignore[operator]  # one band has one pair


def exact_copy(image: PIL.Image.Image) -> PIL.Image.Image:
    """Return a copy in the same mode without metadata."""
    copy = image.copy()
    profile = _profile(image)
    copy.info = {} if profile is None else {"icc_profile": profile}
    return copy


def is_in_mode(image: PIL.Image.Image, mode: str) -> bool:
    """Return whether a picture has a mode, and no transparency beside it."""
    return image.mode == mode and not (mode in _OPAQUE_MODES and "transparency" in image.info)


def to_supported_mode(image: PIL.Image.Image, modes: Sequence[str]) -> PIL.Image.Image:
    """Return the picture in a mode that the format supports."""
    if image.mode in modes:
        return image
    return convert_mode(image, "RGBA" if "RGBA" in modes and image.has_transparency_data else "RGB")


def convert_mode(image: PIL.Image.Image, mode: str) -> PIL.Image.Image:
    """Convert like Pillow, but scale 16-bit greys to 8 bits.

    Pillow would turn all bright greys white, and carry a transparent colour into modes without transparency.
    """
    if mode in _OPAQUE_MODES and "transparency" in image.info:
        image = image.copy()
        del image.info["transparency"]
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
