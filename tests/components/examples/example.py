"""What an example is, and the values that several components share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from minidemo import Component


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """How to make a component, the values that its widget sends, and values that it must refuse.

    `flagged` says whether a flag stores the value, unless the author decides.
    """

    name: str
    make: Callable[..., Component]
    wire: SearchStrategy[Any]
    wrong: tuple[Any, ...] = ()
    flagged: bool = True


TEXT = st.text(st.characters())
"""Text with any character, also the halves of characters that a browser can send."""

INTEGERS = st.integers() | st.integers(-(10**400), 10**400)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
NAMED = st.sampled_from(["NaN", "Infinity", "-Infinity"])
"""How numbers are written for which JSON has no word."""

CHOICES: list[Any] = [
    "red",
    ("Deep blue", "#00f"),
    'été, "quoted"\n\'',
    " ",
    1,
    0,
    True,
    False,
    -2.5,
    10**30,
    ("", "x"),
]
VALUES = ["red", "#00f", 'été, "quoted"\n\'', " ", 1, 0, True, False, -2.5, 10**30, "x"]
