"""A call of a remote endpoint, from queue to end of stream."""

import threading
from collections.abc import Iterator, Sequence
from typing import Any

from minidemo.context.alerts import Cancelled
from minidemo.errors import InputError, MinidemoError, QueueFull
from minidemo.i18n import Text
from minidemo.remote.app import Remote
from minidemo.remote.files import Files
from minidemo.remote.link import InvalidResponse, RemoteError, RemoteResponse, RequestRefused, Unreachable, parse_json
from minidemo.remote.messages import EventReader, Outputs, RemoteEvent
from minidemo.remote.sessions import Session


class Call:
    """One call, which any thread can finish while another gets its events."""

    def __init__(self, remote: Remote, session: Session, values: Sequence[Any]) -> None:
        self._remote = remote
        self._session = session
        self._values = values
        app = remote.app
        self._link, self._prefix = app.link, app.prefix
        self.files = Files(app.link, app.prefix, max_size=app.config.max_file_size)
        self._lock = threading.Lock()
        self._event_id: str | None = None
        self._stream: RemoteResponse | None = None
        self._events: Iterator[str] = iter(())
        self._is_over = self._is_finished = self._has_turn = False
        self._reader = EventReader("", diffs=False)

    def next(self) -> RemoteEvent:
        """Return the next event; raise the app's error or `Cancelled`."""
        with self._lock:
            if self._stream is None:
                self._begin()
            while not self._is_finished:
                event = self._next_event()
                if event is not None:
                    return event
            raise Cancelled

    def finish(self) -> None:
        """End the call, so that the visitor's next one can start."""
        self._is_finished = True
        self._session.wake()
        self._cancel()
        if not self._lock.acquire(timeout=self._link.drain_timeout):
            if self._stream is not None:
                self._stream.abort()
            self._lock.acquire()
        try:
            self._cancel()  # the call may have started meanwhile
            self._drain()
        finally:
            self.files.close()
            if self._has_turn:
                self._session.release()
            self._lock.release()

    def _begin(self) -> None:
        """Send the call after the visitor's other calls."""
        self._has_turn = self._session.acquire(cancelled=lambda: self._is_finished)
        if not self._has_turn:
            raise Cancelled
        data = self._remote.fields.arguments(self._values, self.files)
        body = {"data": data, "fn_index": self._remote.number, "session_hash": self._session.name}
        self._event_id = _read_event_id(self._join(body))
        self._reader = EventReader(self._event_id, diffs=self._remote.diffs)
        self._stream = self._link.open(
            "GET",
            f"{self._prefix}/queue/data",
            params={"session_hash": self._session.name},
            headers={"Connection": "close"},  # `abort` must not hit another call
        )
        self._events = self._stream.events()

    def _join(self, body: dict[str, Any]) -> Any:
        try:
            return self._link.post(f"{self._prefix}/queue/join", body)
        except RequestRefused as error:
            if error.status == 503:
                raise QueueFull(Text("queue_full")) from error
            if error.status == 422:
                raise self._invalid(error) from error
            raise

    def _invalid(self, error: RequestRefused) -> Exception:
        """Return the error of a remote validator, with its field if known."""
        detail = error.detail.get("detail") if isinstance(error.detail, dict) else None
        refusals = [each for each in detail if isinstance(each, dict)] if isinstance(detail, list) else []
        for each in refusals:
            if each.get("__type__") == "validate" and not each.get("is_valid"):
                names = [field.name for field in self._remote.fields.inputs]
                name = each.get("parameter_name")
                return InputError(str(each.get("message")), field=name if name in names else None)
        return error

    def _next_event(self) -> RemoteEvent | None:
        try:
            event = self._reader.read(self._next_message())
        except MinidemoError:
            self._is_over = True
            raise
        self._is_over = isinstance(event, Outputs) and event.last
        return event

    def _next_message(self) -> Any:
        """Return the next message."""
        data = next(self._events, None)
        if data is None:
            raise Unreachable("it broke off before the call was over")
        return parse_json(data)

    def _cancel(self) -> None:
        """Cancel the call in the app, if it runs."""
        event_id, self._event_id = self._event_id, None
        if event_id is None or self._is_over:
            return
        call = {"fn_index": self._remote.number, "session_hash": self._session.name, "event_id": event_id}
        for path, body in (("cancel", call), ("reset", {"event_id": event_id})):
            try:
                self._link.post(f"{self._prefix}/{path}", body)
            except RemoteError:  # closing the stream is enough
                continue

    def _drain(self) -> None:
        """Read the stream to its end; apps lose messages of closed streams."""
        if self._stream is None:
            return
        with self._stream as stream:
            limit = threading.Timer(self._link.drain_timeout, stream.abort)
            limit.start()
            try:
                while self._next_message().get("msg") != "close_stream":
                    pass
            except (RemoteError, AttributeError):
                return
            finally:
                limit.cancel()


def _read_event_id(response: Any) -> str:
    if not isinstance(response, dict) or not isinstance(response.get("event_id"), str):
        raise InvalidResponse(f"it answered {response!r:.60} to a call")
    return str(response["event_id"])
