"""The addresses that Gradio's clients know; what serves them is loaded when the first one comes."""

from importlib import import_module

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.convertors import PathConvertor, register_url_convertor
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

from minidemo.server.wire.responses import AppResponse

CONFIG = "/config"
PLACE = "/{gradio:gradio}"


class Addresses(PathConvertor):
    """The addresses, in the path of a route: to look for all at once is quicker than for one after the other."""

    regex = (
        "config|(?:gradio_api/)?(?:call|run|api)/.+|"
        "gradio_api/(?:info|cancel|reset|upload|queue/.+|heartbeat/.+|file=.*)"
    )


register_url_convertor("gradio", Addresses())


class Lazy:
    """Hands a request on to one of the routers of `minidemo.server.gradio_api.routes`."""

    def __init__(self, name: str) -> None:
        self._name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        found: Router = getattr(import_module("minidemo.server.gradio_api.routes"), self._name)
        scope["path_params"].pop("gradio", None)
        await found(scope, receive, send)


async def _serve(request: Request) -> Response:
    return AppResponse(Lazy("router"))


def add(app: FastAPI) -> None:
    """Let an application serve Gradio's clients, ahead of all else: programs ask more often than people.

    What all of its author's routes depend on is asked of these, too.
    """
    if app.router.dependencies:
        app.add_api_route(PLACE, _serve, methods=["GET", "POST"], response_class=Response, include_in_schema=False)
    else:
        app.router.routes.insert(0, Route(PLACE, Lazy("router"), include_in_schema=False))


anonymous_router = APIRouter(routes=[Route(CONFIG, Lazy("anonymous_router"), include_in_schema=False)])
"""The HTTP API of Gradio's, for its clients and for curl: a thin adapter over page, runner and files."""
