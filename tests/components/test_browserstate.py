"""BrowserState: a value in the visitor's browser."""

from minidemo import BrowserState, Interface
from tests.visitor import Visitor


def test_a_program_without_a_value_gets_the_default() -> None:
    visitor = Visitor(Interface(lambda times: times + 1, BrowserState(5), "number"))
    assert visitor.result(None) == [6]
    assert visitor.result(7) == [8]


def test_each_call_gets_a_default_of_its_own() -> None:
    state = BrowserState(["a"])
    state.preprocess(None).append("b")
    assert state.preprocess(None) == ["a"]
    assert BrowserState().preprocess(None) is None
