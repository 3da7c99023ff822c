"""Talk: what a function says to its visitor while it runs, and who hears it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal, Protocol

from minidemo.errors import ConfigurationError
from minidemo.i18n import Text
from minidemo.utils.checks import is_number

Level = Literal["info", "warning", "success"]


class Stopped(BaseException):
    """Raised where a function reports its progress after the visitor has stopped it.

    It is no `Exception`, so that a function which catches those ends all the same.
    """


TITLES = {"Info": Text("title_info"), "Success": Text("title_success"), "Warning": Text("title_warning")}
"""The titles that Gradio writes on messages: they are said in the visitor's language."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A few words for the visitor, shown for a `duration` in seconds, or until they are closed for None."""

    level: Level
    text: str
    title: str
    duration: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """How far a function, or a loop of it, is: `done` of `total` units, or a `share` from 0 to 1."""

    done: float | None = None
    total: float | None = None
    unit: str = "steps"
    share: float | None = None
    text: str | None = None


class Listener(Protocol):
    """Hears what a function says; raises `Stopped` from `progress` if nobody wants it to go on."""

    def say(self, message: Message) -> None:
        """Take a message."""

    def progress(self, steps: Sequence[Step]) -> None:
        """Take note of how far the function is: its outer loop first."""


_LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Let somebody hear what is said in this thread or task."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def listener() -> Listener | None:
    """Return who hears what is said here, if anybody does."""
    return _LISTENER.get()


def Info(message: str = "", duration: float | None = 10, visible: bool = True, title: str = "Info") -> None:
    """Show the visitor a message for a `duration` in seconds (None: until it is closed), while the function goes on."""
    _say("info", message, duration if visible else 0, title)


def Warning(message: str = "", duration: float | None = 10, visible: bool = True, title: str = "Warning") -> None:
    """Show the visitor a warning, as `Info` shows a message."""
    _say("warning", message, duration if visible else 0, title)


def Success(message: str = "", duration: float | None = 10, visible: bool = True, title: str = "Success") -> None:
    """Show the visitor that something went well, as `Info` shows a message."""
    _say("success", message, duration if visible else 0, title)


def check_duration(duration: float | None) -> float | None:
    """Return for how many seconds to show something, or raise `ConfigurationError`; None is until it is closed."""
    if duration is not None and not is_number(duration, least=0):
        raise ConfigurationError(f"duration is {duration!r}; expected seconds from 0, or None: until it is closed.")
    return duration


def _say(level: Level, text: str, duration: float | None, title: str) -> None:
    heard = listener()
    if check_duration(duration) != 0 and heard is not None:
        heard.say(Message(level=level, text=str(text), title=TITLES.get(title, title), duration=duration))
