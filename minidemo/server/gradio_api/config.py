"""GET /config: what a client has to know before it calls, and what it is told without a login."""

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
"""The version of Gradio that clients are to expect: below 4.29 they would stop calls in another way."""
APPEARANCE_PROPS = (
    *("visible", "placeholder", "lines", "max_lines", "max_length", "type", "rtl", "text_align"),
    *("minimum", "maximum", "step", "precision", "include_time", "timezone"),
    *("choices", "multiselect", "allow_custom_value", "max_choices", "filterable"),
    *("file_count", "file_types", "min_length", "headers", "datatype", "language", "color_map"),
)
"""The arguments of components that are told, for programs that make a page of their own; files are none of them."""


@handler
async def config(request: Request, shared: Services) -> Response:
    """Say how the demo is called; where it is, the client knows best."""
    offered = callable_endpoints(shared.page)
    ids = _numbered(component for offer in offered for component in (*offer.endpoint.inputs, *offer.endpoint.outputs))
    content = {
        "version": VERSION,
        "protocol": protocol(shared.page),
        "api_prefix": _prefix(request),
        "title": translate(shared.page.title or ""),
        "description": shared.page.description,
        "article": shared.page.article,
        "components": [_component(component, id) for component, id in ids.items()],
        "dependencies": [_dependency(offer, i, ids) for i, offer in enumerate(offered)],
        "enable_queue": True,
        "connect_heartbeat": False,  # it would keep programs in JavaScript from ending
        "max_file_size": shared.limits.file,
        "run_history": False,
        "show_error": True,
        "space_id": None,
        "is_space": False,
        "username": request.scope.get(USER),
    }
    return responses.answer(content)


async def login_config(request: Request) -> Response:
    """Tell a client that it has to log in."""
    shared: Services = request.app.state.minidemo
    detail = {"error": translate(NotLoggedIn().message), "auth_message": shared.message}
    return responses.answer({"detail": detail}, 401)


def _prefix(request: Request) -> str:
    """Return where the other addresses are.

    Older clients for Python begin it at the root of the host, where the demo need not be: they get all of it.
    """
    older = request.headers.get("user-agent", "").startswith("gradio_client/1.")
    return address(request) + PREFIX[1:] if older and request.scope.get("root_path") else PREFIX


def protocol(page: Page) -> str:
    """Return how outputs are told: where any JSON may come, so that an object with a `path` is not taken for a file.

    Clients that are told so leave the stream as soon as nothing is pending, where the others wait to be told.
    """
    outputs = [output for offer in callable_endpoints(page) for output in offer.endpoint.outputs]
    return "sse_v2.1" if any(_is_open(output) for output in outputs) else "sse_v3"


def _is_open(component: Component) -> bool:
    """Tell whether an output may hold objects of the author's own."""
    return not component.schema().keys() & {"type", "enum", "const", "anyOf"}


def _numbered(components: Iterable[Component]) -> dict[Component, int]:
    return {component: i for i, component in enumerate(dict.fromkeys(components))}


def _component(component: Component, id: int) -> dict[str, Any]:
    kind = "state" if component.stays else component.name()
    told = {name: fact for name in APPEARANCE_PROPS if (fact := getattr(component, name, None)) is not None}
    shown = to_jsonable_python(told, fallback=lambda _: None)  # a component of the author's may hold anything
    props = {"label": translate(component.label or ""), "info": translate(component.info or "")} | shown
    return {"id": id, "type": kind, "skip_api": component.stays, "props": props}


def _dependency(offer: NamedEndpoint, id: int, ids: dict[Component, int]) -> dict[str, Any]:
    endpoint = offer.endpoint
    return {
        "id": id,
        "api_name": offer.name,
        "api_visibility": offer.visibility,
        "show_api": offer.visibility == "public",
        "inputs": [ids[component] for component in endpoint.inputs],
        "outputs": [ids[component] for component in endpoint.outputs],
        "queue": True,
        "backend_fn": True,
        "types": {"generator": endpoint.is_generator, "cancel": False},
        "targets": [],
        "cancels": [],
    }
