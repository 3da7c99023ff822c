"""GET and POST /login, /logout: come in and go; and the door, which is all that others get to see."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs
from zlib import crc32

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from minidemo.auth.login import Login
from minidemo.errors import InputError, NotFound, NotLoggedIn, TooManyGuesses, UnsupportedType, VisitorError
from minidemo.i18n import Text
from minidemo.schemas.calls import LoginResponse
from minidemo.server.routes import page, plots
from minidemo.server.services import Services, Shared
from minidemo.server.wire import multipart, requests, responses

router = APIRouter(include_in_schema=False)
door = APIRouter(include_in_schema=False)
MAX_FORM = 8 * 2**10
MAX_FIELDS = 10
FORM = "application/x-www-form-urlencoded"
PAGE = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
"""Without a referrer, a browser would not say either from which page a form was sent."""


STYLES = ("page.css", "login.css", "rtl.css", "theme.css", "author.css")
"""What makes the looks of the page to log in."""


@router.get("/login", response_class=Response)
async def form(request: Request, shared: Shared) -> Response:
    """Return the page to log in."""
    _login(shared)
    return login_page(request, shared)


@router.post("/login", response_class=Response)
async def enter(request: Request, shared: Shared) -> Response:
    """Log in; a browser goes on to the demo."""
    login = _login(shared)
    name, password = await _typed(request)
    address = request.client.host if request.client else ""
    try:
        token = await login.enter(name, password, address)
    except VisitorError as error:
        response = _refused(request, shared, error, name)
        if isinstance(error, TooManyGuesses):
            response.headers["Retry-After"] = str(int(error.seconds) + 1)
        return response
    if token is None:
        return _refused(request, shared, NotLoggedIn(Text("wrong_login")), name)
    login.leave(request.cookies.get(cookie(request)))
    response = _home(request) if responses.wants_html(request) else responses.answer(LoginResponse(success=True))
    secure = request.scope["scheme"] == "https"
    response.set_cookie(cookie(request), token, httponly=True, secure=secure, samesite="lax", path="/")
    return response


@router.api_route("/logout", methods=["GET", "POST"], response_class=Response)
async def leave(request: Request, shared: Shared) -> Response:
    """Log out; a link on another site's page does not."""
    if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return _home(request)
    _login(shared).leave(request.cookies.get(cookie(request)))
    response = _home(request) if responses.wants_html(request) else responses.answer(LoginResponse(success=True))
    secure = request.scope["scheme"] == "https"
    response.delete_cookie(cookie(request), httponly=True, secure=secure, samesite="lax", path="/")
    return response


@door.get("/static/{version}/{name:path}", response_class=Response)
async def static(request: Request, shared: Shared) -> Response:
    """Return what the page to log in needs, and nothing else."""
    if request.path_params["name"] not in (*STYLES, shared.static.icon):
        return closed(request)
    return await page.static(request, shared)


door.get("/plots/{name}/{version}", response_class=Response)(plots.script)
"""A frame that reaches nothing does not send cookies either; what it loads is the same for all."""


def closed(request: Request) -> Response:
    """Turn away who is not logged in: a person with the page to log in."""
    shared: Services = request.app.state.minidemo
    if not responses.wants_html(request):
        return responses.error(401, NotLoggedIn().message)
    if shared.login is None:
        html = shared.renderer.error(401, Text("no_access"), home="", scheme=page.scheme(request))
        return Response(html, 401, page.language_headers(), media_type="text/html")
    return login_page(request, shared, status=401)


def cookie(request: Request) -> str:
    """Return the name of the cookie, another one for each demo on a host: cookies know no ports."""
    place = f"{request.headers.get('host', '')}{request.scope.get('root_path', '')}"
    return f"{'__Host-' if request.scope['scheme'] == 'https' else ''}minidemo-{crc32(place.encode()):08x}"


def login_page(request: Request, shared: Services, *, status: int = 200, failure: str = "", name: str = "") -> Response:
    """Return the page to log in; it goes on to where the visitor wanted to go."""
    query = request.scope["query_string"].decode("latin-1")
    home = responses.home(request)
    html = shared.renderer.login(
        home=home,
        action=f"{home}login{'?' if query else ''}{query}",
        message=shared.message,
        failure=failure,
        name=name,
        scheme=page.scheme(request),
    )
    return Response(html, status, page.language_headers() | PAGE, "text/html")


def _login(shared: Services) -> Login:
    if shared.login is None:
        raise NotFound("This demo has no login.")
    return shared.login


async def _typed(request: Request) -> tuple[str, str]:
    """Return the name and the password of a form, of either type: Gradio's client for JavaScript sends the other."""
    chunks = requests.chunks(request, MAX_FORM, "The name or the password is too long.")
    kind = requests.type_of(request)
    if kind == multipart.FORM:
        fields = await _fields(multipart.parts(chunks, request.headers["content-type"], most=MAX_FIELDS))
    elif kind == FORM:
        fields = _pairs(b"".join([chunk async for chunk in chunks]))
    else:
        raise UnsupportedType(f"The body must be a form, sent with Content-Type: {FORM}.")
    return fields.get("username", ""), fields.get("password", "")


def _pairs(body: bytes) -> dict[str, str]:
    try:
        found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        raise InputError("The form has too many fields; expected username and password.") from None
    return {name: values[0] for name, values in found.items()}


async def _fields(parts: AsyncIterator[multipart.Part | bytes]) -> dict[str, str]:
    found: dict[str, bytes] = {}
    name = ""
    async for part in parts:
        if isinstance(part, multipart.Part):
            name = part.field
            found[name] = b""
        else:
            found[name] += part
    return {name: value.decode("utf-8", "replace") for name, value in found.items()}


def _refused(request: Request, shared: Services, error: VisitorError, name: str) -> Response:
    status = responses.status_of(error)
    if responses.wants_html(request):
        return login_page(request, shared, status=status, failure=error.message, name=name)
    return responses.error(status, error.message)


def _home(request: Request) -> Response:
    """Return the way to the demo: whatever was asked for, it leads to no other place."""
    query = request.scope["query_string"].decode("latin-1")
    return RedirectResponse(f"./{'?' if query else ''}{query}", 303)
