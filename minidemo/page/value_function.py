"""Functions that compute a component's initial value."""

import inspect
from typing import Any

from minidemo.components.base import Component
from minidemo.errors import ConfigurationError


def check_value_function(component: Component) -> None:
    """Raise `ConfigurationError` for a function that cannot be called with the component's `inputs`."""
    function: Any = component.value
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # some builtins have none
        return
    try:
        signature.bind(*component.value_inputs)
    except TypeError as error:
        raise ConfigurationError(
            f"{type(component).__name__} got value={function!r:.80}, which is called for each visitor with "
            f"{len(component.value_inputs)} arguments, but: {error}. Give a function without parameters, such as "
            "lambda: value, or name its inputs."
        ) from None
