"""GET info: inputs and outputs of the public endpoints."""

from typing import Any

from fastapi import Request, Response

from minidemo.components.base import Component
from minidemo.endpoints.endpoint import Endpoint
from minidemo.i18n import translate
from minidemo.page.page import Page
from minidemo.server.gradio_api.defaults import MISSING, default_value, parameter_name
from minidemo.server.gradio_api.endpoints import callable_endpoints
from minidemo.server.gradio_api.handlers import handler
from minidemo.server.gradio_api.python_types import ANYTHING, python_type
from minidemo.server.services import Services
from minidemo.server.wire import responses


@handler
async def info(request: Request, shared: Services) -> Response:
    """Return the inputs and outputs of the public endpoints."""
    return responses.json_response({"named_endpoints": description_of(shared.page), "unnamed_endpoints": {}})


def description_of(page: Page) -> dict[str, dict[str, Any]]:
    """Return the descriptions of public endpoints, by `/name`."""
    public = [named_endpoint for named_endpoint in callable_endpoints(page) if named_endpoint.visibility == "public"]
    return {f"/{named_endpoint.name}": _endpoint(page, named_endpoint.endpoint) for named_endpoint in public}


def _endpoint(page: Page, endpoint: Endpoint) -> dict[str, Any]:
    inputs, outputs = enumerate(endpoint.inputs), zip(endpoint.outputs, endpoint.output_names, strict=True)
    return {
        "parameters": [_parameter(page, endpoint, i) for i, component in inputs if not component.stays],
        "returns": [
            _value(component, str(component.label or name)) for component, name in outputs if not component.stays
        ],
        "description": endpoint.description or "",
        "api_visibility": "public",
        "show_api": True,
    }


def _parameter(page: Page, endpoint: Endpoint, i: int) -> dict[str, Any]:
    component, name = endpoint.inputs[i], endpoint.input_names[i]
    default = default_value(page, endpoint, i)
    return _value(component, name) | {
        "parameter_name": parameter_name(endpoint, i),
        "parameter_has_default": default is not MISSING,
        "parameter_default": None if default is MISSING else default,
        "example_input": None if component.takes_files else component.example(),
    }


def _value(component: Component, name: str) -> dict[str, Any]:
    schema = component.schema()
    any_json = not schema.keys() & {"type", "enum", "const", "anyOf"}
    return {
        "label": translate(component.label or name),
        "type": {"type": {}, "description": "any valid json"} if any_json else schema,
        "python_type": {
            "type": ANYTHING if any_json else python_type(schema),
            "description": schema.get("description", ""),
        },
        "component": component.name().capitalize(),
    }
