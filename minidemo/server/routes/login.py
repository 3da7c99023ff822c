"""GET and POST /login and /logout, and the routes for anonymous visitors."""

from collections.abc import AsyncIterator
from typing import cast
from urllib.parse import parse_qs
from zlib import crc32

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from minidemo.auth.login import Login
from minidemo.errors import InputError, NotLoggedIn, TooManyGuesses, UnsupportedType, VisitorError
from minidemo.i18n import Text
from minidemo.schemas.calls import LoginResponse
from minidemo.server.routes import page, plots
from minidemo.server.services import Services, services_of
from minidemo.server.wire import multipart, requests, responses

router = APIRouter(include_in_schema=False)
anonymous_router = APIRouter(include_in_schema=False)
MAX_FORM = 8 * 2**10
MAX_FIELDS = 10
FORM = "application/x-www-form-urlencoded"
PAGE_HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
"""Headers of the pages to log in and out; browsers without referrer hide the form's Origin."""


STYLES = ("page.css", "login.css", "rtl.css", "theme.css", "author.css")
"""Style sheets of the login page."""


@router.get("/login", response_class=Response)
async def login_form(request: Request) -> Response:
    """Return the login page."""
    services = services_of(request)
    return login_page(request, services)


@router.post("/login", response_class=Response)
async def log_in(request: Request) -> Response:
    """Log in, and redirect browsers to the demo."""
    services = services_of(request)
    login = _login(services)
    name, password = await _credentials(request)
    address = request.client.host if request.client else ""
    try:
        token = await login.log_in(name, password, address)
    except VisitorError as error:
        response = _failure_response(request, services, error, name)
        if isinstance(error, TooManyGuesses):
            response.headers["Retry-After"] = str(int(error.seconds) + 1)
        return response
    if token is None:
        return _failure_response(request, services, NotLoggedIn(Text("wrong_login")), name)
    await login.log_out(request.cookies.get(cookie(request)))
    response = (
        _redirect_home(request)
        if responses.wants_html(request)
        else responses.json_response(LoginResponse(success=True))
    )
    secure = request.scope["scheme"] == "https"
    response.set_cookie(cookie(request), token, httponly=True, secure=secure, samesite="lax", path="/")
    return response


@router.get("/logout", response_class=Response)
async def logout_form(request: Request) -> Response:
    """Return a page with the button to log out; a link must not do it."""
    services = services_of(request)
    html = services.renderer.logout(home=responses.home(request), scheme=page.scheme(request))
    return Response(html, 200, page.language_headers() | PAGE_HEADERS, "text/html")


@router.post("/logout", response_class=Response)
async def log_out(request: Request) -> Response:
    """Log out."""
    services = services_of(request)
    await _login(services).log_out(request.cookies.get(cookie(request)))
    response = (
        _redirect_home(request)
        if responses.wants_html(request)
        else responses.json_response(LoginResponse(success=True))
    )
    secure = request.scope["scheme"] == "https"
    response.delete_cookie(cookie(request), httponly=True, secure=secure, samesite="lax", path="/")
    return response


@anonymous_router.get("/static/{version}/{name:path}", response_class=Response)
async def static(request: Request) -> Response:
    """Return a static file of the login page, and no other."""
    services = services_of(request)
    if request.path_params["name"] not in (*STYLES, services.static.icon):
        return unauthorized(request)
    return await page.static(request)


anonymous_router.get("/plots/{name}/{version}", response_class=Response)(plots.script)
"""Plot scripts need no login, as sandboxed frames send no cookies."""


def unauthorized(request: Request) -> Response:
    """Return 401, with the login page for browsers."""
    services = services_of(request)
    if not responses.wants_html(request):
        return responses.error(401, _login_hint(request))
    if services.login is None:
        html = services.renderer.error(401, Text("no_access"), home="", scheme=page.scheme(request))
        return Response(html, 401, page.language_headers(), media_type="text/html")
    return login_page(request, services, status=401)


def cookie(request: Request) -> str:
    """Return the cookie's name, unique for each demo on a host.

    Browsers share cookies between the ports of a host.
    """
    site = f"{request.headers.get('host', '')}{request.scope.get('root_path', '')}"
    return f"{'__Host-' if request.scope['scheme'] == 'https' else ''}minidemo-{crc32(site.encode()):08x}"


def login_page(
    request: Request, services: Services, *, status: int = 200, failure: str = "", name: str = ""
) -> Response:
    """Return the login page, which keeps the query of the request."""
    query = request.scope["query_string"].decode("latin-1")
    home = responses.home(request)
    html = services.renderer.login(
        home=home,
        action=f"{home}login{'?' if query else ''}{query}",
        message=services.message,
        failure=failure,
        name=name,
        scheme=page.scheme(request),
    )
    return Response(html, status, page.language_headers() | PAGE_HEADERS, "text/html")


def _login(services: Services) -> Login:
    return cast("Login", services.login)  # without one, an app has none of these routes


async def _credentials(request: Request) -> tuple[str, str]:
    """Return the name and password of a form.

    Gradio's JavaScript client sends multipart forms.
    """
    chunks = requests.read_chunks(request, MAX_FORM, "The name or the password is too long.")
    kind = requests.content_type(request)
    if kind == multipart.FORM:
        fields = await _read_fields(multipart.parts(chunks, request.headers["content-type"], max_parts=MAX_FIELDS))
    elif kind == FORM:
        fields = _parse_urlencoded(b"".join([chunk async for chunk in chunks]))
    else:
        raise UnsupportedType(f"The body must be a form, sent with Content-Type: {FORM}.")
    return fields.get("username", ""), fields.get("password", "")


def _parse_urlencoded(body: bytes) -> dict[str, str]:
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        raise InputError("The form has too many fields; expected username and password.") from None
    return {name: values[0] for name, values in fields.items()}


async def _read_fields(parts: AsyncIterator[multipart.Part | bytes]) -> dict[str, str]:
    fields: dict[str, bytes] = {}
    name = ""
    async for part in parts:
        if isinstance(part, multipart.Part):
            name = part.field
            fields[name] = b""
        else:
            fields[name] += part
    return {name: value.decode("utf-8", "replace") for name, value in fields.items()}


def _failure_response(request: Request, services: Services, error: VisitorError, name: str) -> Response:
    status = responses.status_of(error)
    if responses.wants_html(request):
        return login_page(request, services, status=status, failure=error.message, name=name)
    return responses.error(status, error.message)


def _redirect_home(request: Request) -> Response:
    """Redirect to the demo, and never to another host."""
    query = request.scope["query_string"].decode("latin-1")
    return RedirectResponse(f"./{'?' if query else ''}{query}", 303)


def _login_hint(request: Request) -> str:
    """Return the message that tells a page or a program how to log in."""
    if request.headers.get("user-agent", "").startswith("Mozilla/"):  # as all browsers say
        return NotLoggedIn().message
    if services_of(request).login is None:
        return Text("no_access")
    path = f"{request.scope.get('root_path', '')}/login"
    return f"You are not logged in. POST username and password to {path}, and send the cookie of its response."
