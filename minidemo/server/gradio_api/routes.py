"""Routes below a prefix; the ones for curl also without it."""

from collections.abc import Iterator

from starlette.routing import Route, Router

from minidemo.server.gradio_api import call, cancel, config, files, info, queueing, run
from minidemo.server.gradio_api.handlers import PREFIX, RouteHandler

PREFIXED_ROUTES: dict[str, dict[str, RouteHandler]] = {
    "GET": {
        "/info": info.info,
        "/queue/data": queueing.stream,
        "/queue/status": queueing.status,
        "/heartbeat/{session}": cancel.heartbeat,
        "/file={path:path}": files.file,
    },
    "POST": {
        "/queue/join": queueing.join,
        "/cancel": cancel.cancel,
        "/reset": cancel.reset,
        "/upload": files.upload,
    },
}
ROUTES: dict[str, dict[str, RouteHandler]] = {
    "GET": {"/call/{name}/{event}": call.result},
    "POST": {
        "/call/v2/{name}": call.call_named,
        "/call/{name}": call.call,
        "/run/{name}": run.run,
        "/api/{name}": run.run,
        "/run/{name}/": run.run,
        "/api/{name}/": run.run,
    },
}


def _routes() -> Iterator[Route]:
    """Yield the routes, the most used first."""
    for prefix, routes in ((PREFIX, ROUTES), ("", ROUTES), (PREFIX, PREFIXED_ROUTES)):
        for method, handlers in routes.items():
            for path, handle in handlers.items():
                yield Route(prefix + path, handle, methods=[method])
    yield Route("/config", config.config)


router = Router([*_routes()], redirect_slashes=False)
anonymous_router = Router([Route("/config", config.login_config)], redirect_slashes=False)
