"""Components for the types of a function's parameters and results."""

import collections.abc
import copy
import inspect
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, Union

from minidemo import components
from minidemo.building.typed_components import choice_of, member_of, members_of, path_of
from minidemo.components.base import Component
from minidemo.components.registry import resolve
from minidemo.endpoints.signature import hints_of, name_of, target_of, visitor_parameters
from minidemo.errors import ConfigurationError

COMPONENTS: Mapping[str, Callable[[], Component]] = {
    "builtins.bool": lambda: components.Checkbox(False),
    "builtins.int": lambda: components.Number(precision=0),
    "builtins.float": lambda: components.Number(),
    "builtins.str": lambda: components.Textbox(),
    "builtins.dict": lambda: components.JSON(),
    "builtins.list": lambda: components.JSON(),
    "collections.Mapping": lambda: components.JSON(),
    "collections.Sequence": lambda: components.JSON(),
    "datetime.datetime": lambda: components.DateTime(type="datetime"),
    "pathlib.Path": path_of,
    "PIL.Image": lambda: components.Image(type="pil"),
    "numpy.ndarray": lambda: components.Image(),
    "pandas.DataFrame": lambda: components.Dataframe(type="pandas"),
    "polars.DataFrame": lambda: components.Dataframe(type="polars"),
    "matplotlib.Figure": lambda: components.Plot(),
    "plotly.Figure": lambda: components.Plot(),
    "altair.Chart": lambda: components.Plot(),
}
"""The component for each type, by its package and name; neither is loaded before a function has the type."""
SUPPORTED_TYPES = (
    "bool, int, float, str, Literal, Enum, list of these two, datetime, Path, dict, list, PIL.Image.Image, "
    "numpy.ndarray, and the DataFrame of pandas and polars"
)
_UNIONS = (Union, types.UnionType)
_STREAMS = (
    collections.abc.Iterator,
    collections.abc.Iterable,
    collections.abc.Generator,
    collections.abc.AsyncIterator,
    collections.abc.AsyncIterable,
    collections.abc.AsyncGenerator,
)
_NO_HINT = inspect.Parameter.empty


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedInput:
    """A component for a parameter; `required` if it needs a value."""

    component: Component
    required: bool


def inputs_of(fn: Callable[..., Any], *, leave: int = 0) -> list[TypedInput]:
    """Return an input for each parameter but the last few to `leave`.

    There is none at all if there are no types, and every parameter has a default. An untyped parameter whose name
    begins with `_` gets None: its input is an invisible state.
    """
    hints, parameters = hints_of(fn, annotated=True), visitor_parameters(fn) or []
    parameters = parameters[: max(len(parameters) - leave, 0)]
    if not any(p.name in hints or p.default is p.empty for p in parameters):
        return []
    return [_input(fn, p, hints.get(p.name, _NO_HINT)) for p in parameters]


def required_parameters(fn: Callable[..., Any]) -> list[bool]:
    """Return, for each parameter, True if it has a type without None."""
    hints = hints_of(fn, annotated=True)
    return [p.name in hints and _excludes_none(p, hints[p.name]) for p in visitor_parameters(fn) or []]


def outputs_of(fn: Callable[..., Any]) -> tuple[list[Component], list[str] | None]:
    """Return the components of the return type, and their names."""
    hint = hints_of(fn, annotated=True).get("return", _NO_HINT)
    if hint is _NO_HINT:
        nothing = (
            "nothing says what the function returns. Write its type, such as -> str (or -> None, if nothing is to be "
            "shown)"
        )
        written = getattr(target_of(fn), "__annotations__", {}).get("return")
        raise _missing_type(fn, written, nothing, part="the result", argument="outputs")
    if typing.get_origin(hint) in _STREAMS and typing.get_args(hint):
        hint = typing.get_args(hint)[0]
    if hint in (None, types.NoneType):
        return [], None
    names = list(getattr(hint, "_fields", ())) or None
    return [_output(fn, part) for part in _parts(hint)], names


def _input(fn: Callable[..., Any], parameter: inspect.Parameter, hint: Any) -> TypedInput:
    default = None if parameter.default is parameter.empty else parameter.default
    if hint is _NO_HINT and default is not None:
        hint = type(default)
    if hint is _NO_HINT and parameter.name.startswith("_"):
        return TypedInput(component=components.State(), required=False)
    if hint is _NO_HINT:
        name, written = parameter.name, None if parameter.annotation is parameter.empty else parameter.annotation
        nothing = f"nothing says what the parameter {name} is. Write its type, such as {name}: str"
        raise _missing_type(fn, written, nothing, part=f"the parameter {name}", argument="inputs")
    annotated = _annotated_component(hint)
    component = annotated or _component(hint)
    if component is None:
        raise ConfigurationError(_unknown_type_message(fn, hint, f"the parameter {parameter.name}"))
    if default is not None and not (annotated and annotated.has_value):
        component.value = default
    return TypedInput(component=component, required=_excludes_none(parameter, hint))


