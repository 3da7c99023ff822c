"""Startup: starts background work of an app in its event loop."""

from collections.abc import Callable

from starlette.types import ASGIApp


def starting(app: ASGIApp, *, start: Callable[[], None]) -> ASGIApp:
    """Call `start` once, in the event loop that serves the app.

    Starlette makes the middleware at the first event: `lifespan` for an app on its own, a request for a mounted app,
    which gets no lifespan events. Later requests pass no extra code.
    """
    start()
    return app
