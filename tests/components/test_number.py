"""Number: a number of any size, with bounds and precision."""

import math
import shutil
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy
import pytest

from minidemo import ConfigurationError, InputError, Interface, Number, OutputError
from tests.visitor import Visitor

GOOGOL = 10**100


class Size(IntEnum):
    SMALL = 3


@pytest.mark.parametrize(
    ("sent", "given"),
    [
        (5, 5),
        (5.0, 5.0),
        (1.5, 1.5),
        (2**53 + 1, 2**53 + 1),
        ("9007199254740993", 9007199254740993),
        (str(GOOGOL), GOOGOL),
        ("+7", 7),
        ("0012", 12),
        (" 12\n", 12),
        ("0.1", 0.1),
        ("-.5e3", -500.0),
        ("1e22", 1e22),
        ("Infinity", math.inf),
        ("-Infinity", -math.inf),
    ],
)
def test_the_function_gets_the_number_that_was_sent(sent: Any, given: float) -> None:
    number = Number().preprocess(sent)
    assert number == given
    assert type(number) is type(given)


def test_not_a_number_is_a_number_too() -> None:
    number = Number().preprocess("NaN")
    assert number is not None
    assert math.isnan(number)


def test_an_empty_field_is_no_number() -> None:
    assert Number(minimum=1).preprocess("") is None


@pytest.mark.parametrize(
    "text", ["five", " ", "1_000", "1,5", "١٢", "३.५", "inf", "nan", "1e999", "0x10", "--5", "1 2"]
)
def test_text_that_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"^num2 must be a number, such as 1\.5\.$"):
        Number(label="num2").preprocess(text)


def test_very_long_text_is_refused_rather_than_computed() -> None:
    with pytest.raises(InputError, match=r"^num2 must be a number, such as 1\.5\.$"):
        Number(label="num2").preprocess("9" * 1_000_000)


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (0, "Age must be at least 18."),
        (17.999, "Age must be at least 18."),
        ("-Infinity", "Age must be at least 18."),
        ("NaN", "Age must be at least 18."),
        (99.6, "Age must be at most 99.5."),
        (GOOGOL, "Age must be at most 99.5."),
    ],
)
def test_a_number_outside_the_bounds_is_refused(sent: Any, message: str) -> None:
    age = Number(label="Age", minimum=18.0, maximum=99.5)
    with pytest.raises(InputError) as caught:
        age.preprocess(sent)
    assert str(caught.value) == message


def test_the_bounds_themselves_are_within() -> None:
    age = Number(minimum=18, maximum=99)
    assert [age.preprocess(18), age.preprocess(99)] == [18, 99]


def test_one_bound_is_enough() -> None:
    assert Number(minimum=0).preprocess(GOOGOL) == GOOGOL
    assert Number(maximum=0).preprocess(-GOOGOL) == -GOOGOL


def test_bounds_in_the_wrong_order_are_a_mistake_of_the_author() -> None:
    with pytest.raises(ConfigurationError, match=r"^Number got minimum=5, which is above maximum=1\.$"):
        Number(minimum=5, maximum=1)


def test_equal_bounds_leave_one_number() -> None:
    assert Number(minimum=5, maximum=5).preprocess(5) == 5


@pytest.mark.parametrize(
    ("precision", "sent", "given"),
    [
        (None, 2.675, 2.675),
        (2, 2.718281828, 2.72),
        (2, 7, 7),
        (0, 2.6, 3),
        (0, -0.4, 0),
        (0, 1e300, int(1e300)),
        (-2, 1250.0, 1200.0),
        (-2, 1251, 1300),
        (2, "Infinity", math.inf),
    ],
)
def test_precision_rounds_what_the_function_gets_and_returns(precision: int | None, sent: Any, given: float) -> None:
    number = Number(precision=precision)
    assert number.preprocess(sent) == given
    assert type(number.preprocess(sent)) is type(given)
    assert number.postprocess(number.preprocess(sent)) == (sent if given == math.inf else given)


def test_what_is_rounded_into_the_bounds_is_within() -> None:
    assert Number(precision=0, maximum=10).preprocess(10.4) == 10


@pytest.mark.parametrize("sent", ["NaN", "Infinity"])
def test_only_a_finite_number_can_be_an_integer(sent: str) -> None:
    with pytest.raises(InputError, match=r"^Pieces must be a finite number\.$"):
        Number(label="Pieces", precision=0).preprocess(sent)
    with pytest.raises(OutputError, match=r"^Pieces shows a number, but got float (nan|inf)\.$"):
        Number(label="Pieces", precision=0).postprocess(float(sent))


