"""Call: one call of a remote endpoint, from the queue there to the end of its stream of messages."""

import threading
from collections.abc import Iterator, Sequence
from typing import Any

from minidemo.context.alerts import Cancelled
from minidemo.errors import InputError, MinidemoError, QueueFull
from minidemo.i18n import Text
from minidemo.remote.app import Remote
from minidemo.remote.files import Files
from minidemo.remote.link import Answer, Garbled, Refused, RemoteFault, Unreachable, parsed
from minidemo.remote.messages import Outputs, Said, Understood
from minidemo.remote.sessions import Session


class Call:
    """Asked for the `next` thing that is said by one thread at a time; any other may `finish` it."""

    def __init__(self, remote: Remote, session: Session, values: Sequence[Any]) -> None:
        self._remote = remote
        self._session = session
        self._values = values
        app = remote.app
        self._link, self._prefix = app.link, app.prefix
        self.files = Files(app.link, app.prefix, most=app.config.max_file_size)
        self._lock = threading.Lock()
        self._event: str | None = None
        self._stream: Answer | None = None
        self._events: Iterator[str] = iter(())
        self._over = self._stopped = self._taken = False
        self._understood = Understood("", diffs=False)

    def next(self) -> Said:
        """Return what is said next; raise what went wrong, and `Cancelled` if nobody waits for it any longer."""
        with self._lock:
            if self._stream is None:
                self._begin()
            while not self._stopped:
                said = self._said()
                if said is not None:
                    return said
            raise Cancelled

    def finish(self) -> None:
        """End it: cancel it if it still runs, hear the stream out, and let the visitor's next call begin."""
        self._stopped = True
        self._session.wake()
        self._cancel()
        if not self._lock.acquire(timeout=self._link.patience):
            if self._stream is not None:
                self._stream.hang_up()
            self._lock.acquire()
        try:
            self._cancel()  # it may have begun meanwhile
            self._hear_out()
        finally:
            self.files.close()
            if self._taken:
                self._session.give_back()
            self._lock.release()

    def _begin(self) -> None:
        """Send the call when it is its turn."""
        self._taken = self._session.take(unless=lambda: self._stopped)
        if not self._taken:
            raise Cancelled
        data = self._remote.fields.arguments(self._values, self.files)
        body = {"data": data, "fn_index": self._remote.number, "session_hash": self._session.name}
        self._event = _event_of(self._join(body))
        self._understood = Understood(self._event, diffs=self._remote.diffs)
        self._stream = self._link.open(
            "GET",
            f"{self._prefix}/queue/data",
            params={"session_hash": self._session.name},
            headers={"Connection": "close"},  # hang_up may cut it, which must not hit another call
        )
        self._events = self._stream.events()

    def _join(self, body: dict[str, Any]) -> Any:
        try:
            return self._link.post(f"{self._prefix}/queue/join", body)
        except Refused as error:
            if error.status == 503:
                raise QueueFull(Text("queue_full")) from error
            if error.status == 422:
                raise self._invalid(error) from error
            raise

    def _invalid(self, error: Refused) -> Exception:
        """Return the refusal of a remote validator, at its field where it names one of ours."""
        detail = error.detail.get("detail") if isinstance(error.detail, dict) else None
        refusals = [each for each in detail if isinstance(each, dict)] if isinstance(detail, list) else []
        for each in refusals:
            if each.get("__type__") == "validate" and not each.get("is_valid"):
                names = [field.name for field in self._remote.fields.inputs]
                name = each.get("parameter_name")
                return InputError(str(each.get("message")), field=name if name in names else None)
        return error

    def _said(self) -> Said | None:
        try:
            said = self._understood.take(self._heard())
        except MinidemoError:
            self._over = True
            raise
        self._over = isinstance(said, Outputs) and said.last
        return said

    def _heard(self) -> Any:
        """Return the next message."""
        data = next(self._events, None)
        if data is None:
            raise Unreachable("it broke off before the call was over")
        return parsed(data)

    def _cancel(self) -> None:
        """Let the app stop what nobody waits for any longer."""
        event, self._event = self._event, None
        if event is None or self._over:
            return
        call = {"fn_index": self._remote.number, "session_hash": self._session.name, "event_id": event}
        for path, body in (("cancel", call), ("reset", {"event_id": event})):
            try:
                self._link.post(f"{self._prefix}/{path}", body)
            except RemoteFault:  # the stream is closed in any case
                continue

    def _hear_out(self) -> None:
        """Wait for the end of the stream: an app forgets what it wanted to say when a visitor leaves too soon."""
        if self._stream is None:
            return
        with self._stream as stream:
            limit = threading.Timer(self._link.patience, stream.hang_up)
            limit.start()
            try:
                while self._heard().get("msg") != "close_stream":
                    pass
            except (RemoteFault, AttributeError):
                return
            finally:
                limit.cancel()


def _event_of(joined: Any) -> str:
    if not isinstance(joined, dict) or not isinstance(joined.get("event_id"), str):
        raise Garbled(f"it answered {joined!r:.60} to a call")
    return str(joined["event_id"])
