"""docs/looks.md shows each theme and each custom property, and its examples run."""

import re
from pathlib import Path
from typing import Any

import minidemo as gr
from minidemo.page.appearance import APPEARANCE_ARGUMENTS
from minidemo.themes import COLOURS, PLAIN, THEMES
from tests.pages import DOCS, blocks
from tests.visitor import Visitor

TEXT = (DOCS / "looks.md").read_text(encoding="utf-8")
STYLES = (Path(gr.__file__).parent / "static" / "page.css").read_text(encoding="utf-8")


def test_each_theme_is_shown() -> None:
    section = TEXT.partition("## Themes\n")[2].partition("\n## ")[0]
    assert re.findall(r"^### (\w+)$", section, re.MULTILINE) == [*THEMES]
    for name, kind in THEMES.items():
        assert (DOCS / "images" / "themes" / f"{name}.png").is_file()
        assert f"images/themes/{name}.png" in section
        assert str(kind.__doc__) in section


def test_each_custom_property_is_told() -> None:
    section = TEXT.partition("## Custom properties\n")[2].partition("\n## ")[0]
    told = set(re.findall(r"`--([\w-]+)`", section)) | {f"space-{i}" for i in range(2, 6)}
    root = STYLES.partition(":root {")[2].partition("}")[0]
    used = set(re.findall(r"--([\w-]+):", root)) | {name.replace("_", "-") for name in (*COLOURS, *PLAIN)}
    assert told == used


def test_each_argument_is_told() -> None:
    assert [name for name in APPEARANCE_ARGUMENTS if f"`{name}`" not in TEXT] == []


def test_the_examples_run() -> None:
    names: dict[str, Any] = {}
    for block in blocks("looks.md", "python"):
        exec(block.text, names)
        assert Visitor(names["demo"]).http.get("/").status_code == 200
    assert "demo" in names
