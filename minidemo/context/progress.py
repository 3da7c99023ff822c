"""Progress: progress reports of a running function."""

import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, TypeVar

from minidemo.context.alerts import Step, current_listener
from minidemo.errors import text_of
from minidemo.utils.checks import as_number
from minidemo.utils.failures import Failure, attempt

T = TypeVar("T")
_TRACKING: ContextVar[bool] = ContextVar("tracking", default=False)


class Progress:
    """Reports progress: `def fn(x, progress=Progress()): progress(0.5, desc="Half way")`.

    Visitors can stop a function that reports progress: it ends at its next report.

    Args:
        track_tqdm: True also reports the tqdm bars of the function. False by default.
    """

    def __init__(self, track_tqdm: bool = False) -> None:
        self.track_tqdm = track_tqdm
        self._loops: list[Step] = []

    def __call__(
        self,
        progress: float | tuple[int, int | None] | None,
        desc: str | None = None,
        total: float | None = None,
        unit: str = "steps",
    ) -> None:
        """Report progress.

        Args:
            progress: A share from 0 to 1, a number of steps with `total`, a pair (done, total), or None: unknown. A
                share beyond its limits counts as the nearest, and whatever is no number as unknown.
            desc: A description, or None.
            total: The number of all steps, or None.
            unit: The name of the unit, "steps" by default.
        """
        _report([*self._loops, _step(progress, desc=desc, total=total, unit=unit)])

    def tqdm(
        self,
        iterable: Iterable[T] | None,
        desc: str | None = None,
        total: float | None = None,
        unit: str = "steps",
        **others: Any,
    ) -> Iterator[T]:
        """Yield the items of an iterable and report their number.

        Args:
            iterable: The items; None is empty.
            desc: A description, or None.
            total: The number of items, `len(iterable)` by default.
            unit: The name of the unit, "steps" by default.
            others: Other arguments of tqdm's have no effect.
        """
        items: Iterable[T] = () if iterable is None else iterable
        return self._iterate(items, _step((0, _size(items) if total is None else total), desc=desc, unit=unit))

    def _iterate(self, iterable: Iterable[T], step: Step) -> Iterator[T]:
        place = len(self._loops)
        self._loops.append(step)
        try:
            _report(self._loops)
            for done, item in enumerate(iterable, 1):
                yield item
                self._loops[place:] = [replace(step, done=done)]
                _report(self._loops)
        finally:
            del self._loops[place:]


def fresh(progress: Progress) -> Progress:
    """Return a copy for one call, without the loops of other calls."""
    return Progress(progress.track_tqdm)


@contextmanager
def tracked_bars() -> Iterator[None]:
    """Report the tqdm bars of this thread or task."""
    _patch_tqdm()
    token = _TRACKING.set(True)
    try:
        yield
    finally:
        _TRACKING.reset(token)


def _patch_tqdm() -> None:
    """Patch tqdm once per process to report its bars."""
    if importlib.util.find_spec("tqdm") is None:
        return
    from tqdm.std import tqdm  # noqa: PLC0415

    draw = tqdm.display
    if getattr(draw, "reports", False):
        return

    def display(bar: Any, *arguments: Any, **options: Any) -> Any:
        if _TRACKING.get():
            text = text_of(bar.desc or "").removesuffix(": ")
            _report([_step((bar.n, bar.total), desc=text or None, unit=bar.unit)])
        return draw(bar, *arguments, **options)

    display.reports = True  # type: ignore[attr-defined]  # marks the patched function
    tqdm.display = display


def _report(steps: Sequence[Step]) -> None:
    listener = current_listener()
    if listener is not None:
        listener.progress(tuple(steps))


def _step(progress: Any, *, desc: object, unit: object, total: object = None) -> Step:
    """Return a step of anything: a report never ends the function."""
    text, unit = None if desc is None else text_of(desc), text_of(unit)
    if isinstance(progress, tuple | list):
        done, size = [*progress, None, None][:2]
        return Step(done=as_number(done), total=as_number(size), unit=unit, text=text)
    number = as_number(progress)
    if number is None:
        return Step(unit=unit, text=text)
    if total is not None:
        return Step(done=number, total=as_number(total), unit=unit, text=text)
    return Step(share=min(max(number, 0), 1), unit=unit, text=text)


def _size(iterable: Any) -> int | None:
    """Return the number of items, None if unknown: `len` of some data sets fails."""
    size = attempt(len, iterable)
    return None if isinstance(size, Failure) else size
