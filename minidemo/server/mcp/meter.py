"""Progress of a function as one rising number, across all its loops."""

from collections.abc import Sequence
from typing import Any

from minidemo.context.alerts import Step

MIN_INCREASE = 1e-6
"""Increase of the number if only the text changes."""


class ProgressMeter:
    """Converts steps to a number that rises with each reading."""

    def __init__(self) -> None:
        self._steps: Sequence[Step] = ()
        self._outer = Step()
        self._base = 0.0
        self._last: float | None = None
        self._text: str | None = None

    def read(self, steps: Sequence[Step]) -> dict[str, Any] | None:
        """Return the progress, total and message, or None if unchanged."""
        if not steps or steps is self._steps:
            return None
        self._steps = steps
        done, total = _amount(steps)
        text = ", ".join(step.text for step in steps if step.text) or None
        last = self._last
        if last is not None and _has_restarted(self._outer, steps[0]):
            self._base = last  # another loop has begun
        self._outer = steps[0]
        value = max(last or 0, 0 if done is None else self._base + done)
        if value == last:
            if text == self._text:
                return None
            value += MIN_INCREASE
        self._last, self._text = value, text
        details = {"total": None if total is None else self._base + total, "message": text}
        return {"progress": value} | {name: each for name, each in details.items() if each is not None}


def _has_restarted(before: Step, now: Step) -> bool:
    """Tell whether the step's progress is lower than before."""
    done, done_before = _done(now), _done(before)
    return done is not None and done_before is not None and done < done_before


def _done(step: Step) -> float | None:
    return step.done if step.share is None else step.share


def _amount(steps: Sequence[Step]) -> tuple[float | None, float | None]:
    """Return the progress and the total, with inner loops as fractions."""
    first, *inner = steps
    if first.share is not None:
        return first.share, 1
    if first.done is None:
        return None, first.total
    done, total = _amount(inner) if inner else (None, None)
    return first.done + (min(done / total, 1) if done and total else 0), first.total
