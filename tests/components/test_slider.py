"""Slider: a number between two bounds."""

import math
from decimal import Decimal
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidemo import ConfigurationError, InputError, Interface, OutputError, Slider
from tests.visitor import Visitor


def test_a_plain_slider_goes_from_0_to_100_in_steps_of_1() -> None:
    slider = Slider()
    assert (slider.minimum, slider.maximum, slider.step) == (0, 100, 1)


def test_a_slider_starts_at_its_minimum() -> None:
    assert Slider(5, 10).initial() == 5
    assert Slider(5, 10, 7).initial() == 7
    assert Slider(-10, 10, 0).initial() == 0


@pytest.mark.parametrize(
    ("minimum", "maximum", "step"),
    [(0, 100, 1), (0, 1, 0.01), (0, 10, 0.1), (-1, 1, 0.01), (0, 255, 1), (2, 20, 0.1), (0, 5000, 10), (0, 1e-3, 1e-5)],
)
def test_without_a_step_it_is_a_power_of_ten_near_a_hundredth(minimum: float, maximum: float, step: float) -> None:
    assert Slider(minimum, maximum).step == step


@pytest.mark.parametrize(
    ("sent", "handed"), [(0, 0), (0.3, 0.3), (1, 1), (0.9, 0.9), (0.1 + 0.2, 0.1 + 0.2), ("0.7", 0.7)]
)
def test_a_number_is_handed_on_as_it_is(sent: Any, handed: float) -> None:
    assert Slider(0, 1, step=0.1).preprocess(sent) == handed


@pytest.mark.parametrize("sent", [512, 64, 2048, 64.5])
def test_the_step_is_for_the_handle_alone(sent: float) -> None:
    assert Slider(64, 2048, value=512, step=100).preprocess(sent) == sent


def test_the_page_starts_with_a_value_on_no_step() -> None:
    demo = Interface(lambda x: x, Slider(64, 2048, value=512, step=100), "number")
    assert Visitor(demo).result(512) == [512]
    assert 'data-initial="512"' in Visitor(demo).http.get("/").text


@pytest.mark.parametrize(("precision", "sent", "rounded"), [(0, 2.6, 3), (0, 2, 2), (1, 2.66, 2.7), (None, 2.66, 2.66)])
def test_a_number_may_be_rounded(precision: int | None, sent: float, rounded: float) -> None:
    slider = Slider(0, 10, precision=precision)
    assert (slider.preprocess(sent), slider.postprocess(sent)) == (rounded, rounded)
    assert isinstance(slider.preprocess(sent), int) == isinstance(rounded, int)


@given(st.integers(-1000, 1000), st.integers(1, 1000), st.sampled_from([None, 1, 3, 0.1, 0.25, 7.5]))
def test_a_random_start_is_on_a_step_between_the_bounds(minimum: int, width: int, step: float | None) -> None:
    slider = Slider(minimum, minimum + width, step=step, randomize=True)
    number = slider.initial()
    assert slider.preprocess(number) == number
    steps = (number - minimum) / slider.step
    assert steps == pytest.approx(round(steps), abs=1e-6)


def test_each_page_has_its_own_random_start() -> None:
    visitor = Visitor(Interface(lambda x: x, Slider(0, 10**9, step=1, randomize=True), "number"))
    assert visitor.http.get("/").text != visitor.http.get("/").text


def test_a_random_start_is_not_replaced_by_the_default_of_the_parameter() -> None:
    def fn(x: float = 5) -> float:
        return x

    slider = Slider(0, 10**9, randomize=True)
    assert Interface(fn, slider, "number")(7) == 7
    assert slider.initial() != 5


def test_every_step_of_a_fine_slider_is_within() -> None:
    fine = Slider(0, 1, step=0.001)
    assert [fine.preprocess(n / 1000) for n in range(1001)] == [n / 1000 for n in range(1001)]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (-5.1, "Tone must be at least -5."),
        (6, "Tone must be at most 5."),
        ("NaN", "Tone must be at least -5."),
        ("Infinity", "Tone must be at most 5."),
        ("loud", "Tone must be a number, such as 1.5."),
    ],
)
def test_a_number_outside_the_bounds_is_refused(sent: Any, message: str) -> None:
    tone = Slider(-5.0, 5.0, step=1, label="Tone")
    with pytest.raises(InputError) as caught:
        tone.preprocess(sent)
    assert str(caught.value) == message


