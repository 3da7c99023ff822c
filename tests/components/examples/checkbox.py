"""Examples of Checkbox."""

from hypothesis import strategies as st

from minidemo import Checkbox
from tests.components.examples.example import Example

EXAMPLES = {
    Checkbox: [
        Example(name="Checkbox", make=Checkbox, wire=st.booleans(), wrong=(1, 0, "true", [], {})),
    ],
}
