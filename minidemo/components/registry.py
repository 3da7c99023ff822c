"""Finding a component by the name that a script uses for it."""

from collections.abc import Iterator, Mapping
from typing import Any

from minidemo.components.base import Component
from minidemo.errors import ConfigurationError, did_you_mean


def resolve(spec: object) -> Component:
    """Return the component that a shortcut such as "text", a component class, or a component itself stands for."""
    if isinstance(spec, Component):
        return spec
    if isinstance(spec, type) and issubclass(spec, Component):
        return spec()
    if not isinstance(spec, str):
        raise ConfigurationError(f"A component must be a name such as 'text', or a component, but got {spec!r}.")
    known = shortcuts()
    if spec.lower() not in known:
        raise ConfigurationError(f"There is no component {spec!r}. {did_you_mean(spec, known)}")
    component, options = known[spec.lower()]
    return component(**options)


def shortcuts() -> dict[str, tuple[type[Component], Mapping[str, Any]]]:
    """Return every known name with its component class and arguments; an author's own components are among them."""
    found: dict[str, tuple[type[Component], Mapping[str, Any]]] = {}
    for component in _subclasses(Component):
        found[component.name()] = (component, {})
        own = vars(component).get("shortcuts", {})
        found.update({name: (component, options) for name, options in own.items()})
    return found


def _subclasses(component: type[Component]) -> Iterator[type[Component]]:
    for subclass in component.__subclasses__():
        if not subclass.__name__.startswith("_"):
            yield subclass
        yield from _subclasses(subclass)