@pytest.mark.parametrize(("minimum", "maximum"), [(5, 1), (0, math.inf), (-math.inf, 0), (math.nan, 1)])
def test_bounds_between_which_nothing_lies_are_a_mistake_of_the_author(minimum: float, maximum: float) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Slider(minimum, maximum)
    wrong = f"Slider got minimum={minimum} and maximum={maximum}"
    assert str(caught.value) == f"{wrong}; expected finite numbers, the smaller first."


@pytest.mark.parametrize("step", ["1", math.nan, math.inf])
def test_a_step_that_is_no_number_is_a_mistake_of_the_author(step: Any) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Slider(step=step)
    assert str(caught.value) == f"Slider got step={step!r}; expected a number above 0."


@pytest.mark.parametrize("step", [0, -1])
def test_a_step_that_leads_nowhere_is_replaced_with_a_warning(step: float) -> None:
    with pytest.warns(UserWarning, match=rf"^Slider got step={step}; expected a number above 0\. It moves by 1\.$"):
        assert Slider(step=step).step == 1


def test_a_function_may_show_any_number_on_a_slider() -> None:
    assert Slider(0, 1).postprocess(0.123) == 0.123
    with pytest.raises(OutputError, match=r"^Slider shows a number, but got str 'loud'\.$"):
        Slider(0, 1).postprocess("loud")


def test_a_slider_may_have_one_position() -> None:
    slider = Slider(1, 1)
    assert (slider.initial(), slider.step, slider.preprocess(1)) == (1, 1, 1)
    assert Slider(-2.5, -2.5).preprocess(-2.5) == -2.5
    page = Visitor(Interface(lambda x: x, Slider(1, 1, label="x"), "number")).http.get("/").text
    assert 'min="1" max="1" step="1"' in page


@pytest.mark.parametrize("kind", [Decimal, numpy.int64, numpy.float32, int, float], ids=str)
def test_bounds_are_numbers_of_any_library(kind: Any) -> None:
    visitor = Visitor(Interface(lambda x: x, Slider(kind(0), kind(3), kind(2), step=kind(1), label="x"), "number"))
    assert 'min="0" max="3" step="1"' in visitor.http.get("/").text.replace(".0", "")
    assert visitor.result(2) == [2]
    assert visitor.predict(4).json()["error"]["message"] == "x must be at most 3."


def test_bounds_may_be_as_far_apart_as_numbers_can() -> None:
    slider = Slider(-1e308, 1e308)
    assert slider.preprocess(1e308) == 1e308
    assert slider.preprocess(-1e308) == -1e308


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        (("0", 3), "Slider got minimum='0'"),
        ((0, [3]), "Slider got maximum=[3]"),
        ((None, 3), "Slider got minimum=None"),
    ],
)
def test_bounds_that_are_no_numbers_are_a_mistake_of_the_author(bounds: Any, said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Slider(*bounds)
    assert str(caught.value) == f"{said}; expected a number."


def test_a_callable_may_have_no_value() -> None:
    page = Visitor(Interface(lambda x: x, Slider(2, 10, lambda: None, label="x"), "number")).http.get("/").text
    assert 'value="2"' in page
    assert "None" not in page


@pytest.mark.parametrize(("value", "bound"), [(20, 10), (-0.5, 0), (math.nan, 0)])
def test_a_value_outside_the_bounds_starts_at_the_nearest_with_a_warning(value: float, bound: int) -> None:
    with pytest.warns(
        UserWarning, match=rf"^Slider got value={value}, which is not from 0 to 10\. It starts at {bound}"
    ):
        slider = Slider(0, 10, value)
    assert slider.preprocess(slider.initial()) == bound
