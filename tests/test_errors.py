"""Every exception that minidemo raises on purpose."""

import inspect
from functools import partial

import pytest

from minidemo import Error, InputError, Interface, Number, errors
from minidemo.errors import MinidemoError, VisitorError, did_you_mean
from tests.effort import effort

KINDS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, BaseException)]
FOR_VISITORS = [kind for kind in KINDS if issubclass(kind, VisitorError)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_can_be_caught_as_one(kind: type[Exception]) -> None:
    assert issubclass(kind, MinidemoError)
    assert str(kind("What went wrong.")) == "What went wrong."


@pytest.mark.parametrize("kind", FOR_VISITORS)
def test_an_error_for_a_visitor_says_what_and_where(kind: type[VisitorError]) -> None:
    error = kind("num1 must be a number.", field="num1")
    assert (str(error), error.message, error.field) == ("num1 must be a number.", "num1 must be a number.", "num1")
    assert kind("The queue is full.").field is None


def test_an_author_tells_the_visitor_in_own_words() -> None:
    error = Error("Cannot divide by zero.")
    assert error.message == str(error) == "Cannot divide by zero."


def test_an_author_may_leave_the_words_to_us() -> None:
    assert Error().message == str(Error()) == "The demo's function failed."


def test_an_authors_error_is_no_wrong_input() -> None:
    assert not issubclass(Error, VisitorError)
    assert issubclass(InputError, VisitorError)


def test_programs_catch_a_wrong_input_as_the_authors_error() -> None:
    demo = Interface(lambda x: x, Number(minimum=1, label="x"), "number")
    with pytest.raises(Error) as caught:
        demo(0)
    assert (caught.value.message, caught.value.told) == ("x must be at least 1.",) * 2


@pytest.mark.parametrize(
    ("word", "known", "clause"),
    [
        ("sldier", ["slider", "radio"], "Did you mean 'slider'?"),
        ("SLIDER", ["slider", "radio"], "Did you mean 'slider'?"),
        ("rgb", ["RGB", "CMYK"], "Did you mean 'RGB'?"),
        ("tex", ["text", "textbox", "radio"], "Did you mean 'text' or 'textbox'?"),
        ("a", ["ab", "ac", "ad", "ae"], "Did you mean 'ae' or 'ad' or 'ac'?"),
        ("zzz", ["slider", "radio", "radio"], "Known are: radio, slider."),
    ],
)
def test_the_nearest_known_words_are_named(word: str, known: list[str], clause: str) -> None:
    assert did_you_mean(word, known) == clause


def test_a_long_word_is_near_none_and_takes_no_longer() -> None:
    known = ["slider", "radio"]
    assert did_you_mean("slider" * 100_000, known) == "Known are: radio, slider."
    long, short = (effort(partial(did_you_mean, "slide " * size, known)) for size in (100_000, 10))
    assert long < 20 * short
