"""The page about functions tells the truth: its demos do what it says."""

from typing import Any

from tests.pages import blocks
from tests.visitor import Visitor

CALLS: list[tuple[tuple[Any, ...], list[Any]]] = [
    (("abc",), ["abc"]),
    (("a bc",), [3]),
    ((1, 4), [0.25]),
    (("Ann", 20), ["Welcome, Ann."]),
    (("Ann",), ["Hello Ann from testclient"]),
    (("one",), ["one", None]),
    (("one",), ["ONE"]),
    (("one",), ["one: looked up"]),
    (("one",), ["ONE"]),
    (([1, 2, 3],), [2]),
    (("abc",), [3, "ABC"]),
]
"""What a visitor sends to each demo of docs/functions.md, and gets."""


def test_the_demos_do_what_the_page_says() -> None:
    names: dict[str, Any] = {}
    visitors = []
    for block in blocks("functions.md", "python"):
        exec(block.text.replace("demo.launch()\n", ""), names)
        visitors.append(Visitor(names["demo"]))
    for visitor, (data, outputs) in zip(visitors, CALLS, strict=True):
        assert visitor.result(*data) == outputs
    divide, both, remember = visitors[2], visitors[3], visitors[5]
    assert divide.predict(1, 0).json()["error"]["message"] == "Cannot divide by zero."
    messages = [data["message"] for name, data in divide.events(1, 0.0001) if name == "log"]
    assert messages == ["That is a very small number to divide by."]
    refused = both.predict("Bob", 3).json()["error"]
    assert refused == {"message": "You must be 18 or older.", "field": "age"}
    assert remember.result("two") == ["one, two", None]
