"""The files, folders, modules and pages that the documentation names exist."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import FLOORS
from tests.pages import DOCS

ROOT = DOCS.parent
PAGES = sorted([*DOCS.rglob("*.md"), *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "scripts/README.md"))])
FOLDERS = {"minidemo", "templates", "tests", "scripts", "docs", "examples", "benchmarks", "static", *FLOORS}
INVENTED = re.compile(r"\b(x|knob|test_knob)\.\w+$")
"""The files of components that a reader is about to write."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_page_names_what_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [f"`{path}`" for path in paths(text) if not exists(path)] == []
    assert [f"({link})" for link in links(text) if not (page.parent / link).exists()] == []
    assert [name for name in re.findall(r"`(minidemo(?:\.\w+)+)`", text) if not is_importable(name)] == []


def paths(text: str) -> Iterator[str]:
    for path in re.findall(r"`([\w-]+/(?:[\w-]+/)*(?:[\w-]+\.(?:py|js|html|css|ts|md))?)[`:]", text):
        if path.partition("/")[0] in FOLDERS and not INVENTED.search(path):
            yield path


def links(text: str) -> Iterator[str]:
    return (link for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if ":" not in link)


def exists(path: str) -> bool:
    return (ROOT / path).exists() or (ROOT / "minidemo" / path).exists()


def is_importable(name: str) -> bool:
    """Tell whether a name is a module, or one in a module."""
    module, _, inner = name.rpartition(".")
    try:
        return hasattr(importlib.import_module(module), inner) or bool(importlib.import_module(name))
    except ImportError:
        return False


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("minidemo.themes", True),
        ("minidemo.content.media.Media", True),
        ("minidemo.content.medium", False),
        ("no.such", False),
    ],
)
def test_a_module_that_moved_is_found(name: str, known: bool) -> None:
    assert is_importable(name) == known
