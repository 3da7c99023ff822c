"""Startup: background work of an app, in the event loop that serves it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp


def start_with(app: FastAPI, start: Callable[[], None]) -> None:
    """Call `start` in each event loop that serves an app, before its first request.

    An app on its own gets a lifespan event each time it is served. A mounted app gets none, but Starlette makes its
    middleware with the first request. Later requests pass no extra code.
    """
    lifespan = app.router.lifespan_context

    @asynccontextmanager
    async def starting(served: Any) -> AsyncIterator[Any]:
        start()
        async with lifespan(served) as state:
            yield state

    def at_first_request(inner: ASGIApp) -> ASGIApp:
        start()
        return inner

    app.router.lifespan_context = starting
    app.add_middleware(at_first_request)
