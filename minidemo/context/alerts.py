"""Alerts: messages and progress that a running function sends to its visitor."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal, Protocol

from minidemo.errors import text_of
from minidemo.i18n import Text
from minidemo.utils.checks import as_number

Level = Literal["info", "warning", "success"]


class Cancelled(BaseException):
    """Raised in a function that reports progress after the visitor stopped it.

    Not an `Exception`, so that functions which catch those end too.
    """


DEFAULT_DURATION = 10.0
"""Seconds until a message disappears."""
TITLES = {"Info": Text("title_info"), "Success": Text("title_success"), "Warning": Text("title_warning")}
"""Gradio's default titles, translated into the visitor's language."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A message to the visitor, shown for `duration` seconds; None: until closed."""

    level: Level
    text: str
    title: str
    duration: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Progress of one loop, in units or as a share."""

    done: float | None = None
    total: float | None = None
    unit: str = "steps"
    share: float | None = None
    text: str | None = None


class Listener(Protocol):
    """Receives the messages and the progress of a function."""

    @property
    def visitor(self) -> str | None:
        """The page load that the function runs for, if it is one."""

    def send(self, message: Message) -> None:
        """Receive a message."""

    def progress(self, steps: Sequence[Step]) -> None:
        """Receive the progress of nested loops; may raise `Cancelled`."""


_LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Send the alerts of this thread or task to a listener."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def current_listener() -> Listener | None:
    """Return the listener of this thread or task."""
    return _LISTENER.get()


def Info(message: str = "", duration: float | None = 10, visible: bool = True, title: str = "Info") -> None:
    """Show the visitor a message while the function goes on.

    Args:
        message: The text.
        duration: Seconds until the message disappears, 10 by default; None: until it is closed.
        visible: False sends nothing.
        title: The heading; "Info" is translated.
    """
    _send("info", message, duration if visible else 0, title)


def Warning(message: str = "", duration: float | None = 10, visible: bool = True, title: str = "Warning") -> None:
    """Show the visitor a warning; the arguments are those of `Info`."""
    _send("warning", message, duration if visible else 0, title)


def Success(message: str = "", duration: float | None = 10, visible: bool = True, title: str = "Success") -> None:
    """Show the visitor a success message; the arguments are those of `Info`."""
    _send("success", message, duration if visible else 0, title)


def _send(level: Level, text: object, duration: float | None, title: object) -> None:
    """Send a message of anything: it never ends the function."""
    listener, heading, seconds = current_listener(), text_of(title), _seconds(duration)
    if seconds != 0 and listener is not None:
        listener.send(Message(level=level, text=text_of(text), title=TITLES.get(heading, heading), duration=seconds))


def _seconds(duration: object) -> float | None:
    """Return a duration in seconds, by default for anything that is none; None: until closed."""
    if duration is None:
        return None
    number = as_number(duration)
    return DEFAULT_DURATION if number is None or number < 0 else number
