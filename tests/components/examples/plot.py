"""Examples of Plot."""

import json
from typing import Any

from hypothesis import strategies as st

from minidemo import Plot
from minidemo.content.media import Media
from tests.components.examples.example import FLOATS, TEXT, Example
from tests.components.pictures import gradient, uploaded

_VALUES = st.lists(FLOATS | TEXT | st.integers() | st.none(), max_size=4)


def _written(library: str, figure: dict[str, Any]) -> dict[str, str]:
    return {"type": library, "plot": json.dumps(figure)}


def _picture(data: bytes, name: str) -> dict[str, Any]:
    return {"type": "matplotlib", "plot": Media.of_bytes(data, name)}


_PLOTLY = _VALUES.map(lambda values: _written("plotly", {"data": [{"y": values}], "layout": {"title": {"text": "A"}}}))
_BOKEH = _VALUES.map(lambda values: _written("bokeh", {"root_id": "p1", "doc": {"roots": values}}))
_ALTAIR = _VALUES.map(lambda values: _written("altair", {"$schema": "vega-lite", "data": {"values": values}}))
_SVG = TEXT.map(lambda text: _picture(f"<svg>{text}</svg>".encode("utf-8", "replace"), "plot.svg"))
_PNG = st.integers(1, 4).map(lambda width: _picture(uploaded(gradient(width)).read(), "plot.png"))

EXAMPLES = {
    Plot: [
        Example(
            name="Plot",
            make=Plot,
            wire=_PLOTLY | _BOKEH | _ALTAIR,
            wrong=(
                "cat",
                5,
                [],
                {},
                {"type": "plotly"},
                {"type": "plotly", "plot": 5},
                {"type": "plotly", "plot": "NaN"},
                {"type": "plotly", "plot": '{"data": [NaN]}'},
                {"type": "plotly", "plot": "[" * 100_000},
                {"type": "plotly", "plot": "[]"},
                {"type": "altair", "plot": '{"data": []}'},
                {"type": "bokeh", "plot": '{"root_id": "p1", "doc": 5}'},
                {"type": "ggplot", "plot": "{}"},
                {"type": [], "plot": "{}"},
                {"type": "plotly", "plot": '{"data": []}', "more": 1},
            ),
        ),
        Example(
            name="Plot of matplotlib",
            make=Plot,
            wire=_SVG | _PNG,
            wrong=(
                {"type": "matplotlib", "plot": "data:image/png;base64,"},
                {"type": "matplotlib", "plot": Media.of_bytes(b"", "plot.html")},
                Media.of_bytes(b"<svg/>", "plot.svg"),
            ),
        ),
    ],
}
