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
_TEXTS = {
    ".csv": """\
PassengerId,Survived,Pclass,Name,Sex,Age,SibSp,Parch,Ticket,Fare,Cabin,Embarked
1,1,1,Ada,female,34,0,0,A1,80.5,B2,C
2,0,3,Ben,male,27,0,0,A2,7.25,,S
3,1,2,Cleo,female,,1,1,A3,26,,S
4,0,3,Dan,male,41,1,2,A4,14.5,,Q
5,1,1,Eve,female,8,0,2,A5,120,C7,S
6,0,2,Finn,male,59,0,0,A6,13,,S
7,1,3,Gus,male,3,1,1,A7,15.75,,C
8,0,3,Hana,female,22,0,0,A8,7.9,,Q
9,0,1,Ivo,male,62,1,0,A9,52,E9,S
10,1,2,June,female,30,0,0,A10,12.5,,C
""",
    ".json": '[{"text": "Hello", "timestamp": [0, 1]}]\n',
    ".srt": "1\n00:00:00,000 --> 00:00:01,000\nHello\n",
    ".vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n",
}
"""Samples of text files that programs read; those of others say hello."""


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
    """Return a small text file, or the beginning of another one with this ending."""
    suffix = "." + ending.rpartition(".")[2]
    kind = _BY_ENDING.get(suffix)
    return kind.signatures[0].replace(b"?", b"\0") if kind else _TEXTS.get(suffix, "Hello").encode()


def _has_signature(data: bytes, signature: Signature, start: int) -> bool:
    content = data[start : start + len(signature)]
    return len(content) == len(signature) and all(
        expected in (_ANY_BYTE, byte) for expected, byte in zip(signature, content, strict=True)
    )


_ANY_BYTE = b"?"[0]
