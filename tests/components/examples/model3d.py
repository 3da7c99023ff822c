"""Examples of Model3D."""

from hypothesis import strategies as st

from minidemo import Model3D
from minidemo.content.media import Media
from tests.components import models
from tests.components.examples.example import FLOATS, Example


def _uploaded(data: bytes, name: str) -> Media:
    media = Media.of_bytes(data, name)
    media.uploaded = True
    return media


_COLOURS = st.tuples(FLOATS, FLOATS, FLOATS)

EXAMPLES = {
    Model3D: [
        Example(
            name="Model3D",
            make=Model3D,
            wire=_COLOURS.map(models.obj).map(lambda data: _uploaded(data, "cube.obj"))
            | st.sampled_from(sorted(models.MODELS)).map(lambda name: _uploaded(models.MODELS[name], name)),
            wrong=(
                "cube.glb",
                5,
                [],
                {"path": "/etc/passwd"},
                _uploaded(b"", "cube.glb"),
                _uploaded(models.obj(), "cube.glb"),
                _uploaded(models.glb(), "cube"),
                _uploaded(models.glb(), "cube.html"),
            ),
        ),
    ],
}
