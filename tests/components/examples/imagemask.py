"""Examples of ImageMask."""

from minidemo import ImageMask
from tests.components.examples.example import Example
from tests.components.examples.imageeditor import WRONG, drawings

EXAMPLES = {ImageMask: [Example(name="ImageMask", make=ImageMask, wire=drawings(most=1), wrong=WRONG)]}
