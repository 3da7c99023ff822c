"""GET /plots/{library}: the frame in which an interactive figure is drawn; and the scripts that draw it."""

from fastapi import APIRouter, Request, Response

from minidemo.errors import NotFound
from minidemo.server.rendering import plot_libraries
from minidemo.server.routes.page import FOREVER, takes_gzip
from minidemo.server.services import Shared

router = APIRouter()
FRAME = "frame"
OPEN = {"Cross-Origin-Resource-Policy": "cross-origin"}
"""The frame is sandboxed, and so of no origin: what it may load is marked as anybody's."""
_EVALUATES = frozenset({"plotly", "bokeh"})
"""Libraries that make functions of text: plotly to draw with WebGL, bokeh for the author's CustomJS."""
_POLICY = "; ".join(
    (
        "sandbox allow-scripts",
        "default-src 'none'",
        "script-src 'self'{eval}",
        "style-src 'unsafe-inline'",
        "img-src data: blob:",
        "font-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'{frames}",
    )
)
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{library}</title>
<style>
html, body, #plot {{ inline-size: 100%; block-size: 100%; margin: 0; font: 1rem/1.5 system-ui, sans-serif }}
</style>
<div id="plot"></div>
<script src="{first}"></script>
<script src="{frame}" id="frame" data-library="{library}" data-more="{more}"></script>
</html>
"""


@router.get("/plots/{library}", response_class=Response, include_in_schema=False)
def frame(request: Request, shared: Shared) -> Response:
    """Return the page of the frame: it may run scripts, and reach nothing."""
    library = request.path_params["library"]
    if library not in plot_libraries.SCRIPTS:
        raise NotFound("There is no such library.")
    first, *more = (f"{name}/{plot_libraries.version(name)}" for name in plot_libraries.SCRIPTS[library])
    html = _PAGE.format(library=library, first=first, more=" ".join(more), frame=f"{FRAME}/{shared.static.version}")
    frames = "".join(f" {site}" for site in shared.frames)
    policy = _POLICY.format(frames=frames, eval=" 'unsafe-eval'" if library in _EVALUATES else "")
    return Response(
        html, media_type="text/html", headers={"Content-Security-Policy": policy, "Cache-Control": "no-cache"}
    )


@router.get("/plots/{name}/{version}", response_class=Response, include_in_schema=False)
def script(request: Request, shared: Shared) -> Response:
    """Return a script of the frame; a browser keeps it for good, as another version has another address."""
    name, version = request.path_params["name"], request.path_params["version"]
    gzipped = takes_gzip(request)
    if name == FRAME:
        place = "widgets/plot-frame.js"
        body = shared.static.compressed(place) if gzipped else shared.static.read(place)
        current = shared.static.version
    else:
        current = plot_libraries.version(name)
        body = plot_libraries.compressed(name) if gzipped else plot_libraries.read(name)
    headers = OPEN | {"Cache-Control": FOREVER if version == current else "no-cache", "Vary": "Accept-Encoding"}
    if gzipped:
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type="text/javascript", headers=headers)
