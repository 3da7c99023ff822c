"""The ASGI application of a page."""

import logging
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Unpack

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from minidemo.content import temporary
from minidemo.errors import Defect, VisitorError, without_inner_frames
from minidemo.i18n import Text
from minidemo.page.page import Page
from minidemo.server import gradio, routes
from minidemo.server.middleware import security
from minidemo.server.middleware.authentication import AuthenticationMiddleware
from minidemo.server.middleware.failures import FailureMiddleware
from minidemo.server.middleware.startup import start_with
from minidemo.server.options import AppOptions, refuse_unknown
from minidemo.server.reference.openapi import App as App
from minidemo.server.routes import files as file_route
from minidemo.server.routes import flag, predict, upload
from minidemo.server.routes import page as page_route
from minidemo.server.routes import runs as run_route
from minidemo.server.routing import add_routes
from minidemo.server.services import Services, Stores, build, services_of
from minidemo.server.settings import Settings, Watched, identify
from minidemo.server.wire import responses

logger = logging.getLogger("minidemo")
MESSAGES = {404: Text("not_here"), 405: Text("not_that_way")}


@without_inner_frames
def create_app(page: Page, **options: Unpack[AppOptions]) -> App:
    """Return the ASGI application of a page, for a server of your own.

    It can be mounted in another application, too. The outputs of examples are computed before it returns, if the page
    asks for that.

    Args:
        page: Page to serve, such as `demo.page`.
        options: Settings of the application, each described at `AppOptions`.
    """
    refuse_unknown("create_app", options, AppOptions.__annotations__)
    return assemble(page, Settings(**options))


def assemble(page: Page, settings: Settings, *, stores: Stores | None = None, watched: Watched | None = None) -> App:
    """Return the app of a page with checked settings.

    Args:
        page: The page.
        settings: The checked settings.
        stores: The stores; in memory by default.
        watched: The version of a demo that is reloaded when its script changes.
    """
    # Starlette's redirects to addresses with or without a slash repeat the Host header.
    kwargs = {"title": page.title or "Demo", "docs_url": None, "redoc_url": None, "redirect_slashes": False}
    app = App(**kwargs | settings.app_kwargs)
    temporary.remove_abandoned()
    services = build(page, settings, stores=stores, watched=watched)
    for router in _routers(page, settings, watched):
        add_routes(app, router)
    gradio.add(app)
    if settings.mcp_server:
        from minidemo.server.mcp.router import router  # noqa: PLC0415  # few demos need it

        add_routes(app, router)
    _prepare(app, services, settings)
    if settings.login or settings.auth_dependency:
        app.add_middleware(
            AuthenticationMiddleware, anonymous_app=_anonymous_app(services, settings), identify=_identify(settings)
        )
    app.add_middleware(
        security.SecurityMiddleware, hosts=settings.allowed_hosts, frames=settings.allowed_frames, root=settings.root
    )
    app.add_middleware(FailureMiddleware)
    start_with(app, services.sweeper.start)
    return app


def _routers(page: Page, settings: Settings, watched: Watched | None) -> Iterator[APIRouter]:
    """Yield the routes of a page, without those for features that it does not use."""
    for route in (predict, page_route, run_route, flag, upload, file_route):
        yield route.router
    if any(endpoint.linked for endpoint in page.endpoints.values()):
        yield routes.links.router
    if page.examples:
        yield routes.examples.router
    if any(component.widget == "plot" for component in page.components):
        yield routes.plots.router
    if settings.login:
        yield routes.login.router
    if watched:
        yield routes.changes.router


def _anonymous_app(services: Services, settings: Settings) -> App:
    """Return the app for requests without a user: the login page and its files."""
    app = App(title="Login", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    for router in [
        gradio.anonymous_router,
        routes.login.anonymous_router,
        *([routes.login.router] if settings.login else []),
    ]:
        app.include_router(router)
    _prepare(app, services, settings)
    app.add_exception_handler(HTTPException, _unauthorized)
    return app


def _prepare(app: App, services: Services, settings: Settings) -> None:
    app.state.minidemo = services
    app.add_exception_handler(VisitorError, _visitor_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(ClientDisconnect, _hang_up)
    app.add_exception_handler(Exception, partial(_unexpected, security.headers(settings.allowed_frames)))


def _identify(settings: Settings) -> Any:
    """Return the function that returns the user of a request."""
    login = settings.login
    if settings.auth_dependency is not None:
        return partial(identify, settings.auth_dependency)

    async def logged_in(request: Request) -> str | None:
        return await login.user(request.cookies.get(routes.login.cookie(request))) if login else None

    return logged_in


async def _unauthorized(request: Request, error: Exception) -> Response:
    return routes.login.unauthorized(request)


async def _visitor_error(request: Request, error: Exception) -> Response:
    message, field = getattr(error, "message", str(error)), getattr(error, "field", None)
    status = responses.status_of(error) if isinstance(error, VisitorError) else 500
    return _error_response(request, status, message, field)


async def _http_error(request: Request, error: Exception) -> Response:
    status: int = error.status_code  # type: ignore[attr-defined]  # registered for HTTPException
    return _error_response(request, status, MESSAGES.get(status, Text("not_served")))


async def _hang_up(request: Request, error: Exception) -> Response:
    """Return a response that nobody reads; uvicorn would log a traceback otherwise."""
    logger.info("A client hung up while it sent the body of %s %.100r.", request.method, request.url.path)
    return Response(status_code=400)


async def _unexpected(headers: Mapping[str, str], request: Request, error: Exception) -> Response:
    """Return the response to a defect; only the server's log has the traceback."""
    response = _error_response(request, 500, Defect().message)
    response.headers.update(headers)
    return response


def _error_response(request: Request, status: int, message: str, field: str | None = None) -> Response:
    """Return an error as JSON to a program, and as a page to a browser."""
    if not responses.wants_html(request):
        return responses.error(status, message, field=field)
    services = services_of(request)
    page = services.renderer.error(status, message, home=responses.home(request), scheme=page_route.scheme(request))
    return Response(page, status, page_route.language_headers(), media_type="text/html")
