"""Every exception that minidemo raises on purpose."""

import difflib
from collections.abc import Callable, Iterable
from functools import wraps
from typing import NamedTuple, ParamSpec, TypeVar

from minidemo.i18n import Text

P = ParamSpec("P")
T = TypeVar("T")
_MAX_WORD = 100
"""Characters of a word above which none is near."""


def text_of(value: object) -> str:
    """Return a value as text, also if its own `__str__` fails."""
    if isinstance(value, str):
        return value  # a `Text` stays one
    try:
        return str(value)
    except BaseException:  # the author's code
        return f"<{type(value).__name__}>"


class MinidemoError(Exception):
    """The base of every error that minidemo raises on purpose."""


class ConfigurationError(MinidemoError):
    """A mistake of the demo's author, raised while the demo is built."""


def without_inner_frames(function: Callable[P, T]) -> Callable[P, T]:
    """Return a function whose tracebacks of authors' mistakes stop at the author's line."""

    @wraps(function)
    def call(*arguments: P.args, **options: P.kwargs) -> T:
        try:
            return function(*arguments, **options)
        except ConfigurationError as error:
            raise error.with_traceback(None) from error.__cause__

    return call


class Error(MinidemoError):
    """Raise this in your function to tell the visitor what went wrong, in your own words.

    A `title` stands before the message. It is shown until the next run: `duration` is accepted, and without effect, and
    so is `print_exception`, as nothing is printed. Unless it is `visible`, the visitor reads only that the demo failed.
    """

    # for subclasses that do not call `__init__`
    message: str = Text("fn_failed")
    duration: float | None = 10
    visible: bool = True
    title: str = "Error"

    def __init__(
        self,
        message: str = Text("fn_failed"),
        duration: float | None = 10,
        visible: bool = True,
        title: str = "Error",
        print_exception: bool = True,
    ) -> None:
        super().__init__(message)
        self.message = text_of(message)
        self.duration = duration
        self.visible = visible
        self.title = text_of(title)
        self.print_exception = print_exception

    @property
    def told(self) -> str:
        """What the visitor reads."""
        if not self.visible:
            return Text("fn_failed")
        return self.message if self.title == "Error" else f"{self.title}: {self.message}"


class Raised(NamedTuple):
    """What an `Error` says to programs that show it by themselves; see there."""

    message: str
    title: str
    duration: float | None
    visible: bool


def raised_by(error: BaseException | None) -> Raised | None:
    """Return what an `Error` says, without the error, which would keep all that its function knew."""
    if not isinstance(error, Error):
        return None
    message = error.message if error.visible else error.told
    return Raised(message, error.title, error.duration, error.visible)


class VisitorError(MinidemoError):
    """A request that cannot be served; the message is a sentence for the visitor.

    `field` is the API name of the input concerned, or None.
    """

    # for subclasses that do not call `__init__`
    message: str = Text("fn_failed")
    field: str | None = None

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = text_of(message)
        self.field = field


class InputError(VisitorError, Error):
    """A value does not fit the input it was given to."""


class OutputError(MinidemoError):
    """A function returned something that its outputs cannot show."""


class NotFound(VisitorError):
    """The endpoint or file does not exist."""


class RunExpired(VisitorError):
    """The run is unknown, or no longer kept."""


class TooLarge(VisitorError):
    """The body or the file is over the limit."""


class StoreFull(VisitorError):
    """There is no room for more of the visitors' files."""

    def __init__(self, message: str = Text("files_full"), *, field: str | None = None) -> None:
        super().__init__(message, field=field)


class UnsupportedType(VisitorError):
    """The body is of a type that the endpoint does not take."""


class QueueFull(VisitorError):
    """Too many calls wait already."""


class FlaggingError(VisitorError):
    """A flag could not be saved; it can be tried again."""


class DiskFull(FlaggingError):
    """There is no room on the server's disk."""


class Defect(VisitorError):
    """A defect of the server's, of which its log tells more."""

    def __init__(self, message: str = Text("defect"), *, field: str | None = None) -> None:
        super().__init__(message, field=field)


class NotLoggedIn(VisitorError):
    """Nobody is logged in who may do this."""

    def __init__(self, message: str = Text("not_logged_in"), *, field: str | None = None) -> None:
        super().__init__(message, field=field)


class TooManyGuesses(VisitorError):
    """Somebody has tried too many passwords, and has to wait for some seconds."""

    def __init__(self, message: str = Text("too_many_tries"), *, field: str | None = None, seconds: float = 60) -> None:
        super().__init__(message, field=field)
        self.seconds = seconds


class FlagGone(RunExpired):
    """There is no such flag, or it was taken back already."""


class FlagStays(VisitorError):
    """The flag cannot be taken back, or not any longer."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a clause that names known words with this part, else the nearest ones, else all of them."""
    names = sorted(set(known))
    folded = {name.casefold(): name for name in names}
    searched = word.casefold() if len(word) <= _MAX_WORD else ""
    parts = [name for name in names if searched and searched in name.casefold().split("_")]
    near = parts[:3] or [folded[name] for name in difflib.get_close_matches(searched, list(folded), n=3, cutoff=0.6)]
    return f"Did you mean {' or '.join(map(repr, near))}?" if near else f"Known are: {', '.join(names)}."
