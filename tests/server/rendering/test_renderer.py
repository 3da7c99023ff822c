"""Compiled templates are kept where they may be, and missed where they may not."""

import shutil
import sys
from pathlib import Path

import pytest

import minidemo as gr
from minidemo.server.rendering.renderer import Renderer
from minidemo.server.rendering.static import StaticFiles, component_files
from minidemo.stores.files import FileStore
from minidemo.utils import paths


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the templates, so that the real ones stay as they are."""
    copy = tmp_path / "templates"
    shutil.copytree(paths.TEMPLATES, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return copy


def rendered(templates: Path) -> str:
    page = gr.Interface(lambda x: x, "text", "text").page
    static = StaticFiles(component_paths=component_files(page.components))
    return Renderer(page, files=FileStore(), static=static, max_file_size=1, templates=templates).page()


def test_templates_are_compiled_once(templates: Path) -> None:
    first = rendered(templates)
    kept = {path: path.stat().st_mtime_ns for path in (templates / "__pycache__").iterdir()}
    assert kept
    assert rendered(templates) == first
    assert {path: path.stat().st_mtime_ns for path in (templates / "__pycache__").iterdir()} == kept


def test_an_edited_template_is_compiled_anew(templates: Path) -> None:
    rendered(templates)
    template = templates / "demo.html"
    template.write_text(template.read_text().replace("<main", '<main data-edited="yes"'))
    assert 'data-edited="yes"' in rendered(templates)


def test_a_folder_that_may_not_be_written_to_is_no_trouble(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    assert "<main" in rendered(templates)
    assert not (templates / "__pycache__").exists()


def test_whoever_wants_no_bytecode_gets_none(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert "<main" in rendered(templates)
    assert not (templates / "__pycache__").exists()
