"""Examples of Dropdown."""

from functools import partial

from hypothesis import strategies as st

from minidemo import Dropdown
from tests.components.examples.example import CHOICES, TEXT, VALUES, Example

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
            wrong=("red", 1, {"red": 1}, ["red", "green"], [["red"]]),
        ),
        Example(
            name="Dropdown with own text",
            make=partial(Dropdown, CHOICES, allow_custom_value=True),
            wire=st.sampled_from(VALUES) | TEXT.filter(lambda text: text and text not in map(str, VALUES)),
            wrong=(7, ["red"], {}),
        ),
    ],
}
