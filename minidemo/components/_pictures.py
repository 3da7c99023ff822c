"""Decoding and encoding pictures, with a limit of pixels."""

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

import PIL.Image
from PIL import ExifTags, ImageOps, UnidentifiedImageError

from minidemo.components import _array_ranges, _encoding, _png, _previews
from minidemo.components._encoding import MIMES as MIMES
from minidemo.content.media import Media
from minidemo.errors import InputError, OutputError

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
MAX_PIXELS = 89_478_485
"""Pixels of the largest picture, the same as Pillow's limit."""
MAX_TOTAL_PIXELS = 2 * MAX_PIXELS
"""Pixels of all pictures of a value that are in memory together."""
MAX_READ_PIXELS = 10 * MAX_PIXELS
"""Pixels of all pictures of a value that are decoded one after the other."""
USUAL_SCANS = 16
"""Scans of a JPEG that count as one; programs write at most a dozen."""

SUFFIXES = {
    "PNG": ".png",
    "JPEG": ".jpg",
    "MPO": ".jpg",
    "WEBP": ".webp",
    "GIF": ".gif",
    "BMP": ".bmp",
    "TIFF": ".tiff",
}
_MAX_UNPREVIEWED_PIXELS = 1_000_000
"""Pixels up to which the lossless picture is its own preview."""
_SINGLE_FRAME_FORMATS = ("JPEG", "PNG", "WEBP", "BMP")
_ORIENTATIONS = {
    2: PIL.Image.Transpose.FLIP_LEFT_RIGHT,
    3: PIL.Image.Transpose.ROTATE_180,
    4: PIL.Image.Transpose.FLIP_TOP_BOTTOM,
    5: PIL.Image.Transpose.TRANSPOSE,
    6: PIL.Image.Transpose.ROTATE_270,
    7: PIL.Image.Transpose.TRANSVERSE,
    8: PIL.Image.Transpose.ROTATE_90,
}
"""The transposition for each EXIF orientation."""

_ORIENTATION_KEYS = ("exif", "xmp", "XML:com.adobe.xmp")
"""Metadata that may hold the orientation."""

