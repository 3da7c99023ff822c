"""Image: files that are damaged, foreign, or made to harm."""

import contextlib
import struct
import warnings
import zlib
from pathlib import Path

import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidemo import Image, InputError
from minidemo.content.media import Media
from tests.components.pictures import encoded, gradient, pixels, uploaded

DAMAGED = r"^Photo is a damaged picture and cannot be read\.$"
FOREIGN = r"^Photo must be a picture: PNG, JPEG, WebP, GIF, BMP or TIFF\.$"
MINE = {
    fmt: encoded(gradient(9, 7).convert("P" if fmt == "GIF" else "RGB"), fmt)
    for fmt in ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
}
"""A sound file of each format."""


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def bomb(width: int, height: int) -> bytes:
    """Return a tiny PNG that claims to be of this size, with one bit for each pixel."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_picture_of_four_thousand_megapixels_is_refused_before_it_is_decoded() -> None:
    picture = bomb(65_500, 65_500)
    assert len(picture) < 200, "too few for that many pixels: once decoded, it would be called damaged"
    with pytest.raises(InputError, match=r"^Photo has too many pixels; the limit is 89 megapixels\.$"):
        Image(label="Photo").preprocess(uploaded(picture))


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_a_little_above_the_limit_is_refused_with_its_size() -> None:
    with pytest.raises(InputError) as caught:
        Image(label="Photo").preprocess(uploaded(bomb(10_000, 10_000)))
    assert str(caught.value) == "Photo has 100 megapixels (10,000 x 10,000); the limit is 89."


def test_it_is_refused_as_well_where_warnings_are_errors() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(InputError, match=r"^Photo has too many pixels; the limit is 89 megapixels\.$"):
            Image(label="Photo").preprocess(uploaded(bomb(10_000, 10_000)))


def test_a_limit_that_the_author_took_off_pillow_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PIL.Image, "MAX_IMAGE_PIXELS", None)
    with pytest.raises(InputError, match=r"^Photo has 4,290 megapixels \(65,500 x 65,500\); the limit is 89\.$"):
        Image(label="Photo").preprocess(uploaded(bomb(65_500, 65_500)))


@pytest.mark.parametrize("fmt", [fmt for fmt in MINE if fmt != "GIF"])
def test_a_picture_that_was_cut_off_is_damaged(fmt: str) -> None:
    with pytest.raises(InputError, match=DAMAGED):
        Image(label="Photo").preprocess(uploaded(MINE[fmt][: len(MINE[fmt]) * 3 // 4]))


@pytest.mark.parametrize(
    "data", [b"", b"GIF", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\0" * 9999]
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=FOREIGN):
        Image(label="Photo").preprocess(uploaded(data))


def with_chunk(name: bytes, content: bytes) -> bytes:
    """Return a PNG with a chunk behind its header."""
    return MINE["PNG"][:33] + chunk(name, content) + MINE["PNG"][33:]


@pytest.mark.parametrize(
    "picture",
    [
        with_chunk(b"iCCP", b"profile\0\0" + zlib.compress(bytes(2**20 + 1))),
        with_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(2**20 + 1))),
        with_chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(bytes(2**20 + 1))),
    ],
    ids=["profile", "comment", "metadata"],
)
def test_a_picture_is_read_without_a_profile_or_text_that_is_too_long(picture: bytes, tmp_path: Path) -> None:
    image = Image(type="pil").preprocess(uploaded(picture))
    assert pixels(image) == pixels(gradient(9, 7))
    file = tmp_path / "picture.png"
    file.write_bytes(picture)
    assert pixels(Image(type="pil").preprocess(Media.of_path(file))) == pixels(gradient(9, 7))


def test_the_name_of_a_file_says_nothing() -> None:
    assert Image().preprocess(uploaded(MINE["JPEG"], "photo.png")).shape == (7, 9, 3)
    with pytest.raises(InputError, match=FOREIGN):
        Image(label="Photo").preprocess(uploaded(b"MZ", "photo.png"))


def turned(description: bytes) -> bytes:
    """Return a picture to be turned; `description` begins the entry of its EXIF data that describes it."""
    exif = PIL.Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "a description"
    picture = encoded(gradient(), "WEBP", exif=exif.tobytes(), lossless=True)
    entry = b"\x01\x0e\x00\x02"
    assert picture.count(entry) == 1
    return picture.replace(entry, description)


def test_exif_data_with_a_wrong_entry_still_turns_the_picture() -> None:
    text_for_a_width = b"\x01\x00\x00\x02"
    image = Image(type="pil").preprocess(uploaded(turned(text_for_a_width)))
    assert pixels(image) == pixels(gradient().transpose(PIL.Image.Transpose.ROTATE_270))


def test_exif_data_that_cannot_be_read_turns_nothing() -> None:
    text_that_is_too_long = b"\x01\x0e\x00\x05"
    image = Image(type="pil").preprocess(uploaded(turned(text_that_is_too_long)))
    assert pixels(image) == pixels(gradient())


@given(st.sampled_from(sorted(MINE)), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=9))
def test_a_spoiled_file_is_a_picture_or_refused(fmt: str, spots: list[tuple[float, int]]) -> None:
    data = bytearray(MINE[fmt])
    for place, byte in spots:
        data[int(place * (len(data) - 1))] = byte
    with contextlib.suppress(InputError):
        assert Image(type="pil").preprocess(uploaded(bytes(data))).mode == "RGB"


def with_scans(size: tuple[int, int], times: int) -> bytes:
    """Return a progressive JPEG in which the last scan is repeated."""
    data = encoded(PIL.Image.new("L", size), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * times + data[-2:]


def test_a_jpeg_with_very_many_scans_is_refused_before_they_are_read() -> None:
    message = r"^Photo is a JPEG with \d{3} scans, which takes too long to read\. Save it anew\.$"
    for size, times in (((4000, 4000), 100), ((8000, 8000), 200)):
        with pytest.raises(InputError, match=message):
            Image(label="Photo").preprocess(uploaded(with_scans(size, times)))
    assert Image(type="pil").preprocess(uploaded(with_scans((4000, 4000), 0))).size == (4000, 4000)
    assert Image(type="pil").preprocess(uploaded(with_scans((40, 40), 100))).size == (40, 40)
