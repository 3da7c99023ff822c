"""GET /: the page; and the static files that it needs."""

import gzip
import hashlib
from pathlib import PurePosixPath

from fastapi import APIRouter, Request, Response

from minidemo.i18n import current_language
from minidemo.server.rendering import static as files
from minidemo.server.services import Shared, User

router = APIRouter()
SCHEMES = ("light", "dark")
FOREVER = "public, max-age=31536000, immutable"


@router.api_route("/", methods=["GET", "HEAD"], response_class=Response, include_in_schema=False)
def index(request: Request, shared: Shared, user: User) -> Response:
    """Return the page, or tell a browser that the one it has is still the same; with `?view=api` that about the API."""
    if request.query_params.get("view") == "api":
        html = shared.renderer.api(address(request), scheme(request), mcp=shared.mcp).encode()
    else:
        html = shared.renderer.page(scheme(request), user=user, leaves=shared.login is not None).encode()
    tag = f'W/"{hashlib.sha256(html).hexdigest()[:16]}"'
    headers = {"Cache-Control": "no-cache", "ETag": tag, "Content-Security-Policy": shared.policy} | language_headers()
    if user is not None:
        headers["Referrer-Policy"] = "same-origin"  # or the form to log out would not say where it comes from
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if takes_gzip(request):
        html = gzip.compress(html, 6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(html, media_type="text/html", headers=headers)


@router.get("/static/{version}/{name:path}", response_class=Response, include_in_schema=False)
async def static(request: Request, shared: Shared) -> Response:
    """Return a static file; a browser keeps it for good, as another version has another address."""
    gzipped = takes_gzip(request)
    version, name = request.path_params["version"], request.path_params["name"]
    body = shared.static.compressed(name) if gzipped else shared.static.read(name)
    current = version == shared.static.version
    headers = {"Cache-Control": FOREVER if current else "no-cache", "Vary": "Accept-Encoding"}
    if gzipped:
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type=(files.TYPES | files.ICONS)[PurePosixPath(name).suffix], headers=headers)


def address(request: Request) -> str:
    """Return the address of the page, as programs have to call it."""
    root: str = request.scope.get("root_path", "")  # also of one that is mounted, of which `base_url` leaves it out
    return str(request.base_url.replace(path=f"{root.rstrip('/')}/"))


def scheme(request: Request) -> str:
    """Return `light` or `dark` if the visitor chose that, in the address or on the page before, or else nothing."""
    asked = request.query_params.get("__theme")
    chosen = request.cookies.get("minidemo-theme") if asked is None else asked
    return chosen if chosen in SCHEMES else ""


def language_headers() -> dict[str, str]:
    """Return what tells that another visitor gets another page."""
    return {"Content-Language": current_language().tag, "Vary": "Accept-Encoding, Accept-Language, Cookie"}


def takes_gzip(request: Request) -> bool:
    """Tell whether a browser reads gzipped answers."""
    return "gzip" in request.headers.get("accept-encoding", "")
