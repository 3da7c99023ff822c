"""The page about examples tells the truth: its code runs, and its examples can be clicked."""

import re
from typing import Any

import pytest

from minidemo import Interface
from tests.pages import blocks
from tests.visitor import Visitor

FLAGS: list[tuple[tuple[Any, ...], str]] = [
    ((5, "add", 7), "interesting"),
    ((6, "subtract", 1.5), "interesting"),
    ((0, "add", 0), "wrong"),
]
SEEN = [
    ["5, add, 7", "6, subtract, 1.5"],
    ["the old man and the sea", "to the lighthouse"],
    ["5, 7", "6"],
    ["one.txt", "two.txt"],
    ["5, add, 3", "4, subtract, 2"],
    [],
    ["5, add, 7", "6, subtract, 1.5"],
    ["Hemingway", "Woolf"],
    ["to the lighthouse"],
]
"""What the examples of the page's demos are called, one demo after the other."""


def test_the_page_about_examples(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    seen = iter(SEEN)
    for block in blocks("examples.md"):
        if block.language == "output":
            assert capsys.readouterr().out == block.text
            continue
        exec(block.text.replace("demo.launch()\n", ""), names)
        if "demo.launch()" in block.text:
            assert visit(names["demo"]) == next(seen)
    assert not [*seen]


def visit(demo: Interface) -> list[str]:
    """Click every example, or where there is none flag some results; return what the examples are called."""
    visitor = Visitor(demo)
    found = re.findall(r'aria-label="Example \d+: ([^"]*)"', visitor.http.get("/").text)
    for index in range(len(found)):
        assert visitor.example(index).status_code == 200
        assert visitor.show(index).status_code == 200
    for data, reason in FLAGS if not found else ():
        assert visitor.flag(visitor.predict(*data).json()["run"], reason).status_code == 201
    return found
