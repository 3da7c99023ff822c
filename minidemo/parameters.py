"""What a function is called, and what its parameters are."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from minidemo.components.base import Component
from minidemo.errors import ConfigurationError


def name_of(fn: Callable[..., Any]) -> str:
    """Return the name of a function, as a message or a title has it."""
    if not callable(fn):
        raise ConfigurationError(f"Interface needs a function, but got {fn!r}.")
    name: str = getattr(fn, "__name__", type(fn).__name__)
    return "demo" if name == "<lambda>" else name


def parameters_of(fn: Callable[..., Any], inputs: Sequence[Component]) -> list[str]:
    """Return a name for each input: that of the parameter it is handed to."""
    name = name_of(fn)
    try:
        parameters = inspect.signature(fn).parameters.values()
    except (TypeError, ValueError):
        return [f"input {i}" for i in range(len(inputs))]
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    rest = [p.name for p in parameters if p.kind is p.VAR_POSITIONAL]
    required = [p for p in positional if p.default is p.empty]
    if len(inputs) < len(required) or (len(inputs) > len(positional) and not rest):
        raise ConfigurationError(_mismatch(name, len(required), len(positional), inputs))
    names = [p.name for p in positional] + [f"{rest[0]} {i}" for i in range(len(inputs) - len(positional)) if rest]
    return names[: len(inputs)]


def _mismatch(name: str, required: int, most: int, inputs: Sequence[Component]) -> str:
    takes = f"{most} argument{'' if most == 1 else 's'}" if required == most else f"{required} to {most} arguments"
    given = f"{len(inputs)} input{' was' if len(inputs) == 1 else 's were'} given"
    kinds = f" ({', '.join(type(component).__name__ for component in inputs)})" if inputs else ""
    remedy = "Remove an input or add a parameter." if len(inputs) > most else "Add an input or remove a parameter."
    return f'Interface "{name}": the function takes {takes}, but {given}{kinds}. {remedy}'
