"""Fields: the inputs and outputs of a function, as its author named them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from minidemo.components.base import Component
from minidemo.components.registry import resolve
from minidemo.parameters import parameters_of
from minidemo.words import Word

Spec: TypeAlias = str | Component | type[Component]
Specs: TypeAlias = Spec | Sequence[Spec] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fields:
    """Components with the names that the API has for them; those of the inputs that are `additional` stand apart."""

    inputs: tuple[Component, ...]
    outputs: tuple[Component, ...]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    additional: tuple[Component, ...] = ()


def fields_of(fn: Callable[..., Any], inputs: Specs, outputs: Specs, additional: Specs) -> Fields:
    """Return the fields that an author asks for; those without a label get one."""
    more = _components(additional)
    components, results = [*_components(inputs), *more], _components(outputs)
    parameters = parameters_of(fn, components)
    names = [Word("output")] if len(results) == 1 else [Word("output_n", n=i) for i in range(len(results))]
    _label(components, parameters)
    _label(results, names)
    return Fields(
        inputs=tuple(components),
        outputs=tuple(results),
        input_names=tuple(parameters),
        output_names=tuple(map(str, names)),
        additional=tuple(more),
    )


def _components(specs: Specs) -> list[Component]:
    if specs is None:
        return []
    return [resolve(spec) for spec in (specs if isinstance(specs, list | tuple) else [specs])]


def _label(components: Sequence[Component], names: Sequence[str]) -> None:
    for component, name in zip(components, names, strict=True):
        component.label = name if component.label is None else component.label
