"""Start of background work in an app's event loop."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp


def start_with(app: FastAPI, start: Callable[[], None]) -> None:
    """Call `start` before the first request in each event loop.

    An app on its own gets a lifespan event each time it is served. A mounted app gets none, but Starlette makes its
    middleware with the first request. Later requests pass no extra code.
    """
    lifespan = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan_with_start(served_app: Any) -> AsyncIterator[Any]:
        start()
        async with lifespan(served_app) as state:
            yield state

    def at_first_request(inner: ASGIApp) -> ASGIApp:
        start()
        return inner

    app.router.lifespan_context = lifespan_with_start
    app.add_middleware(at_first_request)
