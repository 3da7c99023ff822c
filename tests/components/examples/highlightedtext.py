"""Examples of HighlightedText."""

from functools import partial
from typing import Any

from hypothesis import strategies as st

from minidemo import HighlightedText
from tests.components.examples.example import FLOATS, INTEGERS, TEXT, Example


def _pieces(labels: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(st.fixed_dictionaries({"token": TEXT, "class_or_confidence": st.none() | labels}), max_size=5)


EXAMPLES = {
    HighlightedText: [
        Example(
            name="HighlightedText",
            make=HighlightedText,
            wire=_pieces(TEXT),
            wrong=(
                *("text", 5, True, {"token": "a"}, [5], ["ab"], [{}], [{"token": "a"}], [["a", "b"]]),
                [{"token": 5, "class_or_confidence": None}],
                [{"token": "a", "class_or_confidence": True}],
                [{"token": "a", "class_or_confidence": ["b"]}],
            ),
        ),
        Example(
            name="HighlightedText with scores",
            make=partial(HighlightedText, show_legend=True, color_map={"a": "red"}),
            wire=_pieces(FLOATS | INTEGERS),
        ),
    ],
}
