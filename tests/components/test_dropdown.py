"""Dropdown: one or several of many choices, or text of the visitor's own."""

import math
from functools import partial
from typing import Any

import numpy
import pytest

from minidemo import ConfigurationError, Dropdown, InputError, OutputError
from tests.effort import effort

FRUIT: list[Any] = ["apple", ("A pear", "pear"), 3, True]


def test_the_first_choice_is_chosen_at_first() -> None:
    assert Dropdown(FRUIT).initial() == "apple"
    assert Dropdown([("A pear", "pear")]).initial() == "pear"


def test_an_author_may_leave_it_open() -> None:
    assert Dropdown(FRUIT, value=None).initial() is None


def test_of_several_none_is_chosen_at_first() -> None:
    assert Dropdown(FRUIT, multiselect=True).initial() == []
    assert Dropdown(FRUIT, multiselect=True, value=["pear", 3]).initial() == ["pear", 3]
    assert Dropdown(FRUIT, multiselect=True, value="pear").initial() == ["pear"]


def test_a_dropdown_without_choices_can_be_made() -> None:
    assert Dropdown().initial() is None


def test_the_function_gets_a_value() -> None:
    fruit = Dropdown(FRUIT)
    assert [fruit.preprocess(value) for value in ("pear", 3)] == ["pear", 3]
    assert fruit.preprocess(True) is True
    assert fruit.preprocess(None) is None
    assert fruit.preprocess([]) is None


def test_the_function_may_get_the_index() -> None:
    assert Dropdown(FRUIT, type="index").preprocess(True) == 3
    assert Dropdown(FRUIT, type="index", multiselect=True).preprocess([3, "apple"]) == [2, 0]


def test_of_several_the_function_gets_a_list() -> None:
    fruit = Dropdown(FRUIT, multiselect=True)
    assert fruit.preprocess(["pear", True]) == ["pear", True]
    assert fruit.preprocess([]) == []
    assert fruit.preprocess(None) == []


@pytest.mark.parametrize("sent", ["A pear", "plum", 1, False, ["apple"]])
def test_a_value_that_was_not_offered_is_refused(sent: Any) -> None:
    with pytest.raises(InputError, match=r'^Fruit must be one of: "apple", "pear" \(A pear\), 3, true\.$'):
        Dropdown(FRUIT, label="Fruit").preprocess(sent)


@pytest.mark.parametrize("sent", [["plum"], ["apple", "plum"], [["apple"]], [None]])
def test_each_of_several_must_have_been_offered(sent: Any) -> None:
    with pytest.raises(InputError, match=r'^Fruit must be one of: "apple", "pear" \(A pear\), 3, true\.$'):
        Dropdown(FRUIT, label="Fruit", multiselect=True).preprocess(sent)


def test_several_must_come_as_a_list() -> None:
    with pytest.raises(InputError, match=r"^Fruit must be a list of choices\.$"):
        Dropdown(FRUIT, label="Fruit", multiselect=True).preprocess({"apple": 1})


@pytest.mark.parametrize("sent", ["apple", 3, True])
def test_one_of_several_may_come_alone(sent: Any) -> None:
    assert Dropdown(FRUIT, multiselect=True).preprocess(sent) == [sent]


def test_there_may_be_a_limit_to_several() -> None:
    fruit = Dropdown(FRUIT, label="Fruit", multiselect=True, max_choices=2)
    assert fruit.preprocess(["apple", 3]) == ["apple", 3]
    with pytest.raises(InputError, match=r"^Fruit must have at most 2 choices; 3 are chosen\.$"):
        fruit.preprocess(["apple", 3, "pear"])


def test_visitors_may_write_their_own() -> None:
    fruit = Dropdown(FRUIT, allow_custom_value=True)
    assert fruit.preprocess("plum") == "plum"
    assert fruit.preprocess("pear") == "pear"
    assert fruit.preprocess(3) == 3
    assert fruit.postprocess("quince") == "quince"
    assert fruit.visitor_writes


def test_visitors_may_add_their_own_to_several() -> None:
    fruit = Dropdown(FRUIT, multiselect=True, allow_custom_value=True)
    assert fruit.preprocess(["plum", "pear"]) == ["plum", "pear"]
    assert fruit.read_from_flag(fruit.flag(["plum", "pear"])) == ["plum", "pear"]


