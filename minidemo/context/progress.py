"""Progress: how far a function is, told to its visitor."""

import importlib.util
from collections.abc import Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from minidemo.context.alerts import Step, listener
from minidemo.errors import ConfigurationError

T = TypeVar("T")
_TRACKS: ContextVar[bool] = ContextVar("tracks", default=False)


class Progress:
    """Tells the visitor how far the function is: `def fn(x, progress=Progress()): progress(0.5, desc="Half way")`.

    With `track_tqdm` the bars of the package tqdm are told, too, wherever the function has them. The visitor can stop a
    function that tells its progress: the next time that it does so, it ends.
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
        """Tell a share from 0 to 1, or the steps done: (3, 10), 3 with `total=10`, (3, None) for an unknown total.

        None says that it is not known how far the function is.
        """
        _tell([*self._loops, _step(progress, desc, total, unit)])

    def tqdm(
        self,
        iterable: Iterable[T] | None,
        desc: str | None = None,
        total: float | None = None,
        unit: str = "steps",
        **others: Any,
    ) -> Iterator[T]:
        """Yield the items of an iterable, and tell how many are done; loops may be nested.

        Other arguments of tqdm's are accepted, and without effect.
        """
        if iterable is None:
            raise ConfigurationError("Progress.tqdm needs something to iterate over, but got None.")
        size = len(iterable) if total is None and isinstance(iterable, Sized) else total
        return self._iterate(iterable, Step(done=0, total=size, unit=unit, text=desc))

    def _iterate(self, iterable: Iterable[T], step: Step) -> Iterator[T]:
        place = len(self._loops)
        self._loops.append(step)
        try:
            _tell(self._loops)
            for done, item in enumerate(iterable, 1):
                yield item
                self._loops[place:] = [Step(done=done, total=step.total, unit=step.unit, text=step.text)]
                _tell(self._loops)
        finally:
            del self._loops[place:]


def fresh(progress: Progress) -> Progress:
    """Return one for a single call, that tells nothing of what other calls do."""
    return Progress(progress.track_tqdm)


@contextmanager
def tracked_bars() -> Iterator[None]:
    """Tell how far the bars of tqdm are that move in this thread or task."""
    _watch_bars()
    token = _TRACKS.set(True)
    try:
        yield
    finally:
        _TRACKS.reset(token)


def _watch_bars() -> None:
    """Hear of each bar that is drawn, once for the whole program; without the package there is none."""
    if importlib.util.find_spec("tqdm") is None:
        return
    from tqdm.std import tqdm  # noqa: PLC0415

    draw = tqdm.display
    if getattr(draw, "told", False):
        return

    def display(bar: Any, *arguments: Any, **options: Any) -> Any:
        if _TRACKS.get():
            text = (bar.desc or "").removesuffix(": ")
            _tell([Step(done=bar.n, total=bar.total, unit=bar.unit, text=text or None)])
        return draw(bar, *arguments, **options)

    display.told = True  # type: ignore[attr-defined]  # a mark for the next who looks
    tqdm.display = display


def _tell(steps: Sequence[Step]) -> None:
    heard = listener()
    if heard is not None:
        heard.progress(tuple(steps))


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