def _excludes_none(parameter: inspect.Parameter, hint: Any) -> bool:
    """Return True if neither the type nor the default of a parameter allows None."""
    alternatives = _alternatives(hint)
    return parameter.default is not None and not any(
        kind in (Any, object, types.NoneType) or isinstance(kind, typing.TypeVar) for kind in alternatives
    )


def _output(fn: Callable[..., Any], hint: Any) -> Component:
    component = _annotated_component(hint) or _component(hint)
    if component is None:
        raise ConfigurationError(_unknown_type_message(fn, hint, "what the function returns"))
    return component


def _parts(hint: Any) -> Sequence[Any]:
    """Return the type of each result of several."""
    if fields := getattr(hint, "_fields", ()):
        hints = hints_of(hint, annotated=True)
        return [hints.get(field, object) for field in fields]
    parts = typing.get_args(hint)
    return parts if typing.get_origin(hint) is tuple and parts and Ellipsis not in parts else [hint]


def _annotated_component(hint: Any) -> Component | None:
    """Return the component of an `Annotated` type, copied for each demo."""
    notes = typing.get_args(hint)[1:] if typing.get_origin(hint) is Annotated else ()
    components = (note for note in notes if isinstance(note, Component) or _is_component(note))
    return next((copy.copy(resolve(note)) for note in components), None)


def _is_component(note: object) -> bool:
    return isinstance(note, type) and issubclass(note, Component)


def _component(hint: Any) -> Component | None:
    """Return a new component for a type, or None."""
    kinds = [kind for kind in _alternatives(hint) if kind is not types.NoneType]
    if set(kinds) == {int, float}:
        return components.Number()
    return _of_kind(kinds[0]) if len(kinds) == 1 else None


def _alternatives(hint: Any) -> list[Any]:
    """Return the alternatives of a type, with aliases resolved."""
    hint = getattr(hint, "__supertype__", getattr(hint, "__value__", hint))
    if typing.get_origin(hint) is Annotated:
        return _alternatives(typing.get_args(hint)[0])
    if typing.get_origin(hint) in _UNIONS:
        return [kind for part in typing.get_args(hint) for kind in _alternatives(part)]
    if typing.get_origin(hint) is Literal and None in typing.get_args(hint):
        return [Literal[tuple(value for value in typing.get_args(hint) if value is not None)], types.NoneType]
    return [hint]


def _of_kind(kind: Any) -> Component | None:
    origin, arguments = typing.get_origin(kind) or kind, typing.get_args(kind)
    if origin is Literal:
        return choice_of(list(arguments))
    if not isinstance(origin, type):
        return None
    if issubclass(origin, Enum):
        return member_of(origin)
    component = _of_list(arguments[0]) if issubclass(origin, Sequence) and len(arguments) == 1 else None
    if component is not None:
        return component
    names = [f"{base.__module__.partition('.')[0]}.{base.__qualname__}" for base in origin.__mro__]
    return next((COMPONENTS[name]() for name in names if name in COMPONENTS), None)


def _of_list(item: Any) -> Component | None:
    """Return the component for a list of choices or paths, else None."""
    if typing.get_origin(item) is Literal:
        return components.CheckboxGroup(list(typing.get_args(item)))
    if isinstance(item, type) and issubclass(item, Enum):
        return members_of(item)
    return path_of("multiple") if item is Path else None


def _missing_type(fn: Callable[..., Any], written: object, nothing: str, *, part: str, argument: str) -> Exception:
    """Return the error for a type that is not written, or that cannot be found."""
    unfound = f"the type {written} of {part} cannot be found while the program runs. Import it outside of TYPE_CHECKING"
    text = nothing if written is None else unfound
    return ConfigurationError(f'Interface "{name_of(fn)}": {text}, or name the {argument}: {argument}=...')


def _unknown_type_message(fn: Callable[..., Any], hint: Any, what: str) -> str:
    type_name = hint.__qualname__ if isinstance(hint, type) else str(hint)
    return (
        f'Interface "{name_of(fn)}": there is no component for the type {type_name} of {what}. '
        f"Known are: {SUPPORTED_TYPES}. "
        f"Name one with Annotated[{type_name}, Textbox()], or in inputs and outputs."
    )
