"""One place tells what a number and a count are, so that all arguments are checked alike."""

import math
from collections.abc import Callable
from typing import Any

import pytest

import minidemo as gr
from minidemo.utils.checks import is_count, is_number


@pytest.mark.parametrize("value", [1, -2.5, 0, 10**400])
def test_numbers_are_finite_ones_of_any_size(value: float) -> None:
    assert is_number(value)


@pytest.mark.parametrize("value", [True, "1", None, math.nan, math.inf, -math.inf, 1j, [1]])
def test_nothing_else_is_a_number(value: object) -> None:
    assert not is_number(value)


def test_limits_are_kept() -> None:
    assert is_number(0.1, above=0)
    assert not is_number(0, above=0)
    assert is_number(0, least=0)
    assert not is_number(-0.1, least=0)


def test_counts_are_whole_numbers_from_a_least_one() -> None:
    assert is_count(1)
    assert is_count(0, least=0)
    assert not [value for value in (0, -1, 1.0, True, "1", None, math.inf) if is_count(value)]


TEXT: Any = "2"
MISTAKES: list[tuple[str, Callable[[], object]]] = [
    ("step", lambda: gr.Slider(step=TEXT)),
    ("time_to_live", lambda: gr.State(time_to_live=TEXT)),
    ("columns", lambda: gr.Gallery(columns=TEXT)),
    ("default_size", lambda: gr.Brush(default_size=TEXT)),
    ("time_limit", lambda: gr.Interface(str, "text", "text", time_limit=TEXT)),
    ("stream_every", lambda: gr.Interface(str, "text", "text", live=True, stream_every=TEXT)),
    ("concurrency_limit", lambda: gr.Interface(str, "text", "text", concurrency_limit=TEXT)),
    ("max_batch_size", lambda: gr.Interface(str, "text", "text", batch=True, max_batch_size=TEXT)),
    ("examples_per_page", lambda: gr.Interface(str, "text", "text", examples=["a"], examples_per_page=TEXT)),
    ("flagging_max_mb", lambda: gr.Interface(str, "text", "text", flagging_max_mb=TEXT)),
    ("max_threads", lambda: gr.create_app(gr.Interface(str, "text", "text").page, max_threads=TEXT)),
    ("max_size", lambda: gr.Interface(str, "text", "text").queue(max_size=TEXT)),
]


@pytest.mark.parametrize(("name", "build"), MISTAKES, ids=[name for name, _ in MISTAKES])
def test_text_in_the_place_of_a_number_is_named_and_quoted(name: str, build: Callable[[], object]) -> None:
    with pytest.raises(gr.ConfigurationError, match=f"{name}( is |=)'2'; expected "):
        build()
