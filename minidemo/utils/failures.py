"""Failures: the exceptions of an author's code, of any class."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import current_thread, main_thread
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception as a result."""

    error: BaseException


def attempt(call: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T | Failure:
    """Call an author's code, and return its result or its failure."""
    try:
        return call(*arguments, **named)
    except BaseException as error:
        if propagates(error):
            raise
        return Failure(error)


def propagates(error: BaseException) -> bool:
    """Return True for Ctrl-C, and for the cancellation of the current task.

    Every other exception is a failure of the author's code: libraries in Rust raise panics that are no `Exception`.
    """
    import asyncio  # noqa: PLC0415  # takes 20 ms, which only a failure needs

    try:
        task = asyncio.current_task()
    except RuntimeError:  # no event loop runs in this thread
        return isinstance(error, KeyboardInterrupt) and current_thread() is main_thread()
    return isinstance(error, asyncio.CancelledError) and task is not None and task.cancelling() > 0
