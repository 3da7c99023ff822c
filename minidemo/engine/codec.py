"""Codec: wire values to arguments, and results to outputs."""

import logging
from collections.abc import Sequence
from typing import Any

from minidemo.components.base import Component, Held, HeldValue
from minidemo.components.state import State
from minidemo.context.caching import Cache
from minidemo.context.progress import Progress, fresh
from minidemo.context.request import Request
from minidemo.context.session import Session
from minidemo.context.validation import Validation
from minidemo.endpoints.endpoint import Endpoint
from minidemo.endpoints.signature import Special
from minidemo.engine.results import UNCHANGED, values_of
from minidemo.errors import InputError, StoreFull

logger = logging.getLogger(__name__)


def arrange(endpoint: Endpoint, values: Sequence[Any], request: Request | None) -> tuple[list[Any], dict[str, Any]]:
    """Return the arguments for decoded values, request, progress and cache."""

    def make(special: Special) -> Any:
        if isinstance(special, Cache):
            return special
        return fresh(special) if isinstance(special, Progress) else request or Request()

    return endpoint.specials.arrange(values, make)


def decode(endpoint: Endpoint, data: Sequence[Held], session: Session | None = None) -> list[Any]:
    """Return a value for each input, as the function takes it, or raise `InputError`.

    Args:
        endpoint: The endpoint to call.
        data: One held value for each input.
        session: The visitor's states; without it, states have their initial values.
    """
    named = zip(endpoint.inputs, endpoint.input_names, data, strict=True)
    values = [_decode(endpoint, component, name, value) for component, name, value in named]
    if not endpoint.has_state:
        return values
    states = session or Session()
    pairs = zip(endpoint.inputs, values, strict=True)
    return [states.get(component) if isinstance(component, State) else value for component, value in pairs]


def encode(
    endpoint: Endpoint, result: Any, session: Session | None = None, *, before: Sequence[Held]
) -> tuple[Held, ...]:
    """Return a held value for each output, and keep the states in the session.

    Args:
        endpoint: The endpoint that was called.
        result: The result of its function.
        session: The visitor's states.
        before: The held values before this result, which outputs without a new value keep.

    Raises:
        OutputError: If the number of values, or one of them, does not fit the outputs.
    """
    values = values_of(endpoint, result)
    outputs = tuple(
        old if value is UNCHANGED else value.content if isinstance(value, HeldValue) else component.postprocess(value)
        for component, value, old in zip(endpoint.outputs, values, before, strict=True)
    )
    if endpoint.has_state and session is not None:
        for component, value in zip(endpoint.outputs, values, strict=True):
            if isinstance(component, State) and value is not UNCHANGED:
                session.set(component, value)
    return outputs


def validate(endpoint: Endpoint, positional: list[Any], named: dict[str, Any]) -> None:
    """Call the author's validator; raise `InputError` for a refused value."""
    verdict: Any = endpoint.validator(*positional, **named) if endpoint.validator else None
    per_input = not isinstance(verdict, Validation) and isinstance(verdict, list | tuple)
    for i, each in enumerate(verdict if per_input else [verdict]):
        if isinstance(each, Validation) and not each.is_valid:
            field = endpoint.input_names[i] if per_input or len(positional) == 1 else None
            raise InputError(each.message, field=field)


def fill(endpoint: Endpoint, data: Sequence[Held]) -> Sequence[Held]:
    """Return one value for each input, or raise `InputError`.

    Values of states may be left out.
    """
    if len(data) != len(endpoint.inputs):
        travels = [not component.stays for component in endpoint.inputs]
        if len(data) == sum(travels):
            sent = iter(data)
            return [next(sent) if here else None for here in travels]
        names = ", ".join(endpoint.input_names) or "none"
        raise InputError(f"data must hold {len(endpoint.inputs)} values ({names}), but it holds {len(data)}.")
    return data


def _decode(endpoint: Endpoint, component: Component, name: str, value: Held) -> Any:
    try:
        argument = component.preprocess(value)
    except InputError as error:
        raise InputError(error.message, field=name) from None
    except Exception as error:
        if isinstance(error, StoreFull) or not component.takes_files:
            raise
        logger.exception("%s could not read a file", component.title)
        raise InputError(f"{component.title} could not be read.", field=name) from None  # not the function's mistake
    if name in endpoint.required and (argument is None or component.is_empty(value)):
        raise InputError(f"{component.title} is required.", field=name)
    return argument
