"""Finding a component by the name that a script uses for it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from minidemo import components
from minidemo.components.base import Component
from minidemo.errors import ConfigurationError, did_you_mean

OTHER_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("char", "input", "output", "str", "string"), "text"),
    **dict.fromkeys(("double", "float", "int", "integer", "num", "numeric"), "number"),
    **dict.fromkeys(("boolean", "toggle"), "checkbox"),
    **dict.fromkeys(("img", "jpg", "photo", "picture", "png"), "image"),
    **dict.fromkeys(("mp3", "sound", "speech", "voice", "wav"), "audio"),
    **dict.fromkeys(("csv", "frame", "table"), "dataframe"),
    **dict.fromkeys(("dict", "object"), "json"),
    **dict.fromkeys(("choice", "enum", "select"), "dropdown"),
    **dict.fromkeys(("colour", "color"), "colorpicker"),
    **dict.fromkeys(("date", "time"), "datetime"),
    **dict.fromkeys(("range",), "slider"),
    **dict.fromkeys(("mp4", "movie"), "video"),
}
"""The components of words that scripts write by mistake."""


def resolve(spec: object) -> Component:
    """Return the component of a name, a class or a component."""
    if isinstance(spec, Component):
        return spec
    if isinstance(spec, type) and issubclass(spec, Component):
        return spec()
    if not isinstance(spec, str):
        raise ConfigurationError(f"A component must be a name such as 'text', or a component, but got {spec!r}.")
    component, options = _find(spec)
    return component(**options)


def shortcuts() -> dict[str, tuple[type[Component], Mapping[str, Any]]]:
    """Return every known name with its component class and arguments.

    Authors' own components are included.
    """
    return _load(components.COMPONENT_MODULES)


def _find(spec: str) -> tuple[type[Component], Mapping[str, Any]]:
    name = spec.lower()
    components_by_name = _load(home for home in components.COMPONENT_MODULES if home.lower() == name)
    if name not in components_by_name:  # a shortcut, or a slip of the pen
        components_by_name = shortcuts()
    if name not in components_by_name:
        near = OTHER_WORDS.get(name)
        hint = f"Did you mean {near!r}?" if near else did_you_mean(spec, components_by_name)
        raise ConfigurationError(f"There is no component {spec!r}. {hint}")
    return components_by_name[name]


def _load(names: Iterable[str]) -> dict[str, tuple[type[Component], Mapping[str, Any]]]:
    """Load components, and return the names of all loaded ones.

    An author's component precedes a built-in one of the same name, unless the built-in one is its subclass.
    """
    for name in names:
        getattr(components, name)
    components_by_name: dict[str, tuple[type[Component], Mapping[str, Any]]] = {}
    for component in sorted(_subclasses(Component), key=_is_own):
        own = vars(component).get("shortcuts", {})
        for name, options in {component.name(): {}, **own}.items():
            if name not in components_by_name or not issubclass(component, components_by_name[name][0]):
                components_by_name[name] = (component, options)
    return components_by_name


def _is_own(component: type[Component]) -> bool:
    return not f"{component.__module__}.".startswith(f"{components.__name__}.")


def _subclasses(component: type[Component]) -> Iterator[type[Component]]:
    for subclass in component.__subclasses__():
        if not subclass.__name__.startswith("_"):
            yield subclass
        yield from _subclasses(subclass)
