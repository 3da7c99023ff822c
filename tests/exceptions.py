"""Every sort of exception that an author's code may raise."""

import asyncio
from collections.abc import Callable
from typing import Any, NoReturn

import minidemo as gr


class Panic(BaseException):
    """Is no `Exception`, like the panics of libraries in Rust."""


class Speechless(Exception):
    """Has neither text nor repr."""

    def __str__(self) -> NoReturn:
        raise ValueError("no text")

    __repr__ = __str__


class Exiting(Exception):
    """Ends the program when somebody asks for its text."""

    def __str__(self) -> NoReturn:
        raise SystemExit(3)


class Falsy(Exception):
    """Is not true, and equal to nothing."""

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> Any: ...


class Unprepared(gr.Error):
    """Does not call the constructor of its base."""

    def __init__(self, code: int) -> None:
        self.code = code


EXCEPTIONS: dict[str, Callable[[], BaseException]] = {
    "exception": lambda: ValueError("bad"),
    "panic": lambda: Panic("index out of bounds"),
    "interrupt": KeyboardInterrupt,
    "exit": lambda: SystemExit(2),
    "end of a loop": StopIteration,
    "end of an async loop": StopAsyncIteration,
    "end of a generator": GeneratorExit,
    "cancelled": asyncio.CancelledError,
    "timeout": TimeoutError,
    "group": lambda: BaseExceptionGroup("several", [Panic("one"), ValueError("other")]),
    "without text": Speechless,
    "with a text that exits": Exiting,
    "falsy": Falsy,
    "an error of no text": lambda: gr.Error(Speechless()),  # type: ignore[arg-type]
    "an error about another": lambda: gr.Error(ValueError("bad"), title=3),  # type: ignore[arg-type]
    "an unprepared error": lambda: Unprepared(3),
    "an unfit output": lambda: gr.OutputError(Speechless()),
}


def fail(name: str) -> str:
    """Raise the exception of this name; return other names in capitals."""
    if name in EXCEPTIONS:
        raise EXCEPTIONS[name]()
    return name.upper()


def failing(*_: Any) -> NoReturn:
    """Raise what is no `Exception`."""
    raise Panic("index out of bounds")
