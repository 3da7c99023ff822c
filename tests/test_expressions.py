"""No regular expression takes more than linear time, whatever the text."""

import ast
import re
from pathlib import Path

import pytest

from tests.effort import grows_linearly
from tests.expressions import Expression, calls, expressions, hostile
from tests.sources import Function, last, modules

ROOT = Path(__file__).parents[1]
FROM_AUTHORS = {"minidemo/flagging/redaction.py"}
"""Modules that compile an author's own expressions."""
FOR_AUTHORS = "minidemo/page/on_load.py _IGNORED_TEXT"
"""An expression that reads an author's script alone: what is not closed there is no quoted text."""
EXPRESSIONS = [expression for expression in expressions(ROOT) if expression.place != FOR_AUTHORS]
SIZE = 1_000
"""So many characters, and twice as many, tell a linear expression from others."""


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=lambda expression: str(expression.place))
def test_twice_the_text_is_twice_the_work(expression: Expression) -> None:
    for make in hostile(expression.pattern):
        assert grows_linearly(expression.searched, make, SIZE), f"{expression.pattern.pattern!r}: {make(40)!r}"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\\+u", False),
        (r"\s*x", False),
        (r"/\*.*?\*/", False),
        (r"(?:x\d*\.?\d*)y", False),
        (r"[^a]b", True),
        (r"a(?:b|c)*d(?!e)", True),
    ],
)
def test_an_expression_that_takes_longer_is_found(pattern: str, expected: bool) -> None:
    expression = Expression(place="", pattern=re.compile(pattern), methods=("search",))
    is_linear = all(grows_linearly(expression.searched, make, SIZE) for make in hostile(expression.pattern))
    assert is_linear == expected


def test_every_expression_is_found() -> None:
    """Those of functions would not be, and could be made of a visitor's text."""
    found = {
        str(module.path)
        for module in modules(ROOT)
        for function in ast.walk(module.tree)
        if isinstance(function, Function)
        for call in calls(function)
        if last(call.func) == "compile"
    }
    assert found == FROM_AUTHORS
    assert len(expressions(ROOT)) > 80
