"""The ASGI application of a page."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from fastapi import Request, Response
from starlette.exceptions import HTTPException

from minidemo.errors import VisitorError
from minidemo.page import Page
from minidemo.server import answers, file, flag, guard, index, plots, predict, run, upload
from minidemo.server.openapi import App as App
from minidemo.server.services import Limits, Services, build
from minidemo.words import Word

WORDS = {404: Word("not_here"), 405: Word("not_that_way")}


def create_app(
    page: Page,
    *,
    max_file_size: int = 100 * 2**20,
    show_error: bool = False,
    allowed_paths: Sequence[str | Path] = (),
    allowed_hosts: Iterable[str] | None = None,
    root_path: str = "",
) -> App:
    """Return the application that serves a page; any ASGI server runs it, and it can be mounted in another application.

    `max_file_size` is in bytes. With `show_error` visitors read the message of every exception. Files that the function
    returns may lie in the working directory, the temporary directory and `allowed_paths`. With `allowed_hosts` only
    requests for one of these names, or for an address in numbers, are served.
    """
    app = App(title=page.title or "Demo", docs_url=None, redoc_url=None, root_path=root_path)
    app.state.minidemo = build(
        page, limits=Limits(file=max_file_size), show_error=show_error, allowed_paths=allowed_paths
    )
    for room in (index, predict, run, flag, upload, file, plots):
        app.include_router(room.router)
    app.add_exception_handler(VisitorError, _visitor_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected)
    app.add_middleware(guard.Guard, hosts=allowed_hosts)
    return app


async def _visitor_error(request: Request, error: Exception) -> Response:
    message, field = getattr(error, "message", str(error)), getattr(error, "field", None)
    status = next(status for kind, status in answers.STATUS.items() if isinstance(error, kind))
    return _say(request, status, message, field)


async def _http_error(request: Request, error: Exception) -> Response:
    status: int = error.status_code  # type: ignore[attr-defined]  # registered for HTTPException
    return _say(request, status, WORDS.get(status, Word("not_served")))


async def _unexpected(request: Request, error: Exception) -> Response:
    """Answer for a defect of ours; the traceback goes to the server's log alone."""
    response = _say(request, 500, answers.DEFECT)
    response.headers.update(guard.HEADERS)
    return response


def _say(request: Request, status: int, message: str, field: str | None = None) -> Response:
    """Answer a program with JSON, and a person with a page."""
    if not answers.wants_html(request):
        return answers.error(status, message, field=field)
    services: Services = request.app.state.minidemo
    home = "../" * (request.url.path.removeprefix(request.scope.get("root_path", "")).count("/") - 1) or "./"
    page = services.renderer.error(status, message, home=home, scheme=index.scheme(request))
    return Response(page, status, index.language_headers(), media_type="text/html")
