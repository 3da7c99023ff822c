"""Mounting: demos inside an application of one's own, or below one of its routers."""

import logging
from typing import Protocol, TypeVar, Unpack

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from minidemo.errors import ConfigurationError, without_inner_frames
from minidemo.page.page import Page
from minidemo.server.app import assemble
from minidemo.server.options import (
    NO_EFFECT_MOUNTED,
    MountArguments,
    MountOptions,
    refuse_unknown,
    without_effect,
)
from minidemo.server.settings import Settings
from minidemo.server.wire.responses import AppResponse

Host = TypeVar("Host", bound=FastAPI | APIRouter)
REST = "minidemo_rest"
logger = logging.getLogger("minidemo")
METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]


class HasPage(Protocol):
    """What has a page to serve, such as an Interface."""

    page: Page


@without_inner_frames
def mount_app(app: Host, demo: HasPage, path: str, **options: Unpack[MountArguments]) -> Host:
    """Serve a demo at a path of an application of yours, and return the application.

    The dependencies of the application, of its routers and of `include_router` apply to the demo, too.

    Args:
        app: FastAPI application, or `APIRouter`.
        demo: Demo to serve.
        path: Path of the demo in the application, such as "/demo".
        options: Settings of the demo, each described at `MountOptions`.
    """
    refuse_unknown("mount_app", options, MountArguments.__annotations__, NO_EFFECT_MOUNTED)
    for sentence in without_effect("mount_app", options, NO_EFFECT_MOUNTED):
        logger.warning(sentence)
    settings: MountOptions = {key: value for key, value in options.items() if key in MountOptions.__annotations__}  # type: ignore[assignment]  # the keys and types of `MountArguments`
    prefix = "/" + path.strip("/")
    if prefix == "/" or "{" in path:
        raise ConfigurationError(f'path is {path!r}; expected the place of the demo in the application, as "/demo".')
    served = MountedApp(assemble(demo.page, Settings(**settings)))

    async def serve(request: Request) -> Response:
        return AppResponse(served)

    # Routes of FastAPI, as it applies dependencies to no others.
    app.add_api_route(prefix, _with_slash, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_api_route(f"{prefix}/{{{REST}:path}}", serve, methods=METHODS, include_in_schema=False)
    return app


def mount_gradio_app(
    app: Host, blocks: HasPage, path: str, *ignored: object, **options: Unpack[MountArguments]
) -> Host:
    """Serve a demo in your application: `mount_app` by Gradio's name.

    Args:
        app: FastAPI application, or `APIRouter`.
        blocks: Demo to serve.
        path: Path of the demo in the application, such as "/demo".
        ignored: Gradio's `server_name` and `server_port`, accepted without effect.
        options: Settings of the demo, each described at `MountOptions`.
    """
    return mount_app(app, blocks, path, **options)


class MountedApp:
    """Hands on a request, with the part of its path that leads to the demo as the root.

    A route rather than a mount, which a router that is included elsewhere would lose. Whether a proxy has taken off the
    application's own root or not, the demo sees a path that begins with its root.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        known = dict(scope["path_params"])
        rest, path, root = known.pop(REST), scope["path"], scope.get("root_path", "")
        if not path.startswith(f"{root}/"):
            path = root + path
        root = path.removesuffix(f"/{rest}")
        await self._app({**scope, "path": path, "root_path": root, "path_params": known}, receive, send)


async def _with_slash(request: Request) -> RedirectResponse:
    """Lead to the address below which all others are; a relative one, for who knows what proxies there are."""
    last = request.scope["path"].rpartition("/")[2]
    query = request.scope["query_string"].decode("latin-1")
    return RedirectResponse(f"{last}/{'?' if query else ''}{query}", 307)
