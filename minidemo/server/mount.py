"""Mounting: demos inside an application of one's own, or below one of its routers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from minidemo.auth.login import Auth
from minidemo.errors import ConfigurationError
from minidemo.page.appearance import PathsArgument, ThemeArgument
from minidemo.page.page import Page
from minidemo.server.app import assemble
from minidemo.server.settings import CAPACITY, MAX_THREADS, AuthDependency, Place, Settings

Host = TypeVar("Host", bound=FastAPI | APIRouter)
REST = "minidemo_rest"


class Paged(Protocol):
    """What has a page to serve, such as an Interface."""

    page: Page


def mount_app(
    app: Host,
    demo: Paged,
    path: str,
    *,
    auth: Auth | None = None,
    auth_message: str | None = None,
    auth_dependency: AuthDependency | None = None,
    max_file_size: str | int | None = None,
    max_threads: int = MAX_THREADS,
    show_error: bool = False,
    allowed_paths: Sequence[Place] | Place | None = None,
    blocked_paths: Sequence[Place] | Place | None = None,
    allowed_hosts: Iterable[str] | None = None,
    allowed_frames: Iterable[str] = (),
    favicon_path: Place | None = None,
    state_session_capacity: int = CAPACITY,
    app_kwargs: Mapping[str, Any] | None = None,
    mcp_server: bool = False,
    theme: ThemeArgument = None,
    css: Place | None = None,
    css_paths: PathsArgument = None,
    js: Place | bool | None = None,
    head: Place | None = None,
    head_paths: PathsArgument = None,
) -> Host:
    """Serve a demo at a path of an application of yours, or of an `APIRouter`, and return the application.

    `auth_dependency` is asked for the user of each request: a function from a FastAPI request to a name, or to None for
    who may not come in; it may be async. What else may be said is told at `create_app`.
    """
    given = {name: value for name, value in locals().items() if name not in ("app", "demo", "path")}
    prefix = "/" + path.strip("/")
    if prefix == "/" or "{" in path:
        raise ConfigurationError(f'path is {path!r}; expected the place of the demo in the application, as "/demo".')
    served = Below(assemble(demo.page, Settings(**given)))
    router = app.router if isinstance(app, FastAPI) else app
    place = router.prefix + prefix
    router.routes += [
        Route(place, _with_slash, include_in_schema=False),
        Route(f"{place}/{{{REST}:path}}", served, include_in_schema=False),
    ]
    return app


class Below:
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
