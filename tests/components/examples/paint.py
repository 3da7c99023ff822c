"""Examples of Paint."""

from minidemo import Paint
from tests.components.examples.example import Example
from tests.components.examples.imageeditor import WRONG, drawings

EXAMPLES = {Paint: [Example(name="Paint", make=Paint, wire=drawings(), wrong=WRONG)]}