def test_programs_may_send_numbers_of_their_own() -> None:
    fruit = Dropdown(FRUIT, allow_custom_value=True)
    assert [fruit.preprocess(5), fruit.postprocess(numpy.float32(0.5)), fruit.postprocess(math.nan)] == [5, 0.5, "NaN"]
    assert [fruit.flag(5), fruit.flag("5"), fruit.flag("plum")] == [5, '"5"', "plum"]
    assert [fruit.read_from_flag("5"), fruit.read_from_flag('"5"'), fruit.read_from_flag('"')] == [5, "5", '"']


def test_a_number_among_choices_of_text_is_text() -> None:
    fruit = Dropdown(["apple", "5"], allow_custom_value=True)
    assert [fruit.preprocess(7), fruit.postprocess(0.5), fruit.flag("7"), fruit.read_from_flag("7")] == [
        "7",
        "0.5",
        "7",
        "7",
    ]


@pytest.mark.parametrize("wrong", [False, ["plum"], None, {}])
def test_nothing_else_is_a_value_of_their_own(wrong: Any) -> None:
    with pytest.raises(InputError, match=r"^Fruit must be one of:"):
        Dropdown(FRUIT, label="Fruit", allow_custom_value=True, multiselect=True).preprocess([wrong])


@pytest.mark.parametrize("wrong", [["plum"], None, {}])
def test_a_result_of_another_kind_is_refused(wrong: Any) -> None:
    with pytest.raises(OutputError, match=r"^Fruit got .*, which is not among its choices\.$"):
        Dropdown(FRUIT, label="Fruit", allow_custom_value=True, multiselect=True).postprocess([wrong])


def test_without_leave_visitors_write_nothing() -> None:
    assert not Dropdown(FRUIT).visitor_writes


def test_own_text_has_no_index() -> None:
    fruit = Dropdown(FRUIT, type="index", allow_custom_value=True)
    assert [fruit.preprocess(value) for value in ("apple", "plum")] == [0, None]


@pytest.mark.parametrize("returned", [["pear", 3], ("pear", 3)])
def test_the_function_may_choose_several(returned: Any) -> None:
    assert Dropdown(FRUIT, multiselect=True).postprocess(returned) == ["pear", 3]


def test_the_function_may_choose_several_in_no_order_or_one_or_none() -> None:
    fruit = Dropdown(FRUIT, multiselect=True)
    assert fruit.postprocess({"pear"}) == ["pear"]
    assert fruit.postprocess("pear") == ["pear"]
    assert fruit.postprocess(None) == []


@pytest.mark.parametrize(("returned", "multiselect"), [(["plum"], False), ([["plum"]], True), ({"plum": 1}, True)])
def test_what_could_be_no_choice_cannot_be_shown(returned: Any, multiselect: bool) -> None:
    with pytest.raises(OutputError, match=r"^Fruit got .*plum.*, which is not among its choices\.$"):
        Dropdown(FRUIT, label="Fruit", multiselect=multiselect).postprocess(returned)


def test_a_flag_of_several_is_a_list_in_json() -> None:
    fruit = Dropdown(['é, "quoted"', 3, True], multiselect=True)
    assert fruit.flag(['é, "quoted"', 3, True]) == '["é, \\"quoted\\"", 3, true]'
    assert fruit.flag([]) == "[]"


def test_a_dropdown_has_what_its_widget_needs() -> None:
    fruit = Dropdown(FRUIT, filterable=False, placeholder="Choose a fruit", max_choices=3)
    assert (fruit.filterable, fruit.placeholder, fruit.max_choices) == (False, "Choose a fruit", 3)
    assert Dropdown(FRUIT).filterable


def test_choices_are_a_list() -> None:
    with pytest.raises(ConfigurationError, match=r"^Dropdown got choices='cat'; expected a list: \['cat'\]\.$"):
        Dropdown("cat")


def test_many_choices_make_many_values_take_no_longer() -> None:
    few, many = (
        effort(partial(Dropdown([*range(count)], multiselect=True).preprocess, [count - 1] * 5_000))
        for count in (2, 2_000)
    )
    assert many < 20 * few
