"""Examples of every component, one component a file: how to make it, and which values come over the wire."""

from importlib import import_module
from pkgutil import iter_modules

from minidemo import Component
from tests.components.examples.example import Example as Example

EXAMPLES: dict[type[Component], list[Example]] = {}
for found in iter_modules(__path__, f"{__name__}."):
    EXAMPLES |= getattr(import_module(found.name), "EXAMPLES", {})
