"""Results: the value for each output in the result of a function."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any

from minidemo.components.base import Component, HeldValue
from minidemo.components.updates import Update
from minidemo.endpoints.endpoint import Endpoint
from minidemo.errors import OutputError

UNCHANGED = object()
"""Stands for the value of an output that keeps the one before."""
_CONVERSION_ARGUMENTS = {
    *("adjacent_separator", "combine_adjacent", "format", "num_top_classes", "precision", "show_whitespaces"),
    *("subtitles", "watermark"),
}
"""Arguments of components that change how a value is converted."""


def values_of(endpoint: Endpoint, result: Any) -> list[Any]:
    """Return a value, a `HeldValue` or `UNCHANGED` for each output.

    The result is one value, a tuple or list of values, or a dictionary of values by output. A value may be a component
    or an update, whose `value` is taken and converted as its other arguments say.

    Raises:
        OutputError: If the number of values does not fit, or one is for a component that is no output.
    """
    if isinstance(result, Mapping) and result and all(isinstance(key, Component) for key in result):
        values: Sequence[Any] = _by_output(endpoint, result)
    else:
        values = [result] if len(endpoint.outputs) == 1 else multiple(endpoint, result)
    return [_value(endpoint, output, value) for output, value in zip(endpoint.outputs, values, strict=True)]


def multiple(endpoint: Endpoint, result: Any) -> Sequence[Any]:
    """Return one value for each of several outputs; surplus ones are ignored."""
    if not endpoint.outputs:
        return ()
    expected = len(endpoint.outputs)
    got = len(result) if isinstance(result, tuple | list) else 1
    if got > expected:
        endpoint.notify_once(f"the function returned {got} values for {expected} outputs; the last are ignored.")
        return list(result[:expected])
    if got < expected:
        kinds = ", ".join(type(component).__name__ for component in endpoint.outputs)
        raise OutputError(
            f"{endpoint.title}: the function returned {got} {'value' if got == 1 else 'values'}, "
            f"but there are {expected} outputs ({kinds}). Return a tuple with one value for each."
        )
    values: Sequence[Any] = result
    return values


def _by_output(endpoint: Endpoint, result: Mapping[Component, Any]) -> list[Any]:
    """Return the values of a dictionary in the order of the outputs."""
    for component in result:
        if component not in endpoint.outputs:
            raise OutputError(
                f"{endpoint.title}: the function returned a value for {component.title}, which is none of its outputs."
            )
    return [result.get(output, UNCHANGED) for output in endpoint.outputs]


def _value(endpoint: Endpoint, output: Component, result: Any) -> Any:
    """Return the value of a result, component or update, converted if that has arguments for it."""
    if isinstance(result, Component):
        properties, value = result.arguments, result.value
    elif isinstance(result, Update):
        properties, value = frozenset(result.keys() - {"__type__"}), result.get("value")
    else:
        return result
    source = result if isinstance(result, Component) else output
    effective = [name for name in _CONVERSION_ARGUMENTS & properties if hasattr(output, name) and hasattr(source, name)]
    if ignored := sorted(properties.difference({"value"}, effective)):
        endpoint.notify_once(
            f"the function returned more than a value for {output.title}; without effect are {', '.join(ignored)}."
        )
    if "value" not in properties:
        return UNCHANGED
    value = value() if callable(value) else value
    return HeldValue(_with(output, result, effective).postprocess(value)) if effective else value


def _with(output: Component, result: "Component | Update", names: Iterable[str]) -> Component:
    """Return a copy of an output with arguments of a result."""
    source = type(output)(**{name: result[name] for name in names}) if isinstance(result, Update) else result
    changed = copy(output)
    for name in names:
        setattr(changed, name, getattr(source, name))
    return changed
