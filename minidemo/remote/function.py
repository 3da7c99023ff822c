"""Function: a remote endpoint as the function of a demo."""

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
from minidemo.remote.link import Garbled, Refused, RemoteFault
from minidemo.remote.messages import Far, Note, Outputs
from minidemo.remote.sessions import Sessions

logger = logging.getLogger("minidemo")
T = TypeVar("T")
_VISITOR = "minidemo_request"
_SAY: dict[str, Callable[..., None]] = {"info": alerts.Info, "success": alerts.Success, "warning": alerts.Warning}


class RemoteFunction:
    """Calls a remote endpoint, and yields what it gives, one result after the other."""

    def __init__(self, remote: Remote) -> None:
        self.__name__ = remote.name
        self.__doc__ = ""  # the app's description is a text, and no docstring to parse
        self.__signature__ = _signature(remote)
        self._remote = remote
        self._sessions = Sessions()
        self._workers = Workers()

    async def __call__(self, *values: Any, minidemo_request: Request) -> AsyncIterator[Any]:
        """Yield what the endpoint gives; say what it says."""
        call = Call(self._remote, self._sessions.of(minidemo_request), values)
        shown: list[Any] | None = None
        try:
            while True:
                said = await self._in_thread(call.next)
                if not isinstance(said, Outputs):
                    _tell(said)
                    continue
                if said.data != shown:  # the last value of several comes twice
                    yield await self._in_thread(self._results, said.data, call)
                if said.last:
                    return
                shown = said.data
        except RemoteFault as error:
            raise self._told(error) from error
        finally:
            Thread(target=call.finish, name="minidemo-remote", daemon=True).start()

    def _results(self, data: list[Any], call: Call) -> Any:
        call.files.turn()
        shown = self._remote.fields.results(data, call.files)
        return shown[0] if len(shown) == 1 else tuple(shown)

    def _told(self, error: RemoteFault) -> Exception:
        """Return what the visitor is told, after the author has been told of it."""
        url = self._remote.app.link.url
        if isinstance(error, Garbled):
            return Garbled(f"The app at {url} could not be understood: {error}.")
        logger.warning("The app at %s failed: %s", url, error)
        known = isinstance(error, Refused) and error.status < 500
        return Error(Text("fn_failed" if known else "remote_gone"))

    async def _in_thread(self, call: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.wrap_future(self._workers.submit(call, *arguments))


def _tell(said: Far | Note) -> None:
    listener = alerts.current_listener()
    if isinstance(said, Note):
        say, title = _SAY.get(said.level, alerts.Info), said.title
        say(said.text, said.duration, **({} if title is None else {"title": title}))
    elif listener is not None:
        listener.progress(said.steps)


def _signature(remote: Remote) -> inspect.Signature:
    """Return the signature of a function with the remote parameters; who calls is handed over by name."""
    kinds = inspect.Parameter
    named = [kinds(field.name, kinds.POSITIONAL_OR_KEYWORD) for field in remote.fields.inputs]
    return inspect.Signature([*named, kinds(_VISITOR, kinds.KEYWORD_ONLY)])
