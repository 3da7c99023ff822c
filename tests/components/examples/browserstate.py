"""Examples of BrowserState."""

from minidemo import BrowserState
from tests.components.examples.example import Example
from tests.components.examples.json import TREES

EXAMPLES = {
    BrowserState: [
        Example(
            name="BrowserState",
            make=BrowserState,
            wire=TREES.filter(lambda tree: tree is not None),
            flagged=False,
        ),
    ],
}
