"""Examples of ClearButton."""

from minidemo import ClearButton
from tests.components.examples.example import TEXT, Example

EXAMPLES = {
    ClearButton: [
        Example(name="ClearButton", make=ClearButton, wire=TEXT, wrong=(5, True, ["a"], {"text": "a"}), flagged=False),
    ],
}
