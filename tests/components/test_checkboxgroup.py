"""CheckboxGroup: any of a few choices."""

from typing import Any

import pytest

from minidemo import CheckboxGroup, ConfigurationError, InputError, OutputError

FRUIT: list[Any] = ["apple", ("A pear", "pear"), 3, True]


def test_the_function_gets_a_list_of_values() -> None:
    assert CheckboxGroup(FRUIT).preprocess(["pear", True]) == ["pear", True]
    assert CheckboxGroup(FRUIT).preprocess([]) == []
    assert CheckboxGroup(FRUIT).preprocess(None) == []


def test_the_function_may_get_the_indices() -> None:
    fruit = CheckboxGroup(FRUIT, type="index")
    assert fruit.preprocess(["apple", True]) == [0, 3]
    assert fruit.preprocess([]) == []


def test_they_come_in_the_order_of_the_choices() -> None:
    assert CheckboxGroup(FRUIT).preprocess([True, "apple", 3]) == ["apple", 3, True]
    assert CheckboxGroup(FRUIT, type="index").preprocess([True, "apple", 3]) == [0, 2, 3]
    assert CheckboxGroup(FRUIT).postprocess([True, "apple", 3]) == ["apple", 3, True]


def test_one_and_true_are_two_choices() -> None:
    group = CheckboxGroup([1, True, 0, False])
    assert [repr(value) for value in group.preprocess([True, 0])] == ["True", "0"]
    assert [repr(value) for value in group.postprocess([1, False])] == ["1", "False"]


@pytest.mark.parametrize("sent", [["A pear"], ["plum"], ["apple", 1], [["apple"]], [None]])
def test_each_must_have_been_offered(sent: Any) -> None:
    with pytest.raises(InputError, match=r'^Fruit must be one of: "apple", "pear" \(A pear\), 3, true\.$'):
        CheckboxGroup(FRUIT, label="Fruit").preprocess(sent)


@pytest.mark.parametrize("sent", ["apple", 3, {"apple": 1}, True])
def test_they_must_come_as_a_list(sent: Any) -> None:
    with pytest.raises(InputError, match=r"^Fruit must be a list of choices\.$"):
        CheckboxGroup(FRUIT, label="Fruit").preprocess(sent)


def test_none_can_be_ticked_twice() -> None:
    with pytest.raises(InputError, match=r"^Fruit must have each choice once at most\.$"):
        CheckboxGroup(FRUIT, label="Fruit").preprocess(["apple", 3, "apple"])


@pytest.mark.parametrize("returned", [["pear", 3], (3, "pear"), {3, "pear"}, ["pear", "pear", 3]])
def test_the_function_may_tick_several(returned: Any) -> None:
    assert CheckboxGroup(FRUIT).postprocess(returned) == ["pear", 3]


def test_the_function_may_tick_one_or_none() -> None:
    assert CheckboxGroup(FRUIT).postprocess("pear") == ["pear"]
    assert CheckboxGroup(FRUIT).postprocess([]) == []
    assert CheckboxGroup(FRUIT).postprocess(None) == []


@pytest.mark.parametrize("returned", [{"plum": 1}, ["apple", ["plum"]]])
def test_what_could_be_no_choice_cannot_be_shown(returned: Any) -> None:
    with pytest.raises(OutputError, match=r"^Fruit got .*plum.*, which is not among its choices\.$"):
        CheckboxGroup(FRUIT, label="Fruit").postprocess(returned)


def test_the_initial_value_may_be_one_choice() -> None:
    assert CheckboxGroup(FRUIT, value="pear").initial() == ["pear"]
    assert CheckboxGroup(FRUIT).initial() is None


def test_a_flag_is_a_list_in_json() -> None:
    group = CheckboxGroup(['é, "quoted"', 3, True])
    assert group.flag(['é, "quoted"', 3, True]) == '["é, \\"quoted\\"", 3, true]'
    assert group.flag([]) == "[]"


def test_the_api_knows_that_no_choice_comes_twice() -> None:
    schema = CheckboxGroup(["a", "b"]).schema()
    assert schema == {"type": "array", "items": {"enum": ["a", "b"], "type": "string"}, "uniqueItems": True}


def test_visitors_write_nothing_of_their_own() -> None:
    assert not CheckboxGroup(FRUIT).visitor_writes


def test_a_box_for_all_is_there_if_the_author_wants_it() -> None:
    assert not CheckboxGroup(FRUIT).show_select_all
    assert CheckboxGroup(FRUIT, show_select_all=True).show_select_all


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"choices": "cat"}, "CheckboxGroup got choices='cat'; expected a list: ['cat']."),
        ({"choices": ["cat", "cat"]}, "CheckboxGroup got a choice twice: ['cat', 'cat']."),
        ({"type": "values"}, "CheckboxGroup got type='values'; expected 'value' or 'index'."),
    ],
)
def test_what_cannot_be_a_group_is_a_mistake_of_the_author(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        CheckboxGroup(**options)
    assert str(caught.value) == message
