"""Examples of Slider."""

from functools import partial

from hypothesis import strategies as st

from minidemo import Slider
from tests.components.examples.example import Example

EXAMPLES = {
    Slider: [
        Example(
            name="Slider",
            make=partial(Slider, -10, 10, step=0.25),
            wire=st.integers(-40, 40).map(lambda n: n / 4) | st.integers(-10, 10),
            wrong=("high", 10.25, -11, "NaN", True, [1], {}),
        ),
    ],
}
