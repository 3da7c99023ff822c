"""Fields: a function's inputs and outputs, from arguments or type hints."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from inspect import Parameter
from itertools import chain, count, repeat
from typing import Any, TypeAlias

from minidemo.building.type_hints import TypedInput, inputs_of, outputs_of, required_parameters
from minidemo.components.base import Component
from minidemo.components.registry import resolve
from minidemo.components.state import State
from minidemo.endpoints.signature import name_of, parameters_of, visitor_parameters
from minidemo.errors import InputError, OutputError
from minidemo.i18n import Text

Spec: TypeAlias = str | Component | type[Component]
Specs: TypeAlias = Spec | Sequence[Spec] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fields:
    """Components with their names in the API.

    `additional` inputs are in an accordion; `required` names inputs that need a value.
    """

    inputs: tuple[Component, ...]
    outputs: tuple[Component, ...]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    additional: tuple[Component, ...] = ()
    required: frozenset[str] = frozenset()


def fields_of(fn: Callable[..., Any], inputs: Specs, outputs: Specs, additional: Specs) -> Fields:
    """Return the fields of a function, each with a label.

    Without `inputs`, inputs are made from the parameters' types. Without `outputs` as well, outputs are made from the
    return type.
    """
    name_of(fn)  # which refuses what is no function
    more = _as_list(additional)
    typed = inputs_of(fn, leave=len(more)) if inputs is None else []
    components = [
        *(field.component for field in typed),
        *_named_inputs([*_as_list(inputs), *more], (visitor_parameters(fn) or [])[len(typed) :]),
    ]
    results, names = outputs_of(fn) if inputs is None and outputs is None else (_components(outputs), None)
    _share_states(components, results)
    parameters = parameters_of(fn, components)
    names = names or _output_names(results)
    _set_labels(components, parameters)
    _set_labels(results, names)
    return Fields(
        inputs=tuple(components),
        outputs=tuple(results),
        input_names=tuple(parameters),
        output_names=tuple(map(str, names)),
        additional=tuple(components[len(components) - len(more) :]),
        required=frozenset(
            name
            for name, component, by_type in zip(parameters, components, _required_by_type(fn, typed), strict=False)
            if _is_required(component, by_type)
        ),
    )


def _required_by_type(fn: Callable[..., Any], typed: Sequence[TypedInput]) -> Iterator[bool]:
    """Yield, for each input, True if the parameter's type needs a value."""
    return chain((field.required for field in typed), required_parameters(fn)[len(typed) :], repeat(False))


def _is_required(component: Component, by_type: bool) -> bool:
    """Return what the author says, or else the type, of an input that visitors can fill in."""
    can_fill = component.seen and component.visible and component.interactive is not False
    return by_type and can_fill if component.required is None else component.required


def _share_states(inputs: Sequence[Component], results: list[Component]) -> None:
    """Let the first State among the outputs be the first among the inputs, and so on, as Gradio does it."""
    states = [component for component in inputs if isinstance(component, State)]
    places = [i for i, component in enumerate(results) if isinstance(component, State)]
    if len(states) == len(places):
        for i, state in zip(places, states, strict=True):
            results[i] = state


def _output_names(results: Sequence[Component]) -> list[str]:
    """Return a name for each output; invisible ones are not numbered."""
    number = count()
    if sum(component.seen for component in results) <= 1:
        return [Text("output") if component.seen else component.name() for component in results]
    return [Text("output_n", n=next(number)) if component.seen else component.name() for component in results]


def _named_inputs(specs: Sequence[Spec], parameters: Sequence[Parameter]) -> list[Component]:
    """Return the author's inputs, with the parameters' defaults as values."""
    components = _components(specs)
    for spec, component, parameter in zip(specs, components, parameters, strict=False):
        if not isinstance(spec, Component) or not spec.has_value:
            _set_default(component, parameter.default)
    return components


def _set_default(component: Component, default: object) -> None:
    """Set the default of a parameter as value, if it is valid."""
    if not isinstance(default, str | int | float) or component.takes_files:
        return
    try:
        component.preprocess(component.postprocess(default))
    except (InputError, OutputError):
        return
    component.value = default


def _components(specs: Specs) -> list[Component]:
    return [resolve(spec) for spec in _as_list(specs)]


def _as_list(specs: Specs) -> Sequence[Spec]:
    if specs is None:
        return ()
    return specs if isinstance(specs, list | tuple) else [specs]  # type: ignore[list-item]  # a single one, then


def _set_labels(components: Sequence[Component], names: Sequence[str]) -> None:
    for component, name in zip(components, names, strict=True):
        component.label = name if component.label is None else component.label
