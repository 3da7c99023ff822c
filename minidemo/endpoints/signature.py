"""Names and parameters of functions."""

import inspect
import sys
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeAlias

from minidemo.components.base import Component
from minidemo.context.caching import Cache
from minidemo.context.progress import Progress
from minidemo.context.request import Request
from minidemo.errors import ConfigurationError
from minidemo.utils.failures import Failure, attempt

Special: TypeAlias = Literal["request"] | Progress | Cache
"""An argument that is not sent: the request, a Progress or a Cache."""
_POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def name_of(fn: Callable[..., Any]) -> str:
    """Return the name of a function for messages and titles."""
    if not callable(fn):
        raise ConfigurationError(f"Interface needs a function, but got {fn!r}.")
    name: str = getattr(target_of(fn), "__name__", type(fn).__name__)
    return "demo" if name == "<lambda>" else name


def target_of(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function that a partial one calls, or the function itself."""
    while isinstance(fn, partial):
        fn = fn.func
    return fn


@dataclass(frozen=True, slots=True)
class Specials:
    """Parameters whose arguments are not sent: position, name and kind.

    The position is None for keyword-only parameters.
    """

    parameters: tuple[tuple[int | None, str, Special], ...] = ()

    @property
    def wants_request(self) -> bool:
        """True if a parameter gets the request."""
        return any(special == "request" for _, _, special in self.parameters)

    def arrange(self, values: Sequence[Any], make: Callable[[Special], Any]) -> tuple[list[Any], dict[str, Any]]:
        """Return the function's arguments by position and by name.

        `make` returns the argument of a special parameter.
        """
        arguments, keywords = list(values), dict[str, Any]()
        for place, name, special in self.parameters:
            if place is None or place > len(arguments):  # beyond parameters that were left out
                keywords[name] = make(special)
            else:
                arguments.insert(place, make(special))
        return arguments, keywords


def specials_of(fn: Callable[..., Any]) -> Specials:
    """Return the parameters that get what no visitor sends."""
    hints = hints_of(fn)
    parameters = [
        (place if p.kind in _POSITIONAL else None, p.name, special)
        for place, p in enumerate(_parameters(fn) or ())
        if (special := _special(p, hints)) is not None
    ]
    return Specials(tuple(parameters))


def hints_of(fn: Callable[..., Any], *, annotated: bool = False) -> dict[str, Any]:
    """Return the known types of the parameters, and of `return`.

    With `annotated`, including the metadata of `Annotated`.
    """
    target: Any = target_of(fn)
    if not inspect.isroutine(target) and not inspect.isclass(target):
        target = type(target).__call__
    hints = attempt(typing.get_type_hints, target, include_extras=annotated)  # runs the author's annotations
    if isinstance(hints, Failure):
        hints = attempt(lambda: dict(_single_hints(target, annotated)))
    return {} if isinstance(hints, Failure) else hints


def _single_hints(target: Any, annotated: bool) -> Iterator[tuple[str, Any]]:
    """Yield the types that can be found, one by one: some are imported for type checkers only."""
    for owner in reversed(target.__mro__) if inspect.isclass(target) else [target]:
        module = sys.modules.get(owner.__module__)
        names = getattr(inspect.unwrap(owner), "__globals__", getattr(module, "__dict__", {}))
        for name, hint in getattr(owner, "__annotations__", {}).items():
            single = types.SimpleNamespace(__annotations__={name: hint}, __globals__=names)
            with suppress(Exception):
                yield name, typing.get_type_hints(single, include_extras=annotated)[name]


def visitor_parameters(fn: Callable[..., Any]) -> list[inspect.Parameter] | None:
    """Return the positional parameters of visitors, None if unknown."""
    parameters = _parameters(fn)
    if parameters is None:
        return None
    special = {name for _, name, _ in specials_of(fn).parameters}
    candidates = [p for p in parameters if p.name not in special]
    for parameter in candidates:
        if parameter.kind is parameter.KEYWORD_ONLY and parameter.default is parameter.empty:
            raise ConfigurationError(
                f'Interface "{name_of(fn)}": inputs are handed over by place, but {parameter.name} is only taken by '
                "name. Give it a default, or remove the * before it."
            )
    return [p for p in candidates if p.kind in _POSITIONAL]


def parameters_of(fn: Callable[..., Any], inputs: Sequence[Component]) -> list[str]:
    """Return the parameter's name of each input."""
    name = name_of(fn)
    positional = visitor_parameters(fn)
    if positional is None:
        return [f"input {i}" for i in range(len(inputs))]
    rest = [p.name for p in _parameters(fn) or () if p.kind is p.VAR_POSITIONAL]
    required = [p for p in positional if p.default is p.empty]
    if len(inputs) < len(required) or (len(inputs) > len(positional) and not rest):
        raise ConfigurationError(_mismatch(name, len(required), len(positional), inputs))
    names = [p.name for p in positional] + [f"{rest[0]} {i}" for i in range(len(inputs) - len(positional)) if rest]
    return names[: len(inputs)]


def _parameters(fn: Callable[..., Any]) -> list[inspect.Parameter] | None:
    """Return the parameters of a function, or None for some builtins."""
    try:
        return list(inspect.signature(fn).parameters.values())
    except (TypeError, ValueError):
        return None


def _special(parameter: inspect.Parameter, hints: Mapping[str, Any]) -> Special | None:
    if isinstance(parameter.default, Progress | Cache):
        return parameter.default
    hint = hints.get(parameter.name)
    kinds = {hint, *(typing.get_args(hint) if typing.get_origin(hint) in (types.UnionType, typing.Union) else ())}
    if Request in kinds:
        return "request"
    return Progress() if Progress in kinds else None


def _mismatch(name: str, required: int, most: int, inputs: Sequence[Component]) -> str:
    takes = f"{most} argument{'' if most == 1 else 's'}" if required == most else f"{required} to {most} arguments"
    inputs_given = f"{len(inputs)} input{' was' if len(inputs) == 1 else 's were'} given"
    kinds = f" ({', '.join(type(component).__name__ for component in inputs)})" if inputs else ""
    remedy = "Remove an input or add a parameter." if len(inputs) > most else "Add an input or remove a parameter."
    return f'Interface "{name}": the function takes {takes}, but {inputs_given}{kinds}. {remedy}'
