"""Failures of requests, of any class."""

from starlette.types import ASGIApp, Receive, Scope, Send

from minidemo.utils.failures import propagates


class FailureMiddleware:
    """ASGI middleware that makes every failure of a request an `Exception`.

    Otherwise asyncio ends the server after a `KeyboardInterrupt` or `SystemExit` of the author's code.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        try:
            await self._app(scope, receive, send)
        except Exception:
            raise
        except BaseException as error:
            if propagates(error):
                raise
            raise RuntimeError(f"a request ended with {type(error).__name__}") from error
