"""GET / and /static/…: the page and its static files."""

import gzip
import hashlib
from pathlib import PurePosixPath

from fastapi import APIRouter, Request, Response

from minidemo.i18n import current_language
from minidemo.server.middleware.security import DECODER_POLICY
from minidemo.server.rendering import static as files
from minidemo.server.services import services_of, user_of

router = APIRouter()
SCHEMES = ("light", "dark")
FOREVER = "public, max-age=31536000, immutable"


@router.api_route("/", methods=["GET", "HEAD"], response_class=Response, include_in_schema=False)
def index(request: Request) -> Response:
    """Return the page, or the API page with `?view=api`; 304 if unchanged."""
    services, user = services_of(request), user_of(request)
    if request.query_params.get("view") == "api":
        html = services.renderer.api(address(request), scheme(request), mcp=services.mcp).encode()
    else:
        html = services.renderer.page(scheme(request), user=user, can_log_out=services.login is not None).encode()
    tag = f'W/"{hashlib.sha256(html).hexdigest()[:16]}"'
    headers = {
        "Cache-Control": "no-cache",
        "ETag": tag,
        "Content-Security-Policy": services.policy,
    } | language_headers()
    if user is not None:
        headers["Referrer-Policy"] = "same-origin"  # the logout form needs its Origin
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if accepts_gzip(request):
        html = gzip.compress(html, 6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(html, media_type="text/html", headers=headers)


@router.get("/static/{version}/{name:path}", response_class=Response, include_in_schema=False)
async def static(request: Request) -> Response:
    """Return a static file, cached forever at its version's path."""
    services = services_of(request)
    is_gzip = accepts_gzip(request)
    version, name = request.path_params["version"], request.path_params["name"]
    body = services.static.read_gzip(name) if is_gzip else services.static.read(name)
    is_current = version == services.static.version
    headers = {"Cache-Control": FOREVER if is_current else "no-cache", "Vary": "Accept-Encoding"}
    if is_gzip:
        headers["Content-Encoding"] = "gzip"
    if name == "vendor/draco.js":
        headers["Content-Security-Policy"] = DECODER_POLICY
    return Response(body, media_type=(files.TYPES | files.ICONS)[PurePosixPath(name).suffix], headers=headers)


def address(request: Request) -> str:
    """Return the absolute URL of the page."""
    root: str = request.scope.get("root_path", "")  # `base_url` omits it for mounted apps
    return str(request.base_url.replace(path=f"{root.rstrip('/')}/"))


def scheme(request: Request) -> str:
    """Return the visitor's choice of `light` or `dark`, or an empty string."""
    from_query = request.query_params.get("__theme")
    value = request.cookies.get("minidemo-theme") if from_query is None else from_query
    return value if value in SCHEMES else ""


def language_headers() -> dict[str, str]:
    """Return the headers of a page that depends on the visitor."""
    return {"Content-Language": current_language().tag, "Vary": "Accept-Encoding, Accept-Language, Cookie"}


def accepts_gzip(request: Request) -> bool:
    """Tell whether the client accepts gzip."""
    return "gzip" in request.headers.get("accept-encoding", "")
