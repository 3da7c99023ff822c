"""Examples of ColorPicker."""

from hypothesis import strategies as st

from minidemo import ColorPicker
from tests.components.examples.example import Example

_OPAQUE = st.binary(min_size=3, max_size=3)
_CLEAR = st.binary(min_size=4, max_size=4).filter(lambda colour: colour[3] < 255)

EXAMPLES = {
    ColorPicker: [
        Example(
            name="ColorPicker",
            make=ColorPicker,
            wire=(_OPAQUE | _CLEAR).map(lambda colour: f"#{colour.hex()}"),
            wrong=("blu", "#12345", "ff0000", "rgb(1, 2)", "#١٢٣", " ", "#" + "0" * 999, 5, True, ["#ff0000"], {}),
        ),
    ],
}
