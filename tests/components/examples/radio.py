"""Examples of Radio."""

from functools import partial

from hypothesis import strategies as st

from minidemo import Radio
from tests.components.examples.example import CHOICES, VALUES, Example

EXAMPLES = {
    Radio: [
        Example(
            name="Radio",
            make=partial(Radio, CHOICES),
            wire=st.sampled_from(VALUES),
            wrong=("green", "", "True", 7, 1.5, ["red"], {"red": 1}),
        ),
    ],
}
