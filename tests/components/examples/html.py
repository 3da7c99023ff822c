"""Examples of HTML."""

from functools import partial

from minidemo import HTML
from tests.components.examples.example import TEXT, Example

EXAMPLES = {
    HTML: [
        Example(name="HTML", make=HTML, wire=TEXT, wrong=(5, True, ["a"], {"text": "a"})),
        Example(name="HTML in a small box", make=partial(HTML, height=100), wire=TEXT),
    ],
}
