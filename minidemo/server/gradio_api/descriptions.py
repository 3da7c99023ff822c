"""Descriptions of a page, as Gradio's clients read them."""

from collections.abc import Iterable
from typing import Any

from pydantic_core import to_jsonable_python

from minidemo.components.base import Component
from minidemo.endpoints.endpoint import Endpoint
from minidemo.i18n import translate
from minidemo.page.page import Page
from minidemo.server.gradio_api.defaults import MISSING, default_value, parameter_name
from minidemo.server.gradio_api.endpoints import NamedEndpoint, callable_endpoints
from minidemo.server.gradio_api.python_types import ANYTHING, python_type

VERSION = "6.0.0"
"""Version of Gradio for clients; below 4.29 they cancel calls differently."""
APPEARANCE_PROPS = (
    *("visible", "placeholder", "lines", "max_lines", "max_length", "type", "rtl", "text_align"),
    *("minimum", "maximum", "step", "precision", "include_time", "timezone"),
    *("choices", "multiselect", "allow_custom_value", "max_choices", "filterable"),
    *("file_count", "file_types", "min_length", "headers", "datatype", "language", "color_map"),
)
"""Component arguments for programs that build their own page, without files."""


def configuration_of(page: Page) -> dict[str, Any]:
    """Return the components and endpoints of a page."""
    endpoints = callable_endpoints(page)
    ids = _component_ids(
        component
        for named_endpoint in endpoints
        for component in (*named_endpoint.endpoint.inputs, *named_endpoint.endpoint.outputs)
    )
    return {
        "version": VERSION,
        "protocol": protocol(page),
        "title": translate(page.title or ""),
        "description": page.description,
        "article": page.article,
        "components": [_component(component, id) for component, id in ids.items()],
        "dependencies": [_dependency(named_endpoint, i, ids) for i, named_endpoint in enumerate(endpoints)],
        "enable_queue": True,
        "connect_heartbeat": False,  # it would keep programs in JavaScript from ending
        "run_history": False,
        "show_error": True,
        "space_id": None,
        "is_space": False,
    }


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


def protocol(page: Page) -> str:
    """Return the protocol for the page's outputs.

    With `sse_v2.1`, clients do not take any object with a `path` for a file, and close the stream when no call is
    pending.
    """
    outputs = [output for named_endpoint in callable_endpoints(page) for output in named_endpoint.endpoint.outputs]
    return "sse_v2.1" if any(_allows_any_json(output) for output in outputs) else "sse_v3"


def _allows_any_json(component: Component) -> bool:
    """Tell whether an output can contain any objects."""
    return not component.schema().keys() & {"type", "enum", "const", "anyOf"}


def _component_ids(components: Iterable[Component]) -> dict[Component, int]:
    return {component: i for i, component in enumerate(dict.fromkeys(components))}


def _component(component: Component, id: int) -> dict[str, Any]:
    kind = "state" if component.stays else component.name()
    appearance = {name: fact for name in APPEARANCE_PROPS if (fact := getattr(component, name, None)) is not None}
    json_props = to_jsonable_python(appearance, fallback=lambda _: None)  # custom components can hold anything
    props = {"label": translate(component.label or ""), "info": translate(component.info or "")} | json_props
    return {"id": id, "type": kind, "skip_api": component.stays, "props": props}


def _dependency(named_endpoint: NamedEndpoint, id: int, ids: dict[Component, int]) -> dict[str, Any]:
    endpoint = named_endpoint.endpoint
    return {
        "id": id,
        "api_name": named_endpoint.name,
        "api_visibility": named_endpoint.visibility,
        "show_api": named_endpoint.visibility == "public",
        "inputs": [ids[component] for component in endpoint.inputs],
        "outputs": [ids[component] for component in endpoint.outputs],
        "queue": True,
        "backend_fn": True,
        "types": {"generator": endpoint.is_generator, "cancel": False},
        "targets": [],
        "cancels": [],
    }
