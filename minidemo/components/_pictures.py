"""Decoding and encoding pictures, with a bound on what is decoded."""

import io
from collections.abc import Callable
from functools import partial
from typing import Any

import PIL.Image
from PIL import ImageOps, UnidentifiedImageError

from minidemo.errors import InputError, OutputError
from minidemo.media import Media

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
MAX_PIXELS = 89_478_485
"""Pillow's own bound for a picture that is not an attack: about 89 megapixels."""

MIMES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif", "bmp": "image/bmp"}
_PREVIEW_SIDE = 2048
_AT_ONCE = 1_000_000
"""Up to this many pixels the lossless picture is made in no time and is its own preview."""
_PNG_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I", "I;16")


def decode(media: Media, mode: str | None, title: str) -> PIL.Image.Image:
    """Return the upright picture in a Pillow mode (None keeps its own)."""
    try:
        with PIL.Image.open(media.path or io.BytesIO(media.read()), formats=FORMATS) as image:
            _check_size(image.size, title)
            image.load()
            upright = ImageOps.exif_transpose(image)
    except PIL.Image.DecompressionBombError:
        raise InputError(f"{title} has too many pixels; the limit is {MAX_PIXELS // 1_000_000} megapixels.") from None
    except UnidentifiedImageError:
        raise InputError(f"{title} must be a picture: PNG, JPEG, WebP, GIF, BMP or TIFF.") from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise InputError(f"{title} is a damaged picture and cannot be read.") from None
    return upright.convert(mode) if mode and upright.mode != mode else upright


def hold(image: PIL.Image.Image, fmt: str) -> Media:
    """Return a file of the picture, encoded when somebody asks for it; the picture itself is kept until then."""
    kept = image.copy()
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
        scale = 255.0 if array.max() <= 1 else 1.0
        array = (array * scale).round().clip(0, 255)
    elif array.dtype.kind == "b":
        array = array * 255
    elif array.dtype.kind in "iu":
        array = array.clip(0, 255)
    else:
        raise OutputError(f"{title} shows arrays of numbers, but got dtype {array.dtype}.")
    return PIL.Image.fromarray(array.astype("uint8"))


def _check_size(size: tuple[int, int], title: str) -> None:
    width, height = size
    if width * height > MAX_PIXELS:
        raise InputError(
            f"{title} has {width * height // 1_000_000:,} megapixels ({width:,} x {height:,}); "
            f"the limit is {MAX_PIXELS // 1_000_000}."
        )


def _preview(image: PIL.Image.Image) -> Media:
    alpha = "A" in image.mode or image.mode == "P"
    fmt = "webp" if alpha else "jpeg"
    encode: Callable[[], bytes] = partial(_encode_preview, image, fmt)
    return Media(f"preview.{fmt}", mime=MIMES[fmt], encode=encode)


def _encode_preview(image: PIL.Image.Image, fmt: str) -> bytes:
    small = image if image.mode in ("RGB", "L") else image.convert("RGBA" if fmt == "webp" else "RGB")
    small = ImageOps.contain(small, (_PREVIEW_SIDE, _PREVIEW_SIDE)) if max(small.size) > _PREVIEW_SIDE else small
    return _encode(small, fmt)


def _encode(image: PIL.Image.Image, fmt: str) -> bytes:
    """Encode without any of the metadata that the picture carries."""
    file = io.BytesIO()
    if fmt == "png":
        fit = image if image.mode in _PNG_MODES else image.convert("RGBA" if "A" in image.mode else "RGB")
        fit.save(file, "PNG", compress_level=1, exif=b"", icc_profile=None)
    elif fmt == "jpeg":
        fit = image if image.mode in ("L", "RGB") else image.convert("RGB")
        fit.save(file, "JPEG", quality=90)
    else:
        fit = image if image.mode in ("RGB", "RGBA") else image.convert("RGBA")
        fit.save(file, "WEBP", quality=90, method=1)
    return file.getvalue()
