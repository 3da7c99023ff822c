"""Label: a class, or several with their confidences."""

import math
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidemo import InputError, Label, OutputError

ANIMALS = {"cat": 0.2, "dog": 0.7, "fox": 0.1}
SHOWN = {
    "label": "dog",
    "confidences": [
        {"label": "dog", "confidence": 0.7},
        {"label": "cat", "confidence": 0.2},
        {"label": "fox", "confidence": 0.1},
    ],
}


def test_the_classes_are_shown_by_their_confidence() -> None:
    assert Label().postprocess(ANIMALS) == SHOWN


def test_only_the_first_classes_are_shown() -> None:
    assert Label(num_top_classes=2).postprocess(ANIMALS) == {"label": "dog", "confidences": SHOWN["confidences"][:2]}


def test_equal_confidences_keep_their_order() -> None:
    shown = Label().postprocess({"b": 1, "a": 1, "c": 1})
    assert [pair["label"] for pair in shown["confidences"]] == ["b", "a", "c"]


@given(st.lists(st.floats() | st.integers() | st.just(math.nan), min_size=1), st.integers(1, 5))
def test_the_highest_confidences_come_first_and_nan_last(confidences: list[float], most: int) -> None:
    returned = {str(i): confidence for i, confidence in enumerate(confidences)}
    order = [int(pair["label"]) for pair in Label().postprocess(returned)["confidences"]]
    numbers = [i for i in order if confidences[i] == confidences[i]]
    assert sorted(order) == list(range(len(confidences)))
    assert order[: len(numbers)] == numbers == sorted(sorted(numbers), key=lambda i: -confidences[i])
    assert order[len(numbers) :] == sorted(order[len(numbers) :])
    few = Label(num_top_classes=most).postprocess(returned)
    assert few["label"] == few["confidences"][0]["label"]
    assert [int(pair["label"]) for pair in few["confidences"]] == order[:most]


def test_a_confidence_that_is_not_a_number_is_no_heading() -> None:
    returned = {"low": 0.1, "none": math.nan, "high": 0.9}
    assert Label(num_top_classes=1).postprocess(returned) == {
        "label": "high",
        "confidences": [{"label": "high", "confidence": 0.9}],
    }


@pytest.mark.parametrize(("returned", "name"), [("cat", "cat"), (5, "5"), (0.25, "0.25"), (True, "True"), ("", "")])
def test_a_class_alone_is_shown_as_text(returned: Any, name: str) -> None:
    assert Label().postprocess(returned) == {"label": name, "confidences": None}


def test_no_classes_are_no_value() -> None:
    assert Label().postprocess({}) is None


@pytest.mark.parametrize(
    ("confidence", "shown"),
    [(numpy.float32(0.5), 0.5), ("0.5", 0.5), (math.nan, "NaN"), (math.inf, "Infinity"), (True, 1), (10**400, 10**400)],
)
def test_a_confidence_is_a_number_of_any_kind(confidence: Any, shown: Any) -> None:
    assert Label().postprocess({"cat": confidence})["confidences"] == [{"label": "cat", "confidence": shown}]


def test_classes_may_be_numbers() -> None:
    assert Label().postprocess({7: 0.9, 8: 0.1})["label"] == "7"


@pytest.mark.parametrize("confidence", [None, "high", [0.5], numpy.array([1, 2])])
def test_what_is_no_confidence_cannot_be_shown(confidence: Any) -> None:
    with pytest.raises(OutputError) as caught:
        Label(label="Animal").postprocess({"cat": confidence})
    message = f"Animal shows {{label: confidence}}, but got {{'cat': {confidence!r}}}."
    assert str(caught.value) == message


def test_as_an_input_it_hands_on_the_confidences() -> None:
    assert Label().preprocess(SHOWN) == {"dog": 0.7, "cat": 0.2, "fox": 0.1}


@pytest.mark.parametrize(
    "sent", [{"label": "cat"}, {"label": "cat", "confidences": None}, {"label": "cat", "confidences": []}]
)
def test_as_an_input_it_hands_on_the_label_if_that_is_all(sent: Any) -> None:
    assert Label().preprocess(sent) == "cat"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ("cat", "Animal must be an object with a label and its confidences."),
        ({}, "Animal must be an object with a label and its confidences."),
        ({"confidences": 5}, "Animal must be an object with a label and its confidences."),
        ({"confidences": ["cat"]}, "Animal must be an object with a label and its confidences."),
        ({"confidences": [{"label": "cat"}]}, "Animal must be an object with a label and its confidences."),
        ({"label": 5}, "Animal must have text for its labels."),
        ({"confidences": [{"label": 5, "confidence": 1}]}, "Animal must have text for its labels."),
        ({"confidences": [{"label": "cat", "confidence": "high"}]}, "Animal must be a number."),
    ],
)
def test_what_has_no_label_is_refused(sent: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        Label(label="Animal").preprocess(sent)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("returned", "cell"),
    [
        ("cat", "cat"),
        ("", '""'),
        ('"cat"', '"\\"cat\\""'),
        ("{été}", '"{été}"'),
        ("[cat]", "[cat]"),
        ("5", "5"),
        ({"été": 0.5, "cat": math.nan}, '{"été": 0.5, "cat": "NaN"}'),
    ],
)
def test_a_flag_holds_the_label_or_the_confidences_in_json(returned: Any, cell: str) -> None:
    held = Label().postprocess(returned)
    assert Label().flag(held) == cell
    assert Label().read_from_flag(cell) == held


def test_a_flag_keeps_what_was_sent_though_less_is_shown() -> None:
    few = Label(num_top_classes=1)
    assert few.read_from_flag(few.flag(SHOWN)) == SHOWN


def test_a_flag_keeps_a_label_that_came_without_confidences() -> None:
    assert Label().flag({"label": "cat"}) == "cat"


def test_a_label_has_what_its_widget_needs() -> None:
    label = Label(num_top_classes=3, color="#f80", show_heading=False)
    assert (label.num_top_classes, label.color, label.show_heading) == (3, "#f80", False)
    assert Label().show_heading
