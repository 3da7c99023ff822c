"""Defaults: what an input is when a program leaves it out."""

import inspect
from typing import Any

from minidemo.endpoints.endpoint import Endpoint
from minidemo.endpoints.signature import visitor_parameters
from minidemo.page.page import Page

NOTHING: Any = object()
"""No value at all, not even None."""


def parameter_of(endpoint: Endpoint, i: int) -> str:
    """Return how programs call an input: like the parameter, or by a name that could be one."""
    return endpoint.input_names[i].replace(" ", "_")


def default_of(page: Page, endpoint: Endpoint, i: int) -> Any:
    """Return the value of an input that was left out, or `NOTHING` if there must be one.

    It is what a fresh page shows, but for files, which a program has to send. What shows nothing may be left out where
    the function's own default is None.
    """
    component = endpoint.inputs[i]
    shown = None if component.takes_files else page.initial(component)
    if shown is not None:
        return shown
    parameters = visitor_parameters(endpoint.fn) or []
    default = parameters[i].default if i < len(parameters) else inspect.Parameter.empty
    return None if default is None else NOTHING
