"""Defaults of missing inputs."""

import inspect
from typing import Any

from minidemo.endpoints.endpoint import Endpoint
from minidemo.endpoints.signature import visitor_parameters
from minidemo.page.page import Page

MISSING: Any = object()
"""Marker for a missing value."""


def parameter_name(endpoint: Endpoint, i: int) -> str:
    """Return the name of an input as a Python identifier."""
    return endpoint.input_names[i].replace(" ", "_")


def default_value(page: Page, endpoint: Endpoint, i: int) -> Any:
    """Return the default of an input, or `MISSING` if it is required.

    It is the value on a fresh page, unless that is a file, or else None if the function's own default is None and
    the input may be empty.
    """
    component = endpoint.inputs[i]
    initial = None if component.takes_files else page.initial(component)
    if initial is not None:
        return initial
    parameters = visitor_parameters(endpoint.fn) or []
    default = parameters[i].default if i < len(parameters) else inspect.Parameter.empty
    return None if default is None and endpoint.input_names[i] not in endpoint.required else MISSING
