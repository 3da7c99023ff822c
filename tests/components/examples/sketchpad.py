"""Examples of Sketchpad."""

from minidemo import Sketchpad
from tests.components.examples.example import Example
from tests.components.examples.imageeditor import WRONG, drawings

EXAMPLES = {Sketchpad: [Example(name="Sketchpad", make=Sketchpad, wire=drawings(), wrong=WRONG)]}
