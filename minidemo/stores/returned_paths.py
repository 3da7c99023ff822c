"""Returned paths: the files of this computer that a function may return."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from minidemo.content.media import Media
from minidemo.errors import OutputError
from minidemo.stores.typed_texts import TypedTexts


class PathPolicy:
    """Decides which paths of a function's result are shown.

    Args:
        allowed: Folders and files outside the usual ones.
        blocked: Folders and files that are never shown.
    """

    def __init__(self, allowed: Iterable[Path], blocked: Iterable[Path] = ()) -> None:
        self._allowed, self._blocked = list(allowed), list(blocked)

    def resolved(self, media: Media, path: Path, typed: TypedTexts) -> Path:
        """Return the resolved path of a file, or raise `OutputError`; `typed` are the visitor's texts."""
        resolved = path.resolve()
        if typed.has_path(path):
            raise OutputError(f"The function returned the path {media.name!r}, which the visitor typed.")
        if any(resolved.is_relative_to(place) for place in self._blocked):
            raise OutputError(f"The function returned the file {media.name!r}, which blocked_paths keeps back.")
        if not self._is_allowed(resolved):
            raise OutputError(
                f"The function returned the file {media.name!r}, which lies outside the working directory and the "
                "temporary directory, or is hidden. Allow its folder: launch(allowed_paths=[…])."
            )
        return resolved

    def _is_allowed(self, path: Path) -> bool:
        if any(path.is_relative_to(place) for place in (*self._allowed, Path(tempfile.gettempdir()).resolve())):
            return True
        here = Path.cwd()
        return path.is_relative_to(here) and not any(part.startswith(".") for part in path.relative_to(here).parts)
