"""Examples of Button."""

from minidemo import Button
from tests.components.examples.example import TEXT, Example

EXAMPLES = {
    Button: [
        Example(name="Button", make=Button, wire=TEXT, wrong=(5, True, ["a"], {"text": "a"}), flagged=False),
    ],
}
