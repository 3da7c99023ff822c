"""The static files: read once, compressed once, under an address that changes with their content."""

import gzip
import hashlib
from pathlib import Path

from minidemo._paths import STATIC
from minidemo.errors import NotFound

TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class StaticFiles:
    """The scripts, styles and pictures of the page, held in memory."""

    def __init__(self, folder: Path = STATIC) -> None:
        paths = sorted(path for path in folder.rglob("*") if path.suffix in TYPES)
        self._files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
        digest = hashlib.sha256()
        for name, data in self._files.items():
            digest.update(f"{name}\0{len(data)}\0".encode() + data)
        self.version = digest.hexdigest()[:12]
        self._compressed: dict[str, bytes] = {}

    def url(self, name: str) -> str:
        """Return the address of a file, relative to the page."""
        return f"static/{self.version}/{self._known(name)}"

    def read(self, name: str) -> bytes:
        """Return the bytes of a file, or raise `NotFound`."""
        return self._files[self._known(name)]

    def compressed(self, name: str) -> bytes:
        """Return the bytes of a file, gzipped."""
        if name not in self._compressed:
            self._compressed[name] = gzip.compress(self.read(name), 9, mtime=0)
        return self._compressed[name]

    def _known(self, name: str) -> str:
        if name not in self._files:
            raise NotFound("There is no such file.")
        return name
