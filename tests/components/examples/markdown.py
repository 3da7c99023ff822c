"""Examples of Markdown."""

from functools import partial

from minidemo import Markdown
from tests.components.examples.example import TEXT, Example

EXAMPLES = {
    Markdown: [
        Example(name="Markdown", make=Markdown, wire=TEXT, wrong=(5, True, ["a"], {"text": "a"})),
        Example(name="Markdown with raw HTML", make=partial(Markdown, rtl=True, sanitize_html=False), wire=TEXT),
    ],
}
