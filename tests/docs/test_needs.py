"""Whoever copies a snippet, or runs an example, knows what to install first."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages import DOCS

PAGES = [DOCS.parent / "README.md", *sorted(DOCS.glob("*.md"))]
EXAMPLES = sorted((DOCS.parent / "examples").glob("*.py"))
INSTALLED = {"minidemo", "PIL", "fastapi", "jinja2", "pydantic", "starlette", "uvicorn"} | {p.stem for p in EXAMPLES}
"""What the core install has, and the scripts beside a snippet."""
_BLOCK = re.compile(r"^```(python|js)\b[^\n]*\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def packages(code: str) -> Iterator[str]:
    """Yield the packages that Python code imports outside of `try`, and that the core install has not."""
    statements = [node for node in ast.parse(code).body if not isinstance(node, ast.Try)]
    for node in (node for statement in statements for node in ast.walk(statement)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
        yield from {name.partition(".")[0] for name in names} - sys.stdlib_module_names - INSTALLED


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_snippet_says_what_it_needs(page: Path) -> None:
    text, end = page.read_text(encoding="utf-8"), 0
    for block in _BLOCK.finditer(text):
        words, end = text[end : block.start()].rpartition("\n## ")[2], block.end()
        needed = packages(block[2]) if block[1] == "python" else re.findall(r'from "(@?\w[^"]*)"', block[2])
        for package in needed:
            assert re.search(rf"`(pip|npm) install {re.escape(package)}`", words), f"{page.name}: {package}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_an_example_runs_after_the_install_or_says_what_it_needs(example: Path) -> None:
    assert not [*packages(example.read_text(encoding="utf-8"))]
