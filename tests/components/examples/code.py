"""Examples of Code."""

from functools import partial

from minidemo import Code
from tests.components.examples.example import TEXT, Example

EXAMPLES = {
    Code: [
        Example(name="Code", make=Code, wire=TEXT, wrong=(5, True, ["a"], {"code": "a"})),
        Example(name="Code in Python", make=partial(Code, language="python", lines=2), wire=TEXT),
    ],
}
