"""Decoding and encoding pictures, with a bound on what is decoded."""

import io
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import PIL.Image
from PIL import ExifTags, ImageOps, UnidentifiedImageError

from minidemo.errors import InputError, OutputError
from minidemo.media import Media

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
MAX_PIXELS = 89_478_485
"""Pillow's own bound for a picture that is not an attack: about 89 megapixels."""

MIMES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif", "bmp": "image/bmp"}
_PREVIEW_SIDE = 2048
_AT_ONCE = 1_000_000
"""Up to this many pixels the lossless picture is made in no time and is its own preview."""
_PNG_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
_PLAIN = {"LAB": "RGB", "La": "LA", "RGBa": "RGBA"}
_DEEP = ("I", "F")
"""The modes that an author asks for to get the values of a 16-bit picture as they are."""


def decode(media: Media, mode: str | None, title: str) -> PIL.Image.Image:
    """Return the upright picture in a Pillow mode (None keeps its own)."""
    try:
        with PIL.Image.open(media.path or io.BytesIO(media.read()), formats=FORMATS) as image:
            _check_size(image.size, title)
            image.load()
            upright = _upright(image)
    except InputError:
        raise
    except (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning):
        raise InputError(f"{title} has too many pixels; the limit is {MAX_PIXELS // 1_000_000} megapixels.") from None
    except UnidentifiedImageError:
        raise InputError(f"{title} must be a picture: PNG, JPEG, WebP, GIF, BMP or TIFF.") from None
    except Exception:  # Pillow raises whatever it stumbles over
        raise InputError(f"{title} is a damaged picture and cannot be read.") from None
    return _converted(upright, mode) if mode and upright.mode != mode else upright


def hold(image: PIL.Image.Image, fmt: str) -> Media:
    """Return a file of the picture, encoded when somebody asks for it; the picture itself is kept until then."""
    kept = _bare(image)
    weight = kept.width * kept.height * len(kept.getbands())
    png = Media("image.png", encode=partial(_encode, kept, "png"), weight=weight)
    preview = _preview(kept) if kept.width * kept.height > _AT_ONCE else None
    if fmt == "png":
        png.preview = preview
        return png
    encode = partial(_encode, kept, fmt)
    return Media(f"image.{fmt}", mime=MIMES[fmt], encode=encode, weight=weight, preview=preview, lossless=png)


def of_array(array: Any, title: str) -> PIL.Image.Image:
    """Return the picture of a NumPy array: H x W, or H x W x 1, 3 or 4; uint8, bool, or float in 0..1 or 0..255."""
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim != 2 and (array.ndim != 3 or array.shape[2] not in (3, 4)):
        raise OutputError(f"{title} shows arrays of H x W, H x W x 3 or H x W x 4, but got shape {array.shape}.")
    if 0 in array.shape:
        raise OutputError(f"{title} got an empty array of shape {array.shape}.")
    if array.dtype.kind == "f":
        known = array.copy()
        known[known != known] = 0  # NaN is black
        scale = 255.0 if known.max() <= 1 else 1.0
        array = (known * scale).round().clip(0, 255)
    elif array.dtype.kind == "b":
        array = array * 255
    elif array.dtype.kind in "iu":
        array = array.clip(0, 255 if array.dtype.itemsize > 1 else None)
    else:
        raise OutputError(f"{title} shows arrays of numbers, but got dtype {array.dtype}.")
    return PIL.Image.fromarray(array.astype("uint8"))


def sample() -> Media:
    """Return a small picture, as an example."""
    media = Media.of_bytes(_encode(PIL.Image.linear_gradient("L").resize((64, 64)), "png"), "example.png")
    media.uploaded = True
    return media


def _check_size(size: tuple[int, int], title: str) -> None:
    width, height = size
    if width * height > MAX_PIXELS:
        raise InputError(
            f"{title} has {width * height // 1_000_000:,} megapixels ({width:,} x {height:,}); "
            f"the limit is {MAX_PIXELS // 1_000_000}."
        )


def _preview(image: PIL.Image.Image) -> Media:
    fmt = "webp" if image.has_transparency_data else "jpeg"
    encode: Callable[[], bytes] = partial(_encode_preview, image, fmt)
    return Media(f"preview.{fmt}", mime=MIMES[fmt], encode=encode)


def _encode_preview(image: PIL.Image.Image, fmt: str) -> bytes:
    small = _fit(image, ("L", "RGB", "RGBA"))
    small = ImageOps.contain(small, (_PREVIEW_SIDE, _PREVIEW_SIDE)) if max(small.size) > _PREVIEW_SIDE else small
    return _encode(small, fmt)


def _encode(image: PIL.Image.Image, fmt: str) -> bytes:
    file = io.BytesIO()
    if fmt == "png":
        _fit(image, _PNG_MODES).save(file, "PNG", compress_level=1)
    elif fmt == "jpeg":
        _fit(image, ("L", "RGB")).save(file, "JPEG", quality=90)
    else:
        _fit(image, ("RGB", "RGBA")).save(file, "WEBP", quality=90, method=1)
    return file.getvalue()


def _bare(image: PIL.Image.Image) -> PIL.Image.Image:
    """Return a copy without any of the metadata that the picture carries, and greys of 16 bits as PNG has them."""
    if image.mode.startswith("I"):
        bare = image.convert("I").convert("I;16")
    else:
        bare = image.convert(_PLAIN.get(image.mode, image.mode))
    bare.info = {key: value for key, value in image.info.items() if key == "transparency"}
    return bare


def _fit(image: PIL.Image.Image, modes: Sequence[str]) -> PIL.Image.Image:
    """Return the picture in one of the modes that a format can say."""
    if image.mode in modes:
        return image
    return _converted(image, "RGBA" if "RGBA" in modes and image.has_transparency_data else "RGB")


def _upright(image: PIL.Image.Image) -> PIL.Image.Image:
    """Turn the picture as its EXIF data says, as far as that can be read."""
    with suppress(Exception):
        return ImageOps.exif_transpose(image)
    with suppress(Exception):
        exif = PIL.Image.Exif()
        exif[ExifTags.Base.Orientation] = image.getexif()[ExifTags.Base.Orientation]
        image.info["exif"] = exif.tobytes()  # without the entry that cannot be written again
        return ImageOps.exif_transpose(image)
    return image.copy()


def _converted(image: PIL.Image.Image, mode: str) -> PIL.Image.Image:
    """Convert as Pillow does, but for greys of 16 bits: their upper 8 bits count, or all bright ones would be white."""
    if image.mode.startswith("I;16") and mode not in _DEEP:
        image = image.convert("I").convert("I;16").point(lambda grey: grey / 256).convert("L")
    if image.mode == "LAB":
        image = image.convert("RGB")
    return image.convert(mode)
