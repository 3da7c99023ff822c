"""Examples of State."""

from hypothesis import strategies as st

from minidemo import State
from tests.components.examples.example import Example

EXAMPLES = {
    State: [
        Example(name="State", make=State, wire=st.none(), flagged=False),
    ],
}
