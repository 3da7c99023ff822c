"""Media: a file of the engine, on the disk or in memory."""

import mimetypes
import re
import shutil
import threading
import unicodedata
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from minidemo.content.copies import Copies
from minidemo.content.tree import iter_tree

OCTETS = "application/octet-stream"
MAX_STEM, MAX_SUFFIX = 80, 12
"""Characters of a name's stem and suffix that are kept."""
MAX_BYTES = 200
"""Bytes of a name's stem; most file systems allow 255."""


def plain_name(name: str) -> str:
    """Return the last part of a name, safe for files and headers.

    A safe name is returned unchanged.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    safe = "".join(character if _is_safe(character) else "_" for character in last).strip(" .")
    stem, _, suffix = safe.rpartition(".")
    if not stem:
        return _truncate(safe).rstrip() or "file"
    return f"{_truncate(stem)}.{suffix.strip()[:MAX_SUFFIX].rstrip()}"


class Media:
    """A file with a name, on disk or encoded when first read.

    `preview` is a smaller copy for the page, `lossless` one without loss, `subtitles` the subtitles of a video.
    `uploaded` is true for a visitor's file, `temporary` for one that is deleted with its last reference. `token` is its
    id on the page, if it has one. `finish` converts the copy of a file that a function returned; it is called after the
    check that the file may be shown, and raises `OutputError` for a file that cannot be shown.

    Args:
        name: The name.
        mime: The type. By default that of the name's suffix.
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
        self.mime = mime or mimetypes.guess_type(name)[0] or OCTETS
        self.path = path
        self.uploaded = False
        self.temporary = False
        self.token: str | None = None
        self.preview = preview
        self.lossless = lossless
        self.subtitles: Media | None = None
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
        duplicate.lossless, duplicate.subtitles, duplicate.temporary = self.lossless, self.subtitles, self.temporary
        return duplicate

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
        return f"Media({self.name!r}, mime={self.mime!r})"


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


def _truncate(stem: str) -> str:
    return stem[:MAX_STEM].encode()[:MAX_BYTES].decode(errors="ignore")