_UNSUPPORTED_MIMES = ("image/tiff", "image/tif")
"""Types that browsers do not show."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """An upright picture.

    `suffix` is the suffix of its file, or None if the file shows a different picture.
    """

    image: PIL.Image.Image
    suffix: str | None


class PixelBudget:
    """Counts the pixels of the pictures in one value."""

    def __init__(self, title: str, limit: int = MAX_TOTAL_PIXELS) -> None:
        self._title = title
        self._limit = self._left = limit

    def take(self, pixels: int) -> None:
        """Count pixels, or raise `InputError`."""
        self._left -= pixels
        if self._left < 0:
            limit = self._limit // 1_000_000
            raise InputError(f"{self._title} has too many pixels; the limit is {limit} megapixels in all.")


def decode(media: Media, mode: str | None, title: str) -> PIL.Image.Image:
    """Return the upright picture in a Pillow mode (None keeps its own)."""
    return read(media, mode, title).image


def read(media: Media, mode: str | None, title: str, *, budget: PixelBudget | None = None) -> Picture:
    """Return the upright picture in a Pillow mode, within a budget of pixels."""
    with _open(media, title, budget) as image:
        turned_on_loading = image.format == "TIFF" and _orientation(image) in _ORIENTATIONS
        image.load()
        upright, turned = _upright(image)
    if mode and not _encoding.is_in_mode(upright, mode):
        return Picture(image=_encoding.convert_mode(upright, mode), suffix=None)
    suffix = None if turned or turned_on_loading else SUFFIXES[str(image.format)]
    return Picture(image=upright, suffix=suffix)


def check(media: Media, title: str) -> None:
    """Raise `InputError` for files that are too large or no picture."""
    with _open(media, title):
        pass


def has_frames(media: Media) -> bool:
    """Return whether a file has several pictures, as frames or pages."""
    with suppress(InputError), _open(media, "") as image:
        return image.format != "MPO" and bool(getattr(image, "is_animated", False))  # a phone's photo has only copies
    return False


@contextmanager
def _open(media: Media, title: str, budget: PixelBudget | None = None) -> Iterator[PIL.Image.Image]:
    try:
        with media.path.open("rb") if media.path else io.BytesIO(media.read()) as file, _image(file) as image:
            _check_size(image.size, title)
            pixels = _check_scans(media, image, title)
            if budget:
                budget.take(pixels)
            yield image
    except InputError:
        raise
    except (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning):
        raise InputError(f"{title} has too many pixels; the limit is {MAX_PIXELS // 1_000_000} megapixels.") from None
    except UnidentifiedImageError:
        raise InputError(f"{title} must be a picture: PNG, JPEG, WebP, GIF, BMP or TIFF.") from None
    except Exception:  # decoders of Pillow raise errors of many types
        raise InputError(f"{title} is a damaged picture and cannot be read.") from None


def _image(file: BinaryIO) -> PIL.Image.Image:
    try:
        return PIL.Image.open(file, formats=FORMATS)
    except ValueError:  # a profile or text of over 1 MB, which the picture does not need
        file.seek(0)
        return PIL.Image.open(io.BytesIO(_png.without_texts(file.read())), formats=FORMATS)


def to_media(image: PIL.Image.Image, fmt: str, *, own: bool = False) -> Media:
    """Return a file of the picture, encoded when first read.

    A copy of the picture is kept until then; our `own` picture is kept without a copy. Where PNG does not keep every
    value, a TIFF does.
    """
    picture = _encoding.without_metadata(image, own=own)
    weight = picture.width * picture.height * (1 if len(picture.getbands()) == 1 else 4)  # as Pillow keeps it
    png = Media("image.png", encode=partial(_encoding.encode, picture, "png"), weight=weight)
    preview = _previews.preview(picture) if picture.width * picture.height > _MAX_UNPREVIEWED_PIXELS else None
    tiff = None
    if _encoding.needs_tiff(image):
        exact = picture if picture.mode == image.mode else _encoding.exact_copy(image)
        tiff = Media("image.tiff", mime=MIMES["tiff"], encode=partial(_encoding.encode, exact, "tiff"), weight=weight)
    if fmt == "png":
        png.preview, png.lossless = preview, tiff
        return png
    encode = partial(_encoding.encode, picture, fmt)
    return Media(f"image.{fmt}", mime=MIMES[fmt], encode=encode, weight=weight, preview=preview, lossless=tiff or png)


def lossless(image: PIL.Image.Image) -> Media:
    """Return a lossless file of our own picture: PNG, or else TIFF."""
    media = to_media(image, "png", own=True)
    return media.lossless or media


def preview_of(media: Media) -> Media | None:
    """Return a preview of a file that browsers cannot show, else None.

    The preview is encoded when first read.
    """
    if media.mime not in _UNSUPPORTED_MIMES:
        return None
    file = Media(media.name, path=media.path)  # and not the file itself, which would live as long as its preview
    return Media("preview.webp", mime=MIMES["webp"], encode=partial(_preview_of_file, file))


def light_copy(media: Media) -> Media:
    """Return a small copy of a picture, or raise `InputError`."""
    return _previews.preview(decode(media, None, "The file"))


def of_array(array: Any, title: str) -> PIL.Image.Image:
    """Return the picture of a NumPy array.

    Its shape is H x W, or H x W x 1, 3 or 4; its values are bools, integers in 0..255, or floats in 0..1. A grey of
    uint16 has values up to 65535.
    """
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim != 2 and (array.ndim != 3 or array.shape[2] not in (3, 4)):
        raise OutputError(f"{title} shows arrays of H x W, H x W x 3 or H x W x 4, but got shape {array.shape}.")
    if 0 in array.shape:
        raise OutputError(f"{title} got an empty array of shape {array.shape}.")
    if array.dtype.kind == "u" and array.dtype.itemsize == 2 and array.ndim == 2:
        return PIL.Image.fromarray(array.astype("uint16", copy=False)).convert("I;16")
    image = PIL.Image.fromarray(_array_ranges.as_bytes(array, title))
    return image.copy() if image.readonly else image  # which may still look at the function's own array


def sample() -> Media:
    """Return a small picture, as an example."""
    media = Media.of_bytes(_encoding.encode(PIL.Image.linear_gradient("L").resize((64, 64)), "png"), "example.png")
    media.uploaded = True
    return media


def _check_size(size: tuple[int, int], title: str) -> None:
    width, height = size
    if width * height > MAX_PIXELS:
        raise InputError(
            f"{title} has {width * height // 1_000_000:,} megapixels ({width:,} x {height:,}); "
            f"the limit is {MAX_PIXELS // 1_000_000}."
        )


def _check_scans(media: Media, image: PIL.Image.Image, title: str) -> int:
    """Return the pixels to decode; raise `InputError` for a JPEG with too many scans.

    Each scan of a JPEG may go over all its pixels.
    """
    scans = media.read().count(b"\xff\xda") if image.format in ("JPEG", "MPO") else 1
    pixels = image.width * image.height * -(-max(scans, 1) // USUAL_SCANS)
    if pixels > MAX_PIXELS:
        raise InputError(f"{title} is a JPEG with {scans} scans, which takes too long to read. Save it anew.")
    return pixels


def _preview_of_file(file: Media) -> bytes:
    return _previews.encode(decode(file, None, "The file"), "webp")


def _orientation(image: PIL.Image.Image) -> int:
    """Return the orientation of the EXIF data; 1 is upright."""
    with suppress(Exception):
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    return 1


def _upright(image: PIL.Image.Image) -> tuple[PIL.Image.Image, bool]:
    """Turn the picture upright by its EXIF data.

    Returns also whether it had to be turned.
    """
    orientation = _orientation(image)
    if orientation not in _ORIENTATIONS:
        # A fully loaded picture needs no copy, which would double the memory.
        whole = image.format in _SINGLE_FRAME_FORMATS and not getattr(image, "is_animated", False)
        return (image if whole else image.copy()), False
    with suppress(Exception):
        return ImageOps.exif_transpose(image), True
    turned = image.transpose(_ORIENTATIONS[orientation])
    turned.info = {key: value for key, value in turned.info.items() if key not in _ORIENTATION_KEYS}
    return turned, True
