"""GET /plots/…: the frame of an interactive figure and its scripts."""

from fastapi import APIRouter, Request, Response

from minidemo.errors import NotFound
from minidemo.server.rendering import plot_libraries
from minidemo.server.routes.page import FOREVER, accepts_gzip
from minidemo.server.services import services_of

router = APIRouter()
FRAME = "frame"
CROSS_ORIGIN_HEADERS = {"Cross-Origin-Resource-Policy": "cross-origin"}
"""Headers of scripts for the sandboxed frame, which has no origin."""
_EVAL_LIBRARIES = frozenset({"plotly", "bokeh"})
"""Libraries that call `eval`: plotly for WebGL, bokeh for CustomJS."""
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
def frame(request: Request) -> Response:
    """Return the frame's page, which can run scripts but load nothing else."""
    services = services_of(request)
    library = request.path_params["library"]
    if library not in plot_libraries.SCRIPTS:
        raise NotFound("There is no such library.")
    first, *more = (f"{name}/{plot_libraries.version(name)}" for name in plot_libraries.SCRIPTS[library])
    html = _PAGE.format(library=library, first=first, more=" ".join(more), frame=f"{FRAME}/{services.static.version}")
    frames = "".join(f" {site}" for site in services.frames)
    policy = _POLICY.format(frames=frames, eval=" 'unsafe-eval'" if library in _EVAL_LIBRARIES else "")
    return Response(
        html, media_type="text/html", headers={"Content-Security-Policy": policy, "Cache-Control": "no-cache"}
    )


@router.get("/plots/{name}/{version}", response_class=Response, include_in_schema=False)
def script(request: Request) -> Response:
    """Return a script of the frame, cached forever at its version's path."""
    services = services_of(request)
    name, version = request.path_params["name"], request.path_params["version"]
    is_gzip = accepts_gzip(request)
    if name == FRAME:
        path = "widgets/plot-frame.js"
        body = services.static.read_gzip(path) if is_gzip else services.static.read(path)
        current_version = services.static.version
    else:
        current_version = plot_libraries.version(name)
        body = plot_libraries.read_gzip(name) if is_gzip else plot_libraries.read(name)
    headers = CROSS_ORIGIN_HEADERS | {
        "Cache-Control": FOREVER if version == current_version else "no-cache",
        "Vary": "Accept-Encoding",
    }
    if is_gzip:
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type="text/javascript", headers=headers)
