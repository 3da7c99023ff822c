"""Radio: one of a few choices, all in sight."""

from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidemo import ConfigurationError, InputError, Interface, OutputError, Radio
from tests.visitor import Visitor

SIZES: list[Any] = ["small", ("Rather large", "XL"), ("A dozen", 12)]
ANYTHING = st.text() | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)


def written(value: Any) -> str:
    """Return what a CSV holds of a choice; choices that are written alike cannot be told apart there."""
    return str(Radio([value]).flag(value))


def kind(value: Any) -> tuple[bool, Any]:
    return isinstance(value, bool), value


def test_the_function_gets_the_value_and_the_visitor_sees_the_label() -> None:
    size = Radio(SIZES)
    assert size.choices == [("small", "small"), ("Rather large", "XL"), ("A dozen", 12)]
    assert [size.preprocess(value) for value in ("small", "XL", 12)] == ["small", "XL", 12]


def test_nothing_is_chosen_at_first() -> None:
    assert Radio(SIZES).initial() is None
    assert Radio(SIZES, value="XL").initial() == "XL"


def test_the_function_may_get_the_index() -> None:
    size = Radio(SIZES, type="index")
    assert [size.preprocess(value) for value in ("small", "XL", 12)] == [0, 1, 2]
    assert size.preprocess(None) is None
    assert size.postprocess("XL") == "XL"


@pytest.mark.parametrize("sent", ["Rather large", "large", "", "12", 13, True, ["small"], {"small": 1}])
def test_a_value_that_was_not_offered_is_refused(sent: Any) -> None:
    with pytest.raises(InputError, match=r'^Size must be one of: "small", "XL" \(Rather large\), 12 \(A dozen\)\.$'):
        Radio(SIZES, label="Size").preprocess(sent)


def test_of_many_choices_a_message_names_some() -> None:
    with pytest.raises(InputError, match=r"^Radio must be one of: 0, 1, .*, 19 and 1,980 more\.$"):
        Radio(list(range(2000))).preprocess(-1)
    with pytest.raises(InputError, match=r", 18, 19\.$"):
        Radio(list(range(20))).preprocess(-1)


def test_true_is_not_one() -> None:
    answer = Radio([1, True, 0, False])
    assert [kind(answer.preprocess(value)) for value in (True, 1, False, 0)] == [
        (True, True),
        (False, 1),
        (True, False),
        (False, 0),
    ]
    with pytest.raises(InputError):
        Radio([1, 0]).preprocess(True)


def test_a_browser_may_send_a_whole_float_as_an_integer() -> None:
    number = Radio([0.5, 1.0]).preprocess(1)
    assert isinstance(number, float)


@pytest.mark.parametrize(
    ("returned", "shown"), [(numpy.int64(12), 12), (numpy.str_("XL"), "XL"), (numpy.array("small"), "small")]
)
def test_a_choice_of_numpy_is_shown(returned: Any, shown: Any) -> None:
    assert Radio(SIZES).postprocess(returned) == shown


@pytest.mark.parametrize(
    ("returned", "quoted"), [(["XL"], "['XL']"), (numpy.array([1, 2]), "array([1, 2])"), (1j, "1j")]
)
def test_what_could_be_no_choice_cannot_be_shown(returned: Any, quoted: str) -> None:
    with pytest.raises(OutputError) as caught:
        Radio(SIZES, label="Size").postprocess(returned)
    assert str(caught.value) == f"Size got {quoted}, which is not among its choices."


@pytest.mark.parametrize(("held", "cell"), [("XL", "XL"), (12, 12), (1.0, 1), (True, "True"), (-0.5, -0.5)])
def test_a_flag_holds_the_value(held: Any, cell: Any) -> None:
    written = Radio(["XL", 12, 1.0, True, -0.5]).flag(held)
    assert kind(written) == kind(cell)


def test_a_flag_of_a_choice_that_is_offered_no_longer_can_be_read() -> None:
    assert Radio(["new"]).read_from_flag("old") == "old"


def test_an_empty_cell_is_no_choice_unless_empty_text_is_one() -> None:
    assert Radio(["yes", "no"]).read_from_flag("") is None
    assert Radio(["yes", "no", ""]).read_from_flag("") == ""
    assert Radio(["None", ""]).read_from_flag(None) is None


@given(st.lists(ANYTHING, min_size=1, unique_by=written), st.data())
def test_choices_of_all_types_come_through(choices: list[Any], data: st.DataObject) -> None:
    radio, chosen = Radio(choices), data.draw(st.sampled_from(choices))
    assert kind(radio.postprocess(radio.preprocess(chosen))) == kind(chosen)
    assert kind(radio.read_from_flag(radio.flag(chosen))) == kind(chosen)


def test_choices_whose_labels_alone_are_alike_are_two() -> None:
    assert Radio([("same", 1), ("same", 2)]).preprocess(2) == 2


def test_a_choice_given_twice_is_a_mistake_of_the_author() -> None:
    with pytest.raises(ConfigurationError, match=r"^Radio got a choice twice: \['a', 'b', 'a'\]\.$"):
        Radio(["a", "b", "a"])


@pytest.mark.parametrize("choice", [None, ["a", None], (1, "a"), ("a", "b", "c"), {"a": 1}])
def test_a_choice_of_another_kind_is_a_mistake_of_the_author(choice: Any) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Radio([choice])
    assert str(caught.value) == f"Radio got the choice {choice!r}; expected text, a number, or a (label, value) pair."


def test_an_unknown_type_is_a_mistake_of_the_author() -> None:
    options: dict[str, Any] = {"type": "label"}
    with pytest.raises(ConfigurationError, match=r"^Radio got type='label'; expected 'value' or 'index'\.$"):
        Radio(SIZES, **options)


def test_visitors_write_nothing_here() -> None:
    assert not Radio(SIZES).visitor_writes


def test_a_radio_without_choices_can_be_made() -> None:
    assert Radio().choices == []


def test_choices_may_run_from_right_to_left() -> None:
    def page(**options: Any) -> str:
        return Visitor(Interface(lambda x: x, Radio(SIZES, **options), "text")).http.get("/").text

    assert 'role="radiogroup" dir="rtl"' in page(rtl=True)
    assert 'dir="rtl"' not in page()
