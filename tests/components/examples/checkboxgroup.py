"""Examples of CheckboxGroup."""

from functools import partial

from hypothesis import strategies as st

from minidemo import CheckboxGroup
from tests.components.examples.example import CHOICES, VALUES, Example

_SOME = st.lists(st.booleans(), min_size=len(VALUES), max_size=len(VALUES)).map(
    lambda ticked: [value for value, tick in zip(VALUES, ticked, strict=True) if tick]
)

EXAMPLES = {
    CheckboxGroup: [
        Example(
            name="CheckboxGroup",
            make=partial(CheckboxGroup, CHOICES),
            wire=_SOME,
            wrong=("red", 1, True, "", {"red": 1}, ["green"], ["red", None], [["red"]], ["red", "red"], [1.5]),
        ),
    ],
}
