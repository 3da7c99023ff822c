"""GET /config: the configuration for clients, also before a login."""

from collections.abc import Iterable
from typing import Any

from fastapi import Request, Response
from pydantic_core import to_jsonable_python

from minidemo.components.base import Component
from minidemo.errors import NotLoggedIn
from minidemo.i18n import translate
from minidemo.page.page import Page
from minidemo.server.gradio_api.endpoints import NamedEndpoint, callable_endpoints
from minidemo.server.gradio_api.handlers import PREFIX, handler
from minidemo.server.routes.page import address
from minidemo.server.services import USER, Services
from minidemo.server.wire import responses

VERSION = "6.0.0"
"""Version of Gradio for clients; below 4.29 they cancel calls differently."""
APPEARANCE_PROPS = (
    *("visible", "placeholder", "lines", "max_lines", "max_length", "type", "rtl", "text_align"),
    *("minimum", "maximum", "step", "precision", "include_time", "timezone"),
    *("choices", "multiselect", "allow_custom_value", "max_choices", "filterable"),
    *("file_count", "file_types", "min_length", "headers", "datatype", "language", "color_map"),
)
"""Component arguments for programs that build their own page, without files."""


@handler
async def config(request: Request, shared: Services) -> Response:
    """Return the configuration of the demo."""
    endpoints = callable_endpoints(shared.page)
    ids = _component_ids(
        component
        for named_endpoint in endpoints
        for component in (*named_endpoint.endpoint.inputs, *named_endpoint.endpoint.outputs)
    )
    content = {
        "version": VERSION,
        "protocol": protocol(shared.page),
        "api_prefix": _prefix(request),
        "title": translate(shared.page.title or ""),
        "description": shared.page.description,
        "article": shared.page.article,
        "components": [_component(component, id) for component, id in ids.items()],
        "dependencies": [_dependency(named_endpoint, i, ids) for i, named_endpoint in enumerate(endpoints)],
        "enable_queue": True,
        "connect_heartbeat": False,  # it would keep programs in JavaScript from ending
        "max_file_size": shared.limits.file,
        "run_history": False,
        "show_error": True,
        "space_id": None,
        "is_space": False,
        "username": request.scope.get(USER),
    }
    return responses.json_response(content)


async def login_config(request: Request) -> Response:
    """Return the configuration that asks clients to log in."""
    shared: Services = request.app.state.minidemo
    detail = {"error": translate(NotLoggedIn().message), "auth_message": shared.message}
    return responses.json_response({"detail": detail}, 401)


def _prefix(request: Request) -> str:
    """Return the prefix of the other paths.

    Older Python clients resolve it from the root of the host, so for mounted demos they get the absolute URL.
    """
    is_older = request.headers.get("user-agent", "").startswith("gradio_client/1.")
    return address(request) + PREFIX[1:] if is_older and request.scope.get("root_path") else PREFIX


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
