"""A remote endpoint as the function of a demo."""

import asyncio
import inspect
import logging
from collections.abc import AsyncIterator, Callable
from threading import Thread
from typing import Any, TypeVar

from minidemo.context import alerts
from minidemo.context.request import Request
from minidemo.engine.workers import Workers
from minidemo.errors import Error
from minidemo.i18n import Text
from minidemo.remote.app import Remote
from minidemo.remote.call import Call
from minidemo.remote.link import InvalidResponse, RemoteError, RequestRefused
from minidemo.remote.messages import LogMessage, Outputs, ProgressUpdate
from minidemo.remote.sessions import Sessions

logger = logging.getLogger("minidemo")
T = TypeVar("T")
_REQUEST = "minidemo_request"
_ALERTS: dict[str, Callable[..., None]] = {"info": alerts.Info, "success": alerts.Success, "warning": alerts.Warning}


class RemoteFunction:
    """Calls a remote endpoint, and yields its results."""

    def __init__(self, remote: Remote) -> None:
        self.__name__ = remote.name
        self.__doc__ = ""  # the app's description is not a docstring
        self.__signature__ = _signature(remote)
        self._remote = remote
        self._sessions = Sessions()
        self._workers = Workers()

    async def __call__(self, *values: Any, minidemo_request: Request) -> AsyncIterator[Any]:
        """Yield the endpoint's results, and pass on its messages."""
        call = Call(self._remote, self._sessions.of(minidemo_request), values)
        last_data: list[Any] | None = None
        try:
            while True:
                event = await self._in_thread(call.next)
                if not isinstance(event, Outputs):
                    _notify(event)
                    continue
                if event.data != last_data:  # the last of several values comes twice
                    yield await self._in_thread(self._results, event.data, call)
                if event.last:
                    return
                last_data = event.data
        except RemoteError as error:
            raise self._visitor_error(error) from error
        finally:
            Thread(target=call.finish, name="minidemo-remote", daemon=True).start()

    def _results(self, data: list[Any], call: Call) -> Any:
        call.files.next_result()
        results = self._remote.fields.results(data, call.files)
        return results[0] if len(results) == 1 else tuple(results)

    def _visitor_error(self, error: RemoteError) -> Exception:
        """Return the visitor's error, and log the cause for the author."""
        url = self._remote.app.link.url
        if isinstance(error, InvalidResponse):
            return InvalidResponse(f"The app at {url} could not be understood: {error}.")
        logger.warning("The app at %s failed: %s", url, error)
        is_refused = isinstance(error, RequestRefused) and error.status < 500
        return Error(Text("fn_failed" if is_refused else "remote_gone"))

    async def _in_thread(self, call: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.wrap_future(self._workers.submit(call, *arguments))


def _notify(event: ProgressUpdate | LogMessage) -> None:
    listener = alerts.current_listener()
    if isinstance(event, LogMessage):
        alert, title = _ALERTS.get(event.level, alerts.Info), event.title
        alert(event.text, event.duration, **({} if title is None else {"title": title}))
    elif listener is not None:
        listener.progress(event.steps)


def _signature(remote: Remote) -> inspect.Signature:
    """Return the signature for the remote parameters and the request."""
    kinds = inspect.Parameter
    parameters = [kinds(field.name, kinds.POSITIONAL_OR_KEYWORD) for field in remote.fields.inputs]
    return inspect.Signature([*parameters, kinds(_REQUEST, kinds.KEYWORD_ONLY)])
