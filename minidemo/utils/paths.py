"""Paths: the folders of templates and static files."""

from pathlib import Path

PACKAGE = Path(__file__).parents[1]
STATIC = PACKAGE / "static"
_SHIPPED = PACKAGE / "templates"
TEMPLATES = _SHIPPED if _SHIPPED.is_dir() else PACKAGE.parent / "templates"
