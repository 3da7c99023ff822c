"""ColorPicker: a colour."""

from typing import Any

import PIL.Image
import pytest

from minidemo import ColorPicker, InputError, OutputError

WAYS = [
    ("#f00", "#ff0000"),
    ("#F00", "#ff0000"),
    ("#f008", "#ff000088"),
    ("#f00f", "#ff0000"),
    ("#FF8000", "#ff8000"),
    ("#ff800080", "#ff800080"),
    ("#ff80ffff", "#ff80ff"),
    (" red ", "#ff0000"),
    ("RebeccaPurple", "#663399"),
    ("transparent", "#00000000"),
    ("rgb(255, 128, 0)", "#ff8000"),
    ("rgb(255 128 0)", "#ff8000"),
    ("rgb(100%, 50%, 0%)", "#ff8000"),
    ("rgb(300, -5, 0)", "#ff0000"),
    ("rgba(147.89, 12.1, 3.2, 1)", "#940c03"),
    ("rgba(255, 128, 0, 0.5)", "#ff800080"),
    ("rgba(255, 128, 0, .5)", "#ff800080"),
    ("rgb(255 128 0 / 50%)", "#ff800080"),
    ("hsl(120, 100%, 50%)", "#00ff00"),
    ("hsl(480deg 100% 50%)", "#00ff00"),
    ("hsla(0, 0%, 100%, 0)", "#ffffff00"),
]
"""How a colour may be written, and how it is handed on."""


@pytest.mark.parametrize(("written", "colour"), WAYS)
def test_a_colour_may_be_written_in_many_ways(written: str, colour: str) -> None:
    assert ColorPicker().preprocess(written) == colour
    assert ColorPicker().postprocess(written) == colour
    assert ColorPicker(written).initial() == colour


def test_a_name_stays_known_when_pillow_has_used_it() -> None:
    PIL.Image.new("RGB", (1, 1), "tomato")
    assert ColorPicker().postprocess("tomato") == "#ff6347"


@pytest.mark.parametrize(
    "sent", ["reddish", "#ff", "#ff00000", "rgb(1, 2)", "rgb(1, 2, 3, 4, 5)", "rgb(a, b, c)", "rgb()"]
)
def test_what_is_no_colour_is_refused(sent: str) -> None:
    with pytest.raises(InputError, match=r"^Ink must be a color such as #2456c9\.$"):
        ColorPicker(label="Ink").preprocess(sent)


@pytest.mark.parametrize("returned", ["reddish", "", 5, (255, 0, 0), b"red"])
def test_what_is_no_colour_cannot_be_shown(returned: Any) -> None:
    with pytest.raises(OutputError) as caught:
        ColorPicker(label="Ink").postprocess(returned)
    assert str(caught.value) == f"Ink shows a colour such as '#2456c9', 'red' or 'rgb(1, 2, 3)', got {returned!r}."


def test_without_a_colour_the_function_gets_none() -> None:
    assert ColorPicker().preprocess(None) is None
    assert ColorPicker().preprocess("") is None
    assert ColorPicker().initial() is None


def test_visitors_write_no_text_of_their_own() -> None:
    assert not ColorPicker().visitor_writes
