"""Fields: the inputs and outputs of a function, as its author named them, or as its types ask for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from inspect import Parameter
from itertools import count
from typing import Any, TypeAlias

from minidemo.building.type_hints import inputs_of, outputs_of
from minidemo.components.base import Component
from minidemo.components.registry import resolve
from minidemo.components.state import State
from minidemo.endpoints.signature import asked_of, name_of, parameters_of
from minidemo.errors import InputError, OutputError
from minidemo.i18n import Word

Spec: TypeAlias = str | Component | type[Component]
Specs: TypeAlias = Spec | Sequence[Spec] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fields:
    """Components with the names that the API has for them.

    The inputs that are `additional` stand apart; for those that are `required` there must be a value.
    """

    inputs: tuple[Component, ...]
    outputs: tuple[Component, ...]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    additional: tuple[Component, ...] = ()
    required: frozenset[str] = frozenset()


def fields_of(fn: Callable[..., Any], inputs: Specs, outputs: Specs, additional: Specs) -> Fields:
    """Return the fields that an author asks for; those without a label get one.

    Inputs that were not named are made from the types of the parameters, and if there were none to name, outputs are
    made from the type of what the function returns.
    """
    name_of(fn)  # which refuses what is no function
    more = _listed(additional)
    made = inputs_of(fn, leave=len(more)) if inputs is None else []
    components = [
        *(field.component for field in made),
        *_named([*_listed(inputs), *more], (asked_of(fn) or [])[len(made) :]),
    ]
    results, names = outputs_of(fn) if inputs is None and outputs is None else (_components(outputs), None)
    _pair(components, results)
    parameters = parameters_of(fn, components)
    names = names or _numbered(results)
    _label(components, parameters)
    _label(results, names)
    return Fields(
        inputs=tuple(components),
        outputs=tuple(results),
        input_names=tuple(parameters),
        output_names=tuple(map(str, names)),
        additional=tuple(components[len(components) - len(more) :]),
        required=frozenset(name for name, field in zip(parameters, made, strict=False) if field.required),
    )


def _pair(inputs: Sequence[Component], results: list[Component]) -> None:
    """Let the first State among the outputs be the first among the inputs, and so on, as Gradio does it."""
    states = [component for component in inputs if isinstance(component, State)]
    places = [i for i, component in enumerate(results) if isinstance(component, State)]
    if len(states) == len(places):
        for i, state in zip(places, states, strict=True):
            results[i] = state


def _numbered(results: Sequence[Component]) -> list[str]:
    """Return a name for each output; what is not seen does not count."""
    number = count()
    if sum(component.seen for component in results) <= 1:
        return [Word("output") if component.seen else component.name() for component in results]
    return [Word("output_n", n=next(number)) if component.seen else component.name() for component in results]


def _named(specs: Sequence[Spec], parameters: Sequence[Parameter]) -> list[Component]:
    """Return the inputs that the author named, with the defaults of the parameters where they have no values."""
    components = _components(specs)
    for spec, component, parameter in zip(specs, components, parameters, strict=False):
        if not isinstance(spec, Component) or not spec.has_value:
            _start(component, parameter.default)
    return components


def _start(component: Component, default: object) -> None:
    """Begin with the default of a parameter, if that is a value which a visitor could send."""
    if not isinstance(default, str | int | float) or component.takes_files:
        return
    try:
        component.preprocess(component.postprocess(default))
    except (InputError, OutputError):
        return
    component.value = default


def _components(specs: Specs) -> list[Component]:
    return [resolve(spec) for spec in _listed(specs)]


def _listed(specs: Specs) -> Sequence[Spec]:
    if specs is None:
        return ()
    return specs if isinstance(specs, list | tuple) else [specs]  # type: ignore[list-item]  # a single one, then


def _label(components: Sequence[Component], names: Sequence[str]) -> None:
    for component, name in zip(components, names, strict=True):
        component.label = name if component.label is None else component.label
