"""Static files, at paths that change with their content."""

import gzip
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from minidemo.components.base import Component
from minidemo.errors import ConfigurationError, NotFound
from minidemo.utils.paths import STATIC

TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".wasm": "application/wasm"}
ICONS = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
"""MIME types of a demo's icon, by suffix."""


def component_files(components: Iterable[Component]) -> Iterator[Path]:
    """Yield the scripts and style sheets of an author's components."""
    for component in components:
        if component.folder and component.widget:
            paths = (component.folder / f"{component.widget}{suffix}" for suffix in (".js", ".css"))
            yield from filter(Path.is_file, paths)


class StaticFiles:
    """The scripts, styles and pictures of the page, in memory; all pages share the package's own.

    Args:
        component_paths: Paths of the scripts and styles of an author's components.
        generated_files: Generated files by name, such as the style sheet of a theme.
        icon: Path of the demo's icon.
    """

    def __init__(
        self,
        *,
        component_paths: Iterable[Path] = (),
        generated_files: Mapping[str, bytes] | None = None,
        icon: str | Path | None = None,
    ) -> None:
        package_files, version = _package_files()
        self.generated_files = dict(generated_files or {})
        own = {f"own/{path.name}": path.read_bytes() for path in sorted(set(component_paths))} | self.generated_files
        self.icon = None if icon is None else f"icon{Path(icon).suffix.lower()}"
        if self.icon is not None:
            own[self.icon] = _read_icon(Path(str(icon)))
        self._files = package_files | own
        self.version = _digest(own, version)[:12]

    def url(self, name: str) -> str:
        """Return the path of a file, relative to the page."""
        return f"static/{self.version}/{self._check_name(name)}"

    def widgets(self, components: Iterable[Component], suffix: str) -> list[str]:
        """Return the unique names of components' scripts or style sheets."""
        names = {component.widget for component in components if component.widget}
        places = ({f"own/{name}{suffix}", f"widgets/{name}{suffix}"} & self._files.keys() for name in names)
        return sorted(min(place) for place in places if place)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file, or raise `NotFound`."""
        return self._files[self._check_name(name)]

    def read_gzip(self, name: str) -> bytes:
        """Return the bytes of a file, compressed with gzip."""
        return _compress(self.read(name))

    def _check_name(self, name: str) -> str:
        if name not in self._files:
            raise NotFound("There is no such file.")
        return name


@cache
def _package_files() -> tuple[dict[str, bytes], str]:
    """Return the package's files by name, and their digest."""
    paths = sorted(path for path in STATIC.rglob("*") if path.suffix in TYPES)
    files = {path.relative_to(STATIC).as_posix(): path.read_bytes() for path in paths}
    return files, _digest(files)


def _digest(files: Mapping[str, bytes], start: str = "") -> str:
    digest = hashlib.sha256(start.encode())
    for name, data in files.items():
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


@lru_cache(256)
def _compress(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def _read_icon(path: Path) -> bytes:
    if path.suffix.lower() not in ICONS:
        raise ConfigurationError(f"favicon_path is {str(path)!r}; expected a picture: {', '.join(ICONS)}.")
    try:
        return path.expanduser().read_bytes()
    except OSError as error:
        raise ConfigurationError(f"favicon_path is {str(path)!r}, which cannot be read: {error.strerror}.") from error
