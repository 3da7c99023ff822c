"""Gradio's other names of components, such as `TextArea`."""

from functools import wraps
from typing import Any

from minidemo import components
from minidemo.components.base import Component


def __getattr__(name: str) -> type[Component]:
    """Return the component of an alias, with its defaults."""
    base: type[Component] = getattr(components, components.COMPONENT_ALIASES.get(name, name))
    arguments = base.shortcuts.get(name.lower())
    return _variant(name, base, arguments) if arguments else base


def _variant(name: str, base: Any, defaults: Any) -> type[Component]:
    """Return a subclass that looks like its base and has other defaults."""

    @wraps(base.__init__)
    def init(self: Component, *positional: Any, **named: Any) -> None:
        base.__init__(self, *positional, **{**defaults, **named})

    members = {"__init__": init, "__module__": components.__name__, "__doc__": base.__doc__, "name": base.name}
    return type(name, (base,), members)
