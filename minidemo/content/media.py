"""Media: a file of the engine, on the disk or in memory."""

import mimetypes
import os
import re
import shutil
import threading
import unicodedata
import weakref
from collections.abc import Callable, Container, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from minidemo.content.copies import Copies
from minidemo.content.tree import iter_tree

OCTETS = "application/octet-stream"
MAX_BYTES, MAX_SUFFIX = 240, 12
"""Bytes of a name, of which most file systems allow 255, and characters of a suffix that a long name keeps."""
_MAX_NORMALIZED = 1_000
"""Characters of a name that are normalized, which takes quadratic time."""
_MIME = re.compile(r"[\w!#$&^.+-]{1,100}/[\w!#$&^.+-]{1,100}", re.ASCII)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters. Direction marks are among them, because they can disguise a suffix."""
_RESERVED = re.compile('[<>:"|?*]' if os.name == "nt" else r"[^\s\S]")
"""Characters that the file system refuses."""


def plain_name(name: str) -> str:
    """Return the last part of a name, without control characters.

    A long name is cut; another one is returned unchanged.
    """
    last = re.split(r"[/\\]", name)[-1]
    if len(last) > _MAX_NORMALIZED:
        last = last[: _MAX_NORMALIZED - MAX_BYTES] + last[-MAX_BYTES:]
    last = unicodedata.normalize("NFC", last)
    plain = _RESERVED.sub("_", _CONTROLS.sub("_", last)).strip()
    if len(plain.encode()) > MAX_BYTES:
        stem, dot, suffix = plain.rpartition(".")
        end = dot + suffix if stem and len(suffix) <= MAX_SUFFIX else ""
        plain = plain.removesuffix(end).encode()[: MAX_BYTES - len(end.encode())].decode(errors="ignore").strip() + end
    return plain if plain.strip(".") else "file"


def address_name(name: str) -> str:
    """Return a name of letters, digits and harmless signs, for addresses."""
    return "".join(character if _is_safe(character) else "_" for character in plain_name(name)).strip(" .") or "file"


def name_with_suffix(name: str, suffixes: Sequence[str], others: Container[str]) -> str:
    """Return a name with one of the suffixes, in place of one of the others."""
    suffix = Path(name).suffix
    if suffix.lower() in suffixes:
        return name
    return (name.removesuffix(suffix) if suffix.lower() in others else name) + suffixes[0]


class Media:
    """A file with a name, on disk or encoded when first read.

    `preview` is a smaller copy for the page, `lossless` one without loss, `subtitles` the subtitles of a video.
    `uploaded` is true for a visitor's file, `temporary` for one that is deleted with its last reference. `token` is its
    id on the page, if it has one. `url` is the address to download the file from. `finish` converts the copy of a file
    that a function returned; it is called after the check that the file may be shown, and raises `OutputError` for a
    file that cannot be shown.

    Args:
        name: The name.
        mime: The type. By default, and if it is malformed, that of the name's suffix.
        path: The path, if the file is on the disk.
        encode: Returns the bytes; called once.
        weight: Bytes of memory that the file takes. By default 0.
        preview: A smaller copy for the page.
        lossless: A copy without loss.
    """

    __slots__ = (
        "__weakref__",
        "_data",
        "_encode",
        "_lock",
        "finish",
        "lossless",
        "mime",
        "name",
        "path",
        "preview",
        "subtitles",
        "temporary",
        "token",
        "uploaded",
        "url",
        "weight",
    )

    def __init__(
        self,
        name: str,
        *,
        mime: str | None = None,
        path: Path | None = None,
        encode: Callable[[], bytes] | None = None,
        weight: int = 0,
        preview: "Media | None" = None,
        lossless: "Media | None" = None,
    ) -> None:
        self.name = name
        self.mime = mime if mime and _MIME.fullmatch(mime) else mimetypes.guess_type(name)[0] or OCTETS
        self.path = path
        self.uploaded = False
        self.temporary = False
        self.token: str | None = None
        self.preview = preview
        self.lossless = lossless
        self.subtitles: Media | None = None
        self.url: str | None = None
        self.finish: Callable[[Media], Any] | None = None
        self.weight = weight
        self._encode = encode
        self._data: bytes | None = None
        self._lock = threading.Lock()

    @classmethod
    def of_bytes(cls, data: bytes, name: str, *, mime: str | None = None) -> "Media":
        """Return a file of bytes in memory."""
        media = cls(name, mime=mime, weight=len(data))
        media._data = data
        return media

    @classmethod
    def of_path(
        cls, path: Path, name: str | None = None, *, mime: str | None = None, temporary: bool = False
    ) -> "Media":
        """Return a file on the disk.

        A temporary file is deleted with the last reference to it.
        """
        media = cls(name or path.name, mime=mime, path=path)
        media.temporary = temporary
        if temporary:
            weakref.finalize(media, path.unlink, missing_ok=True)
        return media

    @classmethod
    def of_url(cls, url: str) -> "Media":
        """Return a file at an address, to be downloaded by a `FileStore`."""
        place = re.split(r"[?#]", url.partition("://")[2])[0].partition("/")[2]
        media = cls(plain_name(unquote(place)), mime=OCTETS)
        media.url = url
        return media

    @property
    def nbytes(self) -> int | None:
        """The size in bytes, or None for bytes not encoded yet."""
        if self.path is not None:
            return self.path.stat().st_size
        return None if self._data is None else len(self._data)

    @property
    def disk(self) -> int:
        """Bytes on the disk that are freed with the last reference."""
        try:
            return self.path.stat().st_size if self.temporary and self.path else 0
        except OSError:  # some clear the temporary directory by themselves
            return 0

    @property
    def parts(self) -> "list[Media]":
        """The file with its preview, lossless copy and subtitles."""
        return [each for each in (self, self.preview, self.lossless, self.subtitles) if each is not None]

    @property
    def suffix(self) -> str:
        """The ending of the name with its dot, in lower case."""
        return Path(self.name).suffix.lower()

    def read(self) -> bytes:
        """Return the bytes; made once, however many ask."""
        if self.path is not None:
            return self.path.read_bytes()
        with self._lock:
            if self._encode is not None:
                self._data = self._encode()
                self._encode = None
        return self._data or b""

    def head(self, length: int) -> bytes:
        """Return the first bytes."""
        if self.path is None:
            return self.read()[:length]
        with self.path.open("rb") as file:
            return file.read(length)

    def give_away(self, name: str | None = None) -> Path:
        """Return the path of a copy, by default with the file's name.

        Changes of the copy do not change the file. See `derive` for how long it is kept.
        """
        return self.derive(plain_name(name or self.name), self._copy_to, size=self.nbytes or 0)

    def derive(self, name: str, write: Callable[[Path], object], *, kind: str = "", size: int = 0) -> Path:
        """Return the path of a file made from this one.

        While a call's inputs are decoded it belongs to the call, and is written once. Otherwise it is deleted with the
        last reference to this file.

        Args:
            name: The name of the new file.
            write: Writes the new file to a path.
            kind: Distinguishes files with one name.
            size: The bytes that are known in advance.
        """
        copies = Copies.current()
        if copies is None:
            copies = Copies()
            weakref.finalize(self, copies.delete)
        return copies.path((self.path or id(self), kind), name, write, size=size)  # holds no reference to this file

    def duplicate(self) -> "Media":
        """Return a copy of this object; the bytes are shared.

        Files derived from the copy live as long as the copy.
        """
        duplicate = Media(self.name, mime=self.mime, path=self.path, encode=self.read, preview=self.preview)
        duplicate.uploaded, duplicate.token, duplicate._data = self.uploaded, self.token, self._data
        duplicate.url = self.url
        duplicate.lossless, duplicate.subtitles, duplicate.temporary = self.lossless, self.subtitles, self.temporary
        return duplicate

    def renamed(self, name: str) -> "Media":
        """Return the same bytes under another name, which says the type."""
        return Media(name, path=self.path, encode=None if self.path else self.read)

    def copy_for_visitor(self) -> "Media":
        """Return a copy of this object without an id, for another visitor."""
        duplicate = self.duplicate()
        duplicate.token, duplicate.weight = None, self.weight
        return duplicate

    def _copy_to(self, path: Path) -> None:
        if self.path is None:
            path.write_bytes(self.read())
        else:
            shutil.copyfile(self.path, path)

    def __repr__(self) -> str:
        path = f", path={str(self.path)!r}" if self.path else ""
        return f"Media({self.name!r}, mime={self.mime!r}{path})"

    def __deepcopy__(self, memo: dict[int, Any]) -> "Media":
        """Return this object: `dataclasses.asdict` of a flag, which pandas calls, shares the files."""
        return self


def files_of(value: Any) -> Iterator[Media]:
    """Yield the files in a value, in order."""
    return iter_tree(value, Media)


def _is_safe(character: str) -> bool:
    """Return whether a character is a letter, digit or harmless sign."""
    return (
        character in " .()+,=@~-_"
        or unicodedata.category(character) == "So"
        or unicodedata.category(character)[0] in "LMN"
    )
