"""The README tells the truth: its demos run as they are, and it is short."""

from typing import Any

import pytest

from tests.components.pictures import encoded, gradient
from tests.pages import DOCS, blocks
from tests.visitor import Visitor

LAUNCH = ".launch()"


@pytest.fixture
def visitors() -> list[Visitor]:
    """Visitors of the demos on the page, in order."""
    made: list[Visitor] = []
    for block in blocks("../README.md", "python"):
        names: dict[str, Any] = {}
        before, _, last = block.text.rstrip().rpartition("\n")
        exec(f"{before}\ndemo = {last.removesuffix(LAUNCH)}", names)
        made.append(Visitor(names["demo"]))
    return made


def test_its_demos_run(visitors: list[Visitor]) -> None:
    greeting, grey = visitors
    assert greeting.result("Ann", 2) == ["Hello Ann. Hello Ann. "]
    [shown] = grey.result(grey.upload(encoded(gradient()), "a.png").json())
    assert grey.download(shown).headers["content-type"].startswith("image/")


def test_empty_fields_are_as_it_says(visitors: list[Visitor]) -> None:
    greeting, grey = visitors
    assert greeting.result("", 1) == ["Hello . "]
    assert (greeting.predict("Ann", None).status_code, grey.predict(None).status_code) == (422, 422)


def test_it_is_short() -> None:
    assert len((DOCS.parent / "README.md").read_text(encoding="utf-8").splitlines()) <= 120
