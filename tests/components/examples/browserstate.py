"""Examples of BrowserState."""

from typing import Any

from minidemo import BrowserState
from tests.components.examples.example import Example
from tests.components.examples.json import TREES


def _make(value: Any = None, **options: Any) -> BrowserState:
    return BrowserState(value, **options)


EXAMPLES = {
    BrowserState: [
        Example(
            name="BrowserState",
            make=_make,
            wire=TREES.filter(lambda tree: tree is not None),
            flagged=False,
        ),
    ],
}
