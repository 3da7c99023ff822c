"""Static paths: files that every demo of the program may show."""

from collections.abc import Sequence
from pathlib import Path

_PATHS: list[str | Path] = []


def set_static_paths(paths: str | Path | Sequence[str | Path]) -> None:
    """Allow files and folders in every demo served from now on.

    Args:
        paths: One path, or several.
    """
    _PATHS[:] = [paths] if isinstance(paths, str | Path) else paths


def static_paths() -> list[str | Path]:
    """Return the paths that every demo may show."""
    return list(_PATHS)
