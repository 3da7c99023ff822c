"""Examples of Dropdown."""

from functools import partial

from hypothesis import strategies as st

from minidemo import Dropdown
from tests.components.examples.example import CHOICES, FLOATS, TEXT, VALUES, Example

LIKE_OTHERS = st.sampled_from(["1", "True", "-2.5", " 7", "7", '"7"', '"', '"a"', "NaN", "nan", "Infinity", "1e3"])
"""Text that looks like another value."""

EXAMPLES = {
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
            wrong=("green", {"red": 1}, ["red", "green"], [["red"]]),
        ),
        Example(
            name="Dropdown with own text",
            make=partial(Dropdown, CHOICES, allow_custom_value=True),
            wire=st.sampled_from(VALUES) | TEXT.filter(bool) | LIKE_OTHERS | st.integers() | FLOATS,
            wrong=(["red"], {}),
        ),
        Example(
            name="Dropdown of text with own text",
            make=partial(Dropdown, ["red", "1"], allow_custom_value=True),
            wire=TEXT.filter(bool) | LIKE_OTHERS,
            wrong=(True, ["red"], {}),
        ),
    ],
}
