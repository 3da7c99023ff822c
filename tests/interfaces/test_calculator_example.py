"""The calculator of the README is right, whatever a visitor does."""

import re
from typing import Any

import pytest

from examples.calculator import demo
from tests.visitor import Visitor


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ((5, "add", 4), 9),
        ((5, "subtract", 4), 1),
        ((5, "multiply", 4), 20),
        ((5, "divide", 4), 1.25),
        ((5, "divide", 0), {"message": "Cannot divide by zero.", "field": None}),
        ((None, "add", 4), {"message": "num1 is required.", "field": "num1"}),
        ((5, "add", None), {"message": "num2 is required.", "field": "num2"}),
        ((5, None, 4), {"message": "operation is required.", "field": "operation"}),
    ],
)
def test_every_combination(data: tuple[Any, ...], answer: Any) -> None:
    answered = Visitor(demo).predict(*data).json()
    assert answered.get("error", answered.get("data")) == (answer if isinstance(answer, dict) else [answer])


def test_an_operation_is_selected() -> None:
    [checked] = re.findall(r"<input[^>]* checked>", Visitor(demo).http.get("/").text)
    assert '"add"' in checked
