"""Brush, Eraser and LayerOptions: the tools of an ImageEditor."""

from typing import Any

import pytest

from minidemo import Brush, ConfigurationError, Eraser, LayerOptions


def painted(brush: Brush) -> list[tuple[str, str, float]]:
    return [(paint.name, paint.color, paint.opacity) for paint in brush.palette]


def test_a_brush_has_a_palette_of_its_own() -> None:
    assert painted(Brush())[0] == ("crimson", "#dc143c", 1.0)
    assert Brush().first == Brush().palette[0]


@pytest.mark.parametrize(
    ("color", "hexadecimal", "opacity"),
    [
        ("#f00", "#ff0000", 1),
        ("#FF000080", "#ff0000", 128 / 255),
        ("rgb(204, 50, 50)", "#cc3232", 1),
        ("rgba(204, 50, 50, 0.5)", "#cc3232", 0.5),
        ("hsl(120, 100%, 50%)", "#00ff00", 1),
        (("red", 0.25), "#ff0000", 0.25),
    ],
)
def test_a_colour_is_one_of_css(color: Any, hexadecimal: str, opacity: float) -> None:
    for brush in (Brush(colors=color), Brush(colors=[color])):
        ((_, found, strength),) = painted(brush)
        assert (found, strength) == (hexadecimal, opacity)


def test_the_default_colour_is_among_those_to_choose_from() -> None:
    assert Brush(colors=["red", "blue"], default_color="blue").first.name == "blue"
    assert [name for name, *_ in painted(Brush(colors=["red"], default_color="blue"))] == ["blue", "red"]
    assert Brush(colors=["red", "blue"], default_color="auto").first.name == "red"


@pytest.mark.parametrize(
    "color", ["no colour", 5, None, ("red", 2), ("red", 0), ("red", "much"), "rgba(1, 2, 3, much)"]
)
def test_what_is_no_colour_is_a_mistake_of_the_author(color: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"^Brush got the color .*; expected one such as '#ff0000' or 'red'"):
        Brush(colors=[color])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"colors": []}, "Brush got colors=[]; expected at least one colour."),
        ({"color_mode": "free"}, "Brush got color_mode='free'; expected 'fixed' or 'defaults'."),
        ({"default_size": 0}, "Brush got default_size=0; expected a number of pixels above 0, or 'auto'."),
        ({"default_size": True}, "Brush got default_size=True; expected a number of pixels above 0, or 'auto'."),
    ],
)
def test_a_brush_that_cannot_be_is_a_mistake_of_the_author(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Brush(**options)
    assert str(caught.value) == message


def test_an_eraser_has_a_size() -> None:
    assert Eraser(20).default_size == 20
    with pytest.raises(ConfigurationError, match=r"^Eraser got default_size='big'; expected a number of pixels"):
        Eraser("big")  # type: ignore[arg-type]  # that is the point


def test_layers_have_names_and_a_limit() -> None:
    assert (LayerOptions().names, LayerOptions().max_count) == ([], None)
    fixed = LayerOptions(allow_additional_layers=False, layers=["Sky", "Sea"])
    assert (fixed.names, fixed.max_count) == (["Sky", "Sea"], 2)
    assert (LayerOptions(layers=["Sky"], disabled=True).names, LayerOptions(disabled=True).max_count) == ([], 1)
