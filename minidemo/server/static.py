"""The static files: read once, compressed once, under an address that changes with their content."""

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from minidemo._paths import STATIC
from minidemo.components.base import Component
from minidemo.errors import NotFound

TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


def own_files(components: Iterable[Component]) -> Iterator[Path]:
    """Yield the scripts and style sheets that lie in the folders of an author's own components."""
    for component in components:
        if component.folder and component.widget:
            found = (component.folder / f"{component.widget}{suffix}" for suffix in (".js", ".css"))
            yield from filter(Path.is_file, found)


class StaticFiles:
    """The scripts, styles and pictures of the page, held in memory; `own` are the scripts and styles of an author."""

    def __init__(self, folder: Path = STATIC, *, own: Iterable[Path] = ()) -> None:
        paths = sorted(path for path in folder.rglob("*") if path.suffix in TYPES)
        self._files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
        self._files |= {f"own/{path.name}": path.read_bytes() for path in sorted(set(own))}
        digest = hashlib.sha256()
        for name, data in self._files.items():
            digest.update(f"{name}\0{len(data)}\0".encode() + data)
        self.version = digest.hexdigest()[:12]
        self._compressed: dict[str, bytes] = {}

    def url(self, name: str) -> str:
        """Return the address of a file, relative to the page."""
        return f"static/{self.version}/{self._known(name)}"

    def widgets(self, components: Iterable[Component], suffix: str) -> list[str]:
        """Return the names of the scripts (`.js`) or style sheets (`.css`) that components need, each once."""
        names = {component.widget for component in components if component.widget}
        places = ({f"own/{name}{suffix}", f"widgets/{name}{suffix}"} & self._files.keys() for name in names)
        return sorted(min(place) for place in places if place)

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
