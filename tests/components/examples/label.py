"""Examples of Label."""

from typing import Any

from hypothesis import strategies as st

from minidemo import Label
from tests.components.examples.example import FLOATS, TEXT, Example


def _verdict(confidences: dict[str, Any]) -> dict[str, Any]:
    """Return what a Label holds: the classes in order, and the name of the first."""
    pairs = sorted(confidences.items(), key=lambda pair: -pair[1])
    return {"label": pairs[0][0], "confidences": [{"label": name, "confidence": value} for name, value in pairs]}


_CONFIDENCES = st.dictionaries(TEXT, FLOATS | st.integers(), min_size=1, max_size=5)

EXAMPLES = {
    Label: [
        Example(
            name="Label",
            make=Label,
            wire=_CONFIDENCES.map(_verdict),
            wrong=("cat", 5, [], {}, {"label": 5}, {"confidences": [{}]}, {"confidences": True}),
        ),
        Example(
            name="Label without confidences",
            make=Label,
            wire=TEXT.map(lambda text: {"label": text, "confidences": None}),
            wrong=({"confidences": [{"label": "cat", "confidence": "high"}]}, {"label": None, "confidences": None}),
        ),
    ],
}
