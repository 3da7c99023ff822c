"""Kinds of files: the endings of their names, and how their content begins."""

from dataclasses import dataclass
from typing import TypeAlias

from minidemo.content.media import Media

CATEGORIES = {
    "image": ".apng .avif .bmp .gif .heic .heif .ico .jfif .jpe .jpeg .jpg .png .svg .tif .tiff .webp",
    "audio": ".aac .aif .aiff .amr .flac .m4a .mid .midi .mp3 .oga .ogg .opus .wav .weba .wma",
    "video": ".3gp .avi .flv .m4v .mkv .mov .mp4 .mpeg .mpg .ogv .webm .wmv",
    "text": ".cfg .css .csv .htm .html .ini .js .json .jsonl .log .md .py .rst .tex .toml .tsv .txt .xml .yaml .yml",
}
"""The words that stand for many endings."""

Head: TypeAlias = bytes
"""The first bytes of a file, with a question mark for any byte."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Files whose content begins in one of some ways, which may come `late`: after that many other bytes at most."""

    endings: str
    heads: tuple[Head, ...]
    late: int = 0


_KINDS = (
    _Kind(".png .apng", (b"\x89PNG\r\n\x1a\n",)),
    _Kind(".jpg .jpeg .jpe .jfif", (b"\xff\xd8\xff",)),
    _Kind(".gif", (b"GIF89a", b"GIF87a")),
    _Kind(".webp", (b"RIFF????WEBP",)),
    _Kind(".bmp", (b"BM",)),
    _Kind(".tif .tiff", (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
    _Kind(".ico", (b"\0\0\1\0",)),
    _Kind(".avif .heic .heif", (b"????ftyp",)),
    _Kind(".pdf", (b"%PDF-",), late=1024),
    _Kind(
        ".zip .docx .xlsx .xlsm .pptx .odt .ods .odp .epub .npz .jar .whl .kmz",
        (b"PK\3\4", b"PK\5\6", b"PK\7\x08"),
    ),
    _Kind(".gz .tgz", (b"\x1f\x8b",)),
    _Kind(".bz2", (b"BZh",)),
    _Kind(".xz", (b"\xfd7zXZ\0",)),
    _Kind(".7z", (b"7z\xbc\xaf\x27\x1c",)),
    _Kind(".wav", (b"RIFF????WAVE", b"RIFX????WAVE", b"RF64????WAVE")),
    _Kind(".mp3", (b"ID3", *(bytes((0xFF, second)) for second in (0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2)))),
    _Kind(".aac", (b"\xff\xf1", b"\xff\xf9", b"ADIF", b"ID3")),
    _Kind(".ogg .oga .ogv .opus", (b"OggS",)),
    _Kind(".flac", (b"fLaC", b"ID3")),
    _Kind(".aif .aiff", (b"FORM????AIFF", b"FORM????AIFC")),
    _Kind(".mid .midi", (b"MThd",)),
    _Kind(".mp4 .m4a .m4v .mov .3gp", (b"????ftyp", b"????moov", b"????mdat", b"????wide", b"????free", b"????skip")),
    _Kind(".webm .weba .mkv", (b"\x1aE\xdf\xa3",)),
    _Kind(".avi", (b"RIFF????AVI ",)),
    _Kind(".flv", (b"FLV\1",)),
    _Kind(".wmv .wma", (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",)),
    _Kind(".parquet", (b"PAR1",)),
    _Kind(".npy", (b"\x93NUMPY",)),
    _Kind(".h5 .hdf5", (b"\x89HDF\r\n\x1a\n",)),
    _Kind(".sqlite", (b"SQLite format 3\0",)),
    _Kind(".glb", (b"glTF",)),
)
_BY_ENDING = {ending: kind for kind in _KINDS for ending in kind.endings.split()}


def endings(word: str) -> list[str]:
    """Return the endings for which a category or an ending stands."""
    return CATEGORIES[word].split() if word in CATEGORIES else [word]


def is_what_it_says(media: Media) -> bool:
    """Tell whether a file begins as its ending lets expect; of most text nothing can be expected."""
    kind = _BY_ENDING.get(media.suffix)
    if kind is None:
        return True
    data = media.head(kind.late + 16)
    return any(_begins(data, head, start) for head in kind.heads for start in range(kind.late + 1))


def sample(ending: str) -> bytes:
    """Return the beginning of a file with this ending."""
    kind = _BY_ENDING.get("." + ending.rpartition(".")[2])
    return kind.heads[0].replace(b"?", b"\0") if kind else b"Hello"


def _begins(data: bytes, head: Head, start: int) -> bool:
    found = data[start : start + len(head)]
    return len(found) == len(head) and all(sign in (_ANY, byte) for sign, byte in zip(head, found, strict=True))


_ANY = b"?"[0]
