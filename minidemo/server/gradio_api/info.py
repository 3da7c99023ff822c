"""GET info: what each public endpoint takes and gives."""

from typing import Any

from fastapi import Request, Response

from minidemo.components.base import Component
from minidemo.endpoints.endpoint import Endpoint
from minidemo.i18n import translate
from minidemo.page.page import Page
from minidemo.server.gradio_api.defaults import NOTHING, default_of, parameter_of
from minidemo.server.gradio_api.endpoints import callable_endpoints
from minidemo.server.gradio_api.handlers import handler
from minidemo.server.gradio_api.python_types import ANYTHING, python_type
from minidemo.server.services import Services
from minidemo.server.wire import responses


@handler
async def info(request: Request, shared: Services) -> Response:
    """Say what the public endpoints take and give."""
    return responses.answer({"named_endpoints": description_of(shared.page), "unnamed_endpoints": {}})


def description_of(page: Page) -> dict[str, dict[str, Any]]:
    """Return what there is to say of each public endpoint, by its name, with a slash before it."""
    public = [offer for offer in callable_endpoints(page) if offer.visibility == "public"]
    return {f"/{offer.name}": _endpoint(page, offer.endpoint) for offer in public}


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
    default = default_of(page, endpoint, i)
    return _value(component, name) | {
        "parameter_name": parameter_of(endpoint, i),
        "parameter_has_default": default is not NOTHING,
        "parameter_default": None if default is NOTHING else default,
        "example_input": None if component.takes_files else component.example(),
    }


def _value(component: Component, name: str) -> dict[str, Any]:
    schema = component.schema()
    anything = not schema.keys() & {"type", "enum", "const", "anyOf"}
    return {
        "label": translate(component.label or name),
        "type": {"type": {}, "description": "any valid json"} if anything else schema,
        "python_type": {
            "type": ANYTHING if anything else python_type(schema),
            "description": schema.get("description", ""),
        },
        "component": component.name().capitalize(),
    }
