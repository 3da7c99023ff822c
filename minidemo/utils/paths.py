"""Paths: the folders of templates, static files and examples."""

from pathlib import Path

PACKAGE = Path(__file__).parents[1]
STATIC = PACKAGE / "static"


def _shipped(name: str, source: str) -> Path:
    """Return a folder of the wheel, or where a checkout has it."""
    return PACKAGE / name if (PACKAGE / name).is_dir() else PACKAGE.parent / source


TEMPLATES = _shipped("templates", "templates")
EXAMPLES = _shipped("example_scripts", "examples")
