"""The ASGI application of a page."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from fastapi import Request, Response
from starlette.exceptions import HTTPException

from minidemo.auth.login import Auth
from minidemo.errors import Defect, VisitorError
from minidemo.i18n import Text
from minidemo.page.appearance import PathsArgument, ThemeArgument
from minidemo.page.page import Page
from minidemo.server import gradio
from minidemo.server.middleware import security
from minidemo.server.middleware.authentication import Gate
from minidemo.server.reference.openapi import App as App
from minidemo.server.routes import changes, examples, flag, links, plots, predict, upload
from minidemo.server.routes import files as file_route
from minidemo.server.routes import login as login_route
from minidemo.server.routes import page as page_route
from minidemo.server.routes import runs as run_route
from minidemo.server.services import Services, build
from minidemo.server.settings import CAPACITY, MAX_THREADS, AuthDependency, Place, Settings, who
from minidemo.server.wire import responses
from minidemo.stores.files import FileStore
from minidemo.stores.runs import RunStore

WORDS = {404: Text("not_here"), 405: Text("not_that_way")}


def create_app(
    page: Page,
    *,
    max_file_size: str | int | None = None,
    max_threads: int = MAX_THREADS,
    show_error: bool = False,
    allowed_paths: Sequence[Place] | Place | None = None,
    blocked_paths: Sequence[Place] | Place | None = None,
    allowed_hosts: Iterable[str] | None = None,
    allowed_frames: Iterable[str] = (),
    root_path: str | None = None,
    favicon_path: Place | None = None,
    auth: Auth | None = None,
    auth_message: str | None = None,
    auth_dependency: AuthDependency | None = None,
    state_session_capacity: int = CAPACITY,
    app_kwargs: Mapping[str, Any] | None = None,
    quiet: bool = False,
    mcp_server: bool = False,
    theme: ThemeArgument = None,
    css: Place | None = None,
    css_paths: PathsArgument = None,
    js: Place | bool | None = None,
    head: Place | None = None,
    head_paths: PathsArgument = None,
) -> App:
    """Return the application that serves a page; any ASGI server runs it, and it can be mounted in another application.

    `max_file_size` is in bytes, or as "5mb"; 100 MB without. `max_threads` run functions. With `show_error` visitors
    read the message of every exception. Files that the function returns may lie in the working directory, the
    temporary directory and `allowed_paths`, but not in `blocked_paths`. With `allowed_hosts` only requests for one of
    these names, or for an address in numbers, are served. Pages of the sites `allowed_frames` may show it in a frame.

    `auth` is a (name, password) pair, a list of these, or a function of both that returns True for who may come in;
    `auth_message`, in Markdown, stands on the page to log in. `auth_dependency` finds out by a request who makes it,
    and returns None for who may not come in. `favicon_path` is the icon of the page, `root_path` the path under which
    a proxy offers it; `app_kwargs` go to FastAPI. `theme`, `css`, `css_paths`, `js`, `head` and `head_paths` go over
    those of the page. The outputs of examples are made before it returns, where the page asks for that; with `quiet`
    the terminal does not tell how far that is. With `mcp_server`, agents find public endpoints as tools: docs/mcp.md.
    """
    given = locals()
    return assemble(page, Settings(**{name: value for name, value in given.items() if name != "page"}))


def assemble(page: Page, settings: Settings, files: FileStore | None = None, *, runs: RunStore | None = None) -> App:
    """Return the application of a page with checked settings; `files` and `runs` may be there already."""
    kwargs = {"title": page.title or "Demo", "docs_url": None, "redoc_url": None}
    app = App(**kwargs | dict(settings.app_kwargs or {}))
    services = build(page, settings, files, runs=runs)
    rooms = (page_route, predict, run_route, links, flag, upload, file_route, examples, plots, login_route)
    for room in (*rooms, *([changes] if settings.watched else [])):
        app.include_router(room.router)
    gradio.add(app)
    if settings.mcp_server:
        from minidemo.server.mcp.router import router  # noqa: PLC0415  # few demos need it

        app.include_router(router)
    _prepare(app, services, settings)
    if settings.login or settings.auth_dependency:
        app.add_middleware(Gate, door=_door(services, settings), who=_who(settings))
    app.add_middleware(security.Guard, hosts=settings.allowed_hosts, frames=settings.allowed_frames, root=settings.root)
    return app


def _door(services: Services, settings: Settings) -> App:
    """Return what those get to see who are not logged in."""
    door = App(title="Door", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    for router in [gradio.door, login_route.door, *([login_route.router] if settings.login else [])]:
        door.include_router(router)
    _prepare(door, services, settings)
    door.add_exception_handler(HTTPException, _closed)
    return door


def _prepare(app: App, services: Services, settings: Settings) -> None:
    app.state.minidemo = services
    app.add_exception_handler(VisitorError, _visitor_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, partial(_unexpected, security.headers(settings.allowed_frames)))


def _who(settings: Settings) -> Any:
    """Return the function that finds out who makes a request."""
    login = settings.login
    if settings.auth_dependency is not None:
        return partial(who, settings.auth_dependency)

    async def logged_in(request: Request) -> str | None:
        return login.user(request.cookies.get(login_route.cookie(request))) if login else None

    return logged_in


async def _closed(request: Request, error: Exception) -> Response:
    return login_route.closed(request)


async def _visitor_error(request: Request, error: Exception) -> Response:
    message, field = getattr(error, "message", str(error)), getattr(error, "field", None)
    status = responses.status_of(error) if isinstance(error, VisitorError) else 500
    return _say(request, status, message, field)


async def _http_error(request: Request, error: Exception) -> Response:
    status: int = error.status_code  # type: ignore[attr-defined]  # registered for HTTPException
    return _say(request, status, WORDS.get(status, Text("not_served")))


async def _unexpected(headers: Mapping[str, str], request: Request, error: Exception) -> Response:
    """Answer for a defect of ours; the traceback goes to the server's log alone."""
    response = _say(request, 500, Defect().message)
    response.headers.update(headers)
    return response


def _say(request: Request, status: int, message: str, field: str | None = None) -> Response:
    """Answer a program with JSON, and a person with a page."""
    if not responses.wants_html(request):
        return responses.error(status, message, field=field)
    services: Services = request.app.state.minidemo
    page = services.renderer.error(status, message, home=responses.home(request), scheme=page_route.scheme(request))
    return Response(page, status, page_route.language_headers(), media_type="text/html")
