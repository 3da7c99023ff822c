"""Media: a file as the engine holds it, wherever its bytes lie."""

import mimetypes
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable
from pathlib import Path

OCTETS = "application/octet-stream"


class Media:
    """A file with a name: its bytes lie on the disk, or are made when somebody first asks for them.

    `encode` makes the bytes, `weight` is what the file costs to keep in memory, in bytes. `preview` is a smaller
    rendition to show on a page, `lossless` one that keeps every bit where the file itself does not. `uploaded` says
    that a visitor sent it, `token` is the id under which the page finds it, once it has one.
    """

    __slots__ = (
        "__weakref__",
        "_data",
        "_encode",
        "_lock",
        "lossless",
        "mime",
        "name",
        "path",
        "preview",
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
        self.token: str | None = None
        self.preview = preview
        self.lossless = lossless
        self.weight = weight
        self._encode = encode
        self._data: bytes | None = None
        self._lock = threading.Lock()

    @classmethod
    def of_bytes(cls, data: bytes, name: str, *, mime: str | None = None) -> "Media":
        """Return a file whose bytes are at hand."""
        media = cls(name, mime=mime, weight=len(data))
        media._data = data
        return media

    @classmethod
    def of_path(
        cls, path: Path, name: str | None = None, *, mime: str | None = None, temporary: bool = False
    ) -> "Media":
        """Return a file on the disk; a temporary one is removed when nobody holds it any longer."""
        media = cls(name or path.name, mime=mime, path=path)
        if temporary:
            weakref.finalize(media, path.unlink, missing_ok=True)
        return media

    @property
    def nbytes(self) -> int | None:
        """The size in bytes, or None while the bytes were not made yet."""
        if self.path is not None:
            return self.path.stat().st_size
        return None if self._data is None else len(self._data)

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

    def give_away(self) -> Path:
        """Return the path of a copy that bears the file's name: what is done to it does not change the file.

        It is removed when nobody holds the file any longer.
        """
        folder = Path(tempfile.mkdtemp(prefix="minidemo-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        copy = folder / self.name
        if self.path is None:
            copy.write_bytes(self.read())
        else:
            shutil.copyfile(self.path, copy)
        return copy

    def __repr__(self) -> str:
        return f"Media({self.name!r}, mime={self.mime!r})"
