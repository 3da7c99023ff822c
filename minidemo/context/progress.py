"""Progress: progress reports of a running function."""

import importlib.util
from collections.abc import Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from minidemo.context.alerts import Step, current_listener
from minidemo.errors import ConfigurationError

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
            progress: A share from 0 to 1, a number of steps with `total`, a pair (done, total), or None: unknown.
            desc: A description, or None.
            total: The number of all steps, or None.
            unit: The name of the unit, "steps" by default.
        """
        _report([*self._loops, _step(progress, desc, total, unit)])

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
            iterable: The items.
            desc: A description, or None.
            total: The number of items, `len(iterable)` by default.
            unit: The name of the unit, "steps" by default.
            others: Other arguments of tqdm's have no effect.
        """
        if iterable is None:
            raise ConfigurationError("Progress.tqdm needs something to iterate over, but got None.")
        size = len(iterable) if total is None and isinstance(iterable, Sized) else total
        return self._iterate(iterable, Step(done=0, total=size, unit=unit, text=desc))

    def _iterate(self, iterable: Iterable[T], step: Step) -> Iterator[T]:
        place = len(self._loops)
        self._loops.append(step)
        try:
            _report(self._loops)
            for done, item in enumerate(iterable, 1):
                yield item
                self._loops[place:] = [Step(done=done, total=step.total, unit=step.unit, text=step.text)]
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
            text = (bar.desc or "").removesuffix(": ")
            _report([Step(done=bar.n, total=bar.total, unit=bar.unit, text=text or None)])
        return draw(bar, *arguments, **options)

    display.reports = True  # type: ignore[attr-defined]  # marks the patched function
    tqdm.display = display


def _report(steps: Sequence[Step]) -> None:
    listener = current_listener()
    if listener is not None:
        listener.progress(tuple(steps))


def _step(progress: float | tuple[int, int | None] | None, desc: str | None, total: float | None, unit: str) -> Step:
    if progress is None:
        return Step(unit=unit, text=desc)
    if isinstance(progress, tuple):
        done, total = progress
        return Step(done=done, total=total, unit=unit, text=desc)
    if total is not None:
        return Step(done=progress, total=total, unit=unit, text=desc)
    if not 0 <= progress <= 1:
        raise ConfigurationError(f"progress is {progress!r}; expected a share from 0 to 1, or steps such as (3, 10).")
    return Step(share=progress, unit=unit, text=desc)
