"""Examples of JSON."""

from hypothesis import strategies as st

from minidemo import JSON
from tests.components.examples.example import FLOATS, TEXT, Example

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | FLOATS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)

EXAMPLES = {
    JSON: [
        Example(
            name="JSON",
            make=JSON,
            # Text that begins like a list or an object is one that a function returned, and is parsed.
            wire=TREES.filter(lambda tree: tree is not None and str(tree).lstrip()[:1] not in ("[", "{"))
            | TREES.map(lambda tree: [tree])
            | TREES.map(lambda tree: {"tree": tree}),
        ),
    ],
}
