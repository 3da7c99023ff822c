"""The pages about the components repeat their docstrings."""

import inspect
from pathlib import Path

import pytest

from minidemo.components.base import Component, ComponentOptions
from scripts import document
from tests.pages import DOCS


def test_the_pages_are_up_to_date() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "components").glob("*.md")}
    assert written == document.pages(), "Run scripts/document."


@pytest.mark.parametrize(
    "kind", [kind for kind in document.components() if kind.seen], ids=lambda kind: str(kind.__name__)
)
def test_each_page_has_its_picture(kind: type) -> None:
    picture = Path(DOCS, "images", "components", f"{kind.__name__.lower()}.png")
    assert picture.is_file(), "Run scripts/document --pictures."


@pytest.mark.parametrize("kind", document.components(), ids=lambda kind: str(kind.__name__))
def test_each_argument_is_documented(kind: type[Component]) -> None:
    documented, text = document.arguments(kind), document.description(kind)
    names = [*inspect.signature(kind.__init__).parameters][1:-1]
    assert [*documented] == [name for name in names if name in documented or f"`{name}`" not in text]


def test_the_common_arguments_are_documented() -> None:
    assert [*document.arguments(ComponentOptions)] == [*ComponentOptions.__annotations__]
