"""The addresses that Gradio's clients know; what serves them is loaded when the first one comes."""

from importlib import import_module

from fastapi import APIRouter
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

CONFIG = "/config"
ROOMS = ("info", "cancel", "reset", "upload", "queue/{rest:path}", "heartbeat/{rest:path}", "file={rest:path}")
STEPS = ("call", "run", "api")
PLACES = (
    CONFIG,
    *(f"/gradio_api/{room}" for room in ROOMS),
    *(f"{prefix}/{step}/{{rest:path}}" for prefix in ("", "/gradio_api") for step in STEPS),
)


class Lazy:
    """Hands a request on to one of the routers of `minidemo.server.gradio_api.routes`."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        found: Router = getattr(import_module("minidemo.server.gradio_api.routes"), self._name)
        await found(scope, receive, send)


router = APIRouter(routes=[Route(place, Lazy("router"), include_in_schema=False) for place in PLACES])
door = APIRouter(routes=[Route(CONFIG, Lazy("door"), include_in_schema=False)])
