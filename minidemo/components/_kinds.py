"""Kinds of files: their suffixes and the first bytes of their content."""

from dataclasses import dataclass
from typing import TypeAlias

from minidemo.content.media import Media

CATEGORIES = {
    "image": ".apng .avif .bmp .gif .heic .heif .ico .jfif .jpe .jpeg .jpg .png .svg .tif .tiff .webp",
    "audio": ".aac .aif .aiff .amr .flac .m4a .mid .midi .mp3 .oga .ogg .opus .wav .weba .wma",
    "video": ".3gp .avi .flv .m4v .mkv .mov .mp4 .mpeg .mpg .ogv .webm .wmv",
    "text": ".cfg .css .csv .htm .html .ini .js .json .jsonl .log .md .py .rst .tex .toml .tsv .txt .xml .yaml .yml",
}
"""Suffixes of each category of files."""

Signature: TypeAlias = bytes
"""First bytes of a file; a question mark matches any byte."""


@dataclass(frozen=True, slots=True)
class _FileKind:
    """A kind of file, with the signatures of its content.

    A signature may start after at most `max_offset` other bytes.
    """

    endings: str
    signatures: tuple[Signature, ...]
    max_offset: int = 0


_FILE_KINDS = (
    _FileKind(".png .apng", (b"\x89PNG\r\n\x1a\n",)),
    _FileKind(".jpg .jpeg .jpe .jfif", (b"\xff\xd8\xff",)),
    _FileKind(".gif", (b"GIF89a", b"GIF87a")),
    _FileKind(".webp", (b"RIFF????WEBP",)),
    _FileKind(".bmp", (b"BM",)),
    _FileKind(".tif .tiff", (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
    _FileKind(".ico", (b"\0\0\1\0",)),
    _FileKind(".avif .heic .heif", (b"????ftyp",)),
    _FileKind(".pdf", (b"%PDF-",), max_offset=1024),
    _FileKind(
        ".zip .docx .xlsx .xlsm .pptx .odt .ods .odp .epub .npz .jar .whl .kmz",
        (b"PK\3\4", b"PK\5\6", b"PK\7\x08"),
    ),
    _FileKind(".gz .tgz", (b"\x1f\x8b",)),
    _FileKind(".bz2", (b"BZh",)),
    _FileKind(".xz", (b"\xfd7zXZ\0",)),
    _FileKind(".7z", (b"7z\xbc\xaf\x27\x1c",)),
    _FileKind(".wav", (b"RIFF????WAVE", b"RIFX????WAVE", b"RF64????WAVE")),
    _FileKind(".mp3", (b"ID3", *(bytes((0xFF, second)) for second in (0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2)))),
    _FileKind(".aac", (b"\xff\xf1", b"\xff\xf9", b"ADIF", b"ID3")),
    _FileKind(".ogg .oga .ogv .opus", (b"OggS",)),
    _FileKind(".flac", (b"fLaC", b"ID3")),
    _FileKind(".aif .aiff", (b"FORM????AIFF", b"FORM????AIFC")),
    _FileKind(".mid .midi", (b"MThd",)),
    _FileKind(
        ".mp4 .m4a .m4v .mov .3gp", (b"????ftyp", b"????moov", b"????mdat", b"????wide", b"????free", b"????skip")
    ),
    _FileKind(".webm .weba .mkv", (b"\x1aE\xdf\xa3",)),
    _FileKind(".avi", (b"RIFF????AVI ",)),
    _FileKind(".flv", (b"FLV\1",)),
    _FileKind(".wmv .wma", (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",)),
    _FileKind(".parquet", (b"PAR1",)),
    _FileKind(".npy", (b"\x93NUMPY",)),
    _FileKind(".h5 .hdf5", (b"\x89HDF\r\n\x1a\n",)),
    _FileKind(".sqlite", (b"SQLite format 3\0",)),
    _FileKind(".glb", (b"glTF",)),
)
_BY_ENDING = {ending: kind for kind in _FILE_KINDS for ending in kind.endings.split()}


def endings(word: str) -> list[str]:
    """Return the suffixes of a category, or the suffix itself."""
    return CATEGORIES[word].split() if word in CATEGORIES else [word]


def matches_suffix(media: Media) -> bool:
    """Return whether a file begins with the signature of its suffix.

    Most text files have no signature.
    """
    kind = _BY_ENDING.get(media.suffix)
    if kind is None:
        return True
    data = media.head(kind.max_offset + 16)
    return any(
        _has_signature(data, signature, start) for signature in kind.signatures for start in range(kind.max_offset + 1)
    )


def sample(ending: str) -> bytes:
    """Return the beginning of a file with this ending."""
    kind = _BY_ENDING.get("." + ending.rpartition(".")[2])
    return kind.signatures[0].replace(b"?", b"\0") if kind else b"Hello"


def _has_signature(data: bytes, signature: Signature, start: int) -> bool:
    content = data[start : start + len(signature)]
    return len(content) == len(signature) and all(
        expected in (_ANY_BYTE, byte) for expected, byte in zip(signature, content, strict=True)
    )


_ANY_BYTE = b"?"[0]
