"""Checkbox: yes or no."""

from typing import Any

import numpy
import pytest

from minidemo import Checkbox, InputError, OutputError
from minidemo.components.registry import resolve


def test_a_checkbox_is_not_ticked_at_first() -> None:
    assert Checkbox().initial() is False
    assert Checkbox(True).initial() is True


@pytest.mark.parametrize("sent", [1, 0, "true", "", []])
def test_only_true_and_false_get_in(sent: Any) -> None:
    with pytest.raises(InputError, match=r"^Agreed must be true or false\.$"):
        Checkbox(label="Agreed").preprocess(sent)


@pytest.mark.parametrize(
    ("returned", "shown"),
    [
        (1, True),
        (0, False),
        ("no", True),
        ("", False),
        ([], False),
        (numpy.bool_(True), True),
        (numpy.array([0]), False),
    ],
)
def test_the_truth_of_anything_is_shown(returned: Any, shown: bool) -> None:
    assert Checkbox().postprocess(returned) is shown


def test_an_array_of_several_values_is_neither_true_nor_false() -> None:
    with pytest.raises(OutputError, match=r"^Agreed shows true or false, but got ndarray array\(\[1, 2\]\)\.$"):
        Checkbox(label="Agreed").postprocess(numpy.array([1, 2]))


def test_a_flag_says_true_or_false() -> None:
    assert Checkbox().flag(True) == "true"
    assert Checkbox().flag(False) == "false"


@pytest.mark.parametrize(("cell", "held"), [("TRUE", True), ("True", True), ("FALSE", False), ("false", False)])
def test_a_flag_that_went_through_a_spreadsheet_is_understood(cell: str, held: bool) -> None:
    assert Checkbox().read_from_flag(cell) is held


def test_visitors_write_nothing_here() -> None:
    assert not Checkbox().visitor_writes


def test_a_checkbox_is_also_called_bool() -> None:
    assert isinstance(resolve("bool"), Checkbox)
