"""Examples of Number."""

from functools import partial

from hypothesis import strategies as st

from minidemo import Number
from tests.components.examples.example import FLOATS, INTEGERS, NAMED, Example

EXAMPLES = {
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
}
