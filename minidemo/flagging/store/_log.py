"""A log: a CSV file that others may read, edit and replace."""

import codecs
import errno
import os
import re
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, NamedTuple

from minidemo.flagging import _durable

_FIELD = {d: re.compile(rf'(?:"((?:[^"]++|"")*+)"|([^{d}]*))({d}|\Z)', re.DOTALL) for d in (",", ";", "\t")}
BOM = b"\xef\xbb\xbf"
SEPARATORS = (",", ";", "\t")
NOT_TEXT = "\ufffd"
"""Stands before the delimiter of a log that is not UTF-8."""
_STRAY_BYTE = re.compile("[\udc80-\udcff]")


class NotText(OSError):
    """A log is not text in UTF-8."""

    def __init__(self, path: Path) -> None:
        message = f"{path} is not text in UTF-8. In a spreadsheet, save it as 'CSV UTF-8'."
        super().__init__(errno.EILSEQ, message)


class Stamp(NamedTuple):
    """The state of a file: it differs after a change."""

    inode: int
    mtime: int
    size: int

    @classmethod
    def of(cls, state: os.stat_result) -> "Stamp":
        """Return the stamp of a file's state."""
        return cls(state.st_ino, state.st_mtime_ns, state.st_size)


class Line(NamedTuple):
    """A record of a log: its cells, its position and its completeness."""

    cells: list[str]
    start: int
    length: int
    closed: bool
    ended: bool

    @property
    def whole(self) -> bool:
        """True if the record is complete."""
        return self.closed and self.ended


def stamp(path: Path) -> Stamp | None:
    """Return a plain file's stamp, None without file; refuse anything else."""
    try:
        handle = _durable.open_plain(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        return Stamp.of(os.fstat(handle))
    finally:
        os.close(handle)


def digest(cells: Sequence[str]) -> int:
    """Return the digest of a row's cells."""
    data = "\x1f".join(cells).encode("utf-8", "surrogateescape")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), signed=True)


def lines(file: BinaryIO, delimiter: str = ",") -> Iterator[Line]:
    """Yield records from the file's position on; skip blank lines."""
    start = file.tell()
    for data, closed in _records(file):
        if data.strip():
            yield Line(cells(data, delimiter), start, len(data), closed, data.endswith(b"\n"))
        start += len(data)


def header(file: BinaryIO) -> bytes:
    """Return the first record, and move the file's position behind it."""
    data, _ = next(_records(file), (b"", True))
    file.seek(len(data))
    return data


def cells(data: bytes, delimiter: str = ",") -> list[str]:
    """Return the cells of a record."""
    text = data.removeprefix(BOM).decode("utf-8", "surrogateescape").removesuffix("\n").removesuffix("\r")
    sign = delimiter[-1]
    if '"' not in text:
        return text.split(sign)
    fields = _FIELD[sign].findall(text)
    last = next(i for i, (_, _, end) in enumerate(fields) if not end)
    return [quoted.replace('""', '"') or plain for quoted, plain, _ in fields[: last + 1]]


def delimiter(header: bytes, names: Sequence[str]) -> str:
    """Return a header's delimiter, behind its BOM if it has one."""
    fits = (sign for sign in SEPARATORS if cells(header, sign) == list(names))
    most = max(SEPARATORS, key=lambda sign: header.count(sign.encode()))
    return ("\ufeff" if header.startswith(BOM) else "") + next(fits, most)


def is_text(file: BinaryIO) -> bool:
    """Tell whether a file is UTF-8; its last character may be torn."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        for chunk in iter(partial(file.read, _durable.CHUNK), b""):
            decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def has_stray_bytes(cells: Sequence[str]) -> bool:
    """Tell whether a record holds bytes that are not UTF-8."""
    return _STRAY_BYTE.search("".join(cells)) is not None


def _records(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Yield each record's bytes, and whether its quotes are closed."""
    held: list[bytes] = []
    quoted = False
    for line in file:
        held.append(line)
        quoted ^= line.count(b'"') % 2 == 1
        if not quoted:
            yield b"".join(held), True
            held = []
    if held:
        yield b"".join(held), False