@pytest.mark.parametrize(
    ("returned", "shown"),
    [
        (True, 1),
        (False, 0),
        ("12", 12),
        ("1.5", 1.5),
        (Decimal("0.1"), 0.1),
        (Decimal(GOOGOL), GOOGOL),
        (Size.SMALL, 3),
        (numpy.float64(0.1), 0.1),
        (numpy.float32(0.5), 0.5),
        (numpy.int64(2**62), 2**62),
        (numpy.uint8(255), 255),
        (numpy.bool_(True), 1),
        (numpy.array(1.5), 1.5),
        (numpy.array([[7]]), 7),
        (math.nan, "NaN"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
        (numpy.float64("-inf"), "-Infinity"),
    ],
)
def test_a_number_of_any_kind_is_shown(returned: Any, shown: Any) -> None:
    value = Number().postprocess(returned)
    assert value == shown
    assert not isinstance(value, bool | numpy.generic)


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        ("twelve", "Output shows a number, but got str 'twelve'."),
        ([1], "Output shows a number, but got list [1]."),
        (1j, "Output shows a number, but got complex 1j."),
        (Fraction(1, 3), "Output shows a number, but got Fraction Fraction(1, 3)."),
        (numpy.array([1, 2]), "Output shows a number, but got ndarray array([1, 2])."),
        (int, "Output shows a number, but got type <class 'int'>."),
        (numpy.float64, "Output shows a number, but got type <class 'numpy.float64'>."),
        ("x" * 99, "Output shows a number, but got str '" + "x" * 59 + "."),
    ],
)
def test_what_is_no_number_cannot_be_shown(returned: Any, message: str) -> None:
    with pytest.raises(OutputError) as caught:
        Number(label="Output").postprocess(returned)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("held", "cell"),
    [
        (12, "12"),
        (12.0, "12"),
        (1.50, "1.5"),
        (-0.0, "-0.0"),
        (1e16, "1e+16"),
        (5e-324, "5e-324"),
        (GOOGOL, "1" + "0" * 100),
        ("NaN", "NaN"),
        ("9007199254740993", "9007199254740993"),
    ],
)
def test_a_flag_holds_the_number_as_a_person_writes_it(held: Any, cell: str) -> None:
    assert str(Number().flag(held)) == cell


def test_a_number_is_a_number_in_a_flag_too() -> None:
    assert [type(Number().flag(held)) for held in (12, 12.0, 1.5)] == [int, int, float]


def test_an_integer_that_python_would_not_write_comes_through() -> None:
    number = Number()
    assert number.preprocess("-" + "9" * 5000) == -(10**5000) + 1
    assert number.flag(10**5000) == "1" + "0" * 5000
    assert number.read_from_flag(number.flag(-(10**9000))) == -(10**9000)


def test_a_cell_that_somebody_spoiled_is_named() -> None:
    with pytest.raises(InputError, match=r"^num1 must be a number, such as 1\.5\.$"):
        Number(label="num1").read_from_flag("#REF!")


def test_a_number_has_what_its_widget_needs() -> None:
    assert (Number().step, Number().placeholder, Number().minimum, Number().maximum) == (1, None, None, None)
    number = Number(3, step=0.5, placeholder="How many?", precision=1)
    assert (number.step, number.placeholder, number.initial(), number.precision) == (0.5, "How many?", 3, 1)


def test_bounds_are_numbers_of_any_library() -> None:
    bounds: dict[str, Any] = {"minimum": Decimal("0.5"), "maximum": numpy.int64(3)}
    visitor = Visitor(Interface(lambda x: x, Number(**bounds, label="x"), "number"))
    assert visitor.result(2) == [2]
    assert visitor.predict(0).json()["error"]["message"] == "x must be at least 0.5."
    with pytest.raises(ConfigurationError, match=r"^Number got minimum='0'; expected a number\.$"):
        Number(minimum="0")  # type: ignore[arg-type]  # as scripts have it
    with pytest.raises(ConfigurationError, match=r"^Number got minimum=2, which is above maximum=1\.$"):
        Number(minimum=Decimal(2), maximum=Decimal(1))  # type: ignore[arg-type]  # as scripts have it


@pytest.mark.parametrize(("sent", "word"), [("NaN", "NaN"), ("Infinity", "Infinity"), ("-Infinity", "-Infinity")])
def test_what_json_has_no_word_for_is_written_alike_everywhere(sent: str, word: str) -> None:
    demo = Interface(lambda x: x, Number(label="x"), "number")
    visitor = Visitor(demo)
    for body in (
        f'{{"data": [{sent}]}}',
        f'{{"data": ["{sent}"]}}',
    ):  # as Python's json writes it, and as the page does
        run = visitor.http.post("/predict", content=body, headers={"Content-Type": "application/json"}).json()
        assert run["data"] == [word]
        assert visitor.flag(run["run"]).status_code == 201
    assert Path("flagged/logs.csv").read_text() == f"x,Output\n{word},{word}\n{word},{word}\n"
    assert examples("flagged") == [word, word]
    shutil.rmtree("flagged/.minidemo")
    assert examples("flagged") == [word, word]
    Path("flagged/logs.csv").write_text(f"x\n{float(sent.replace('Infinity', 'inf'))}\n")
    assert examples("flagged") == [word]


def examples(folder: str) -> list[Any]:
    demo = Interface(lambda x: x, Number(label="x"), "number", examples=folder)
    [given] = demo.page.examples.values()
    visitor = Visitor(demo)
    return [visitor.example(i).json()["values"]["0"] for i in range(len(given.rows))]
