"""Examples of every component: how to make it, and which values come over the wire. A new component adds its own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import PIL.Image
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from minidemo import JSON, Checkbox, Component, Dropdown, Image, Label, Number, Radio, Slider, Textbox
from minidemo.media import Media
from tests.components.pictures import uploaded


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """How to make a component, the values that its widget sends, and values that it must refuse."""

    name: str
    make: Callable[..., Component]
    wire: SearchStrategy[Any]
    wrong: tuple[Any, ...] = ()


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

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | FLOATS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@st.composite
def _uploads(draw: st.DrawFn, mode: str = "RGB") -> Media:
    """Draw a small picture with any pixels."""
    width, height = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    size = width * height * len(mode)
    return uploaded(PIL.Image.frombytes(mode, (width, height), draw(st.binary(min_size=size, max_size=size))))


def _verdict(confidences: dict[str, Any]) -> dict[str, Any]:
    """Return what a Label holds: the classes in order, and the name of the first."""
    pairs = sorted(confidences.items(), key=lambda pair: -pair[1])
    return {"label": pairs[0][0], "confidences": [{"label": name, "confidence": value} for name, value in pairs]}


_CONFIDENCES = st.dictionaries(TEXT, FLOATS | st.integers(), min_size=1, max_size=5)

EXAMPLES: dict[type[Component], list[Example]] = {
    Checkbox: [
        Example(name="Checkbox", make=Checkbox, wire=st.booleans(), wrong=(1, 0, "true", [], {})),
    ],
    Dropdown: [
        Example(
            name="Dropdown",
            make=partial(Dropdown, CHOICES),
            wire=st.sampled_from(VALUES),
            wrong=("green", "", "1", 7, -2.4, ["red"], {"red": 1}),
        ),
        Example(
            name="Dropdown of several",
            make=partial(Dropdown, CHOICES, multiselect=True),
            wire=st.lists(st.sampled_from(VALUES), unique_by=lambda value: (type(value), value)),
            wrong=("red", 1, {"red": 1}, ["red", "green"], [["red"]]),
        ),
        Example(
            name="Dropdown with own text",
            make=partial(Dropdown, CHOICES, allow_custom_value=True),
            wire=st.sampled_from(VALUES) | TEXT.filter(lambda text: text and text not in map(str, VALUES)),
            wrong=(7, ["red"], {}),
        ),
    ],
    Image: [
        Example(name="Image", make=Image, wire=_uploads(), wrong=("cat.png", 5, True, [], {"path": "/etc/passwd"})),
        Example(name="Image in Pillow", make=partial(Image, type="pil", image_mode="RGBA"), wire=_uploads("RGBA")),
        Example(name="Image in grey", make=partial(Image, image_mode=None, format="webp"), wire=_uploads("L")),
    ],
    JSON: [
        Example(
            name="JSON",
            make=JSON,
            # Text that begins like a list or an object is one that a function returned, and is parsed.
            wire=TREES.filter(lambda tree: tree is not None and str(tree).lstrip()[:1] not in ("[", "{"))
            | TREES.map(lambda tree: [tree])
            | TREES.map(lambda tree: {"tree": tree}),
        ),
    ],
    Label: [
        Example(
            name="Label",
            make=Label,
            wire=_CONFIDENCES.map(_verdict),
            wrong=("cat", 5, [], {}, {"label": 5}, {"confidences": [{}]}, {"confidences": True}),
        ),
        Example(
            name="Label without confidences",
            make=Label,
            wire=TEXT.map(lambda text: {"label": text, "confidences": None}),
            wrong=({"confidences": [{"label": "cat", "confidence": "high"}]}, {"label": None, "confidences": None}),
        ),
    ],
    Number: [
        Example(
            name="Number",
            make=Number,
            wire=INTEGERS | FLOATS | NAMED,
            wrong=("five", " ", "1_000", "١٢", "inf", "1e999", "0x10", "9" * 20_000, True, [1], {"a": 1}),
        ),
        Example(
            name="Number to two digits",
            make=partial(Number, precision=2),
            wire=INTEGERS | st.integers(-(10**9), 10**9).map(lambda n: round(n / 100, 2)),
        ),
        Example(name="Number between bounds", make=partial(Number, minimum=-1, maximum=1), wire=st.floats(-1, 1)),
    ],
    Radio: [
        Example(
            name="Radio",
            make=partial(Radio, CHOICES),
            wire=st.sampled_from(VALUES),
            wrong=("green", "", "True", 7, 1.5, ["red"], {"red": 1}),
        ),
    ],
    Slider: [
        Example(
            name="Slider",
            make=partial(Slider, -10, 10, step=0.25),
            wire=st.integers(-40, 40).map(lambda n: n / 4) | st.integers(-10, 10),
            wrong=("high", 0.3, 10.25, -11, "NaN", True, [1], {}),
        ),
    ],
    Textbox: [
        Example(name="Textbox", make=Textbox, wire=TEXT, wrong=(5, True, ["a"], {"text": "a"})),
        Example(name="Textbox with a limit", make=partial(Textbox, max_length=5), wire=st.text(max_size=5)),
    ],
}
