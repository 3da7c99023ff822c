"""Examples of Textbox."""

from functools import partial

from hypothesis import strategies as st

from minidemo import Textbox
from tests.components.examples.example import TEXT, Example

EXAMPLES = {
    Textbox: [
        Example(name="Textbox", make=Textbox, wire=TEXT, wrong=({"text": "a"}, {})),
        Example(name="Textbox with a limit", make=partial(Textbox, max_length=5), wire=st.text(max_size=5)),
    ],
}
